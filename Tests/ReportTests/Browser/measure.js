// What of the page that is open a reader could not see: a list of sentences, empty where there is nothing.
(() => {
  const complaints = new Set()
  const complain = (element, words) => {
    const name = element.tagName.toLowerCase() + (element.getAttribute("class") ? "." + element.getAttribute("class") : "")
    const said = (element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 60)
    complaints.add(`${words}: <${name}>` + (said ? ` "${said}"` : ""))
  }

  // Colours: each as red, green, blue, alpha; contrast as WCAG 2.2 has it.
  const colour = text => {
    const numbers = (text.match(/[\d.]+/g) || []).map(Number)
    return text === "none" || numbers.length < 3 ? [0, 0, 0, 0] : [numbers[0], numbers[1], numbers[2], numbers[3] ?? 1]
  }
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1)
  const luminance = c => {
    const [r, g, b] = c.slice(0, 3).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const contrast = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
    return (high + 0.05) / (low + 0.05)
  }
  const style = element => getComputedStyle(element)
  const isSVG = element => element instanceof SVGElement
  // The colour of the nearest box that is filled.
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      if (isSVG(e)) continue
      const c = colour(style(e).backgroundColor)
      if (c[3] > 0) return c
    }
    return [255, 255, 255, 1]
  }
  const isShown = element => {
    const box = element.getBoundingClientRect()
    return (box.width > 0 || box.height > 0) && element.checkVisibility({ visibilityProperty: true })
  }
  const shown = selector => [...document.querySelectorAll(selector)].filter(isShown)
  const round = number => Math.round(number * 10) / 10

  // Nothing is wider than its card, nor than the page; no table has to be moved sideways.
  const wide = new Set()
  for (const element of shown("main *")) {
    if (element.closest(".unseen,thead") && style(element.closest(".unseen,thead")).position === "absolute") continue
    if (wide.has(element.parentElement)) { wide.add(element); continue }
    const room = (element.parentElement.closest(".card,.key") || document.querySelector("main")).getBoundingClientRect()
    const box = element.getBoundingClientRect()
    if (box.right > room.right + 1 || box.left < room.left - 1) {
      wide.add(element)
      complain(element, `reaches ${Math.round(Math.max(box.right - room.right, room.left - box.left))} px out of its card`)
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) complain(document.body, "the page has to be moved sideways")
  for (const element of shown(".scroll,pre")) {
    if (element.scrollWidth > element.clientWidth + 1) {
      complain(element, `${element.scrollWidth - element.clientWidth} px of it are hidden at the side`)
    }
  }

  // Words.
  const halo = s => s.paintOrder.startsWith("stroke") && parseFloat(s.strokeWidth) >= 3 && colour(s.stroke)[3] > 0
  const painted = (element, x, y) => {
    // From the top down, what is below the element.
    let below = null
    for (const other of document.elementsFromPoint(x, y)) {
      if (other === element || element.contains(other) || other.tagName === "text") continue
      const c = colour(isSVG(other) ? style(other).fill : style(other).backgroundColor)
      const opacity = parseFloat(style(other).opacity)
      c[3] *= opacity
      if (c[3] > 0 && !(isSVG(other) && ["svg", "g"].includes(other.tagName))) { below = c; break }
    }
    return below ? over(below, ground(element)) : ground(element)
  }
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    if (!walker.currentNode.data.trim() || !isShown(element) || element.closest("title,desc,.unseen,thead")) continue
    const s = style(element)
    const box = element.getBoundingClientRect()
    const ink = colour(isSVG(element) ? s.fill : s.color)
    const grounds = !isSVG(element) ? [ground(element)] : halo(s) ? [over(colour(s.stroke), ground(element))]
      : [0.1, 0.5, 0.9].map(share => painted(element, box.left + box.width * share, box.top + box.height / 2))
    const worst = Math.min(...grounds.map(g => contrast(over(ink, g), g)))
    if (worst < 4.5) complain(element, `text of contrast ${round(worst)}, below 4.5`)
  }

  // Pictures: what is drawn, against the card and against the track that it lies on. Lines that only help the eye,
  // the track itself and the bands around a line are no information of their own.
  const isHelp = element => element.matches(".grid,.track,.band,.rift,.torn,.node:not(.visited)")
  for (const shape of shown("svg rect,svg line,svg path,svg polyline,svg polygon,svg circle")) {
    if (isHelp(shape)) continue
    const s = style(shape)
    const card = ground(shape)
    const track = shape.closest("svg.chart")?.querySelector(".track")
    const grounds = [card].concat(track && shape.tagName === "rect" ? [colour(style(track).fill)] : [])
    const opaque = parseFloat(s.opacity)
    const inks = [shape.tagName === "line" || shape.tagName === "polyline" ? "none" : s.fill,
      parseFloat(s.strokeWidth) >= 0.75 ? s.stroke : "none"].map(colour).map(c => c.slice(0, 3).concat(c[3] * opaque))
      .filter(c => c[3] > 0)
    const best = Math.max(0, ...inks.map(ink => Math.min(...grounds.map(g => contrast(over(ink, g), g)))))
    if (best < 3) complain(shape, `drawn with contrast ${round(best)}, below 3`)
  }
  for (const box of shown(".legend i")) {
    const s = style(box)
    const inks = [colour(s.backgroundColor)].concat(parseFloat(s.borderTopWidth) >= 1 ? [colour(s.borderTopColor)] : [])
    const best = Math.max(...inks.map(ink => contrast(over(ink, ground(box.parentElement)), ground(box.parentElement))))
    if (best < 3) complain(box.parentElement, `its sign has contrast ${round(best)}, below 3`)
  }

  // Words of a picture lie on no other words, and no marker on them.
  for (const chart of shown("svg.chart")) {
    const texts = [...chart.querySelectorAll("text")].filter(isShown)
    const boxes = texts.map(text => text.getBoundingClientRect())
    const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1.5
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4
    texts.forEach((text, i) => {
      for (let j = i + 1; j < texts.length; j++) {
        if (meet(boxes[i], boxes[j])) complain(text, `lies on "${texts[j].textContent}"`)
      }
      for (const marker of chart.querySelectorAll(".point>path:not(.head),.dot")) {
        if (meet(boxes[i], marker.getBoundingClientRect())) complain(text, "a marker lies on it")
      }
    })
  }

  // Who or what a row is about is whole.
  for (const element of shown("tbody td:first-child,h1,.finding h2,.key dt,svg text.label,svg text.front,svg text.frontEnd,code")) {
    if (element.textContent.includes("…")) complain(element, "cut by an ellipsis")
  }
  for (const element of shown("main *")) {
    if (style(element).textOverflow === "ellipsis") complain(element, "may be cut by an ellipsis")
  }

  // Tables are named, and reached by keyboard where they may be wider than the page.
  for (const table of shown("table")) {
    if (!table.caption?.textContent.trim()) complain(table, "a table without a caption")
    if (table.parentElement.matches(".scroll") && table.parentElement.tabIndex !== 0) {
      complain(table, "a table that the keyboard does not reach")
    }
  }
  const headlines = document.querySelectorAll("h1").length
  if (headlines !== 1) complain(document.body, `${headlines} headlines on a page`)

  // Paper is white.
  if (matchMedia("print").matches && luminance(ground(document.querySelector("main"))) < 0.9) {
    complain(document.body, "dark paper")
  }
  return [...complaints]
})()
