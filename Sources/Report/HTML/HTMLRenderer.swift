import Audit
package import Model
import Text

/// Shows a page as one self-contained HTML file: no script, no request, its style named by its hash.
package struct HTMLRenderer: Sendable {
    /// Where and when a page was made.
    package struct Origin: Sendable, Hashable {
        var host: Host
        /// Seconds since 1970.
        var time: Double

        package init(host: Host, time: Double) {
            self.host = host
            self.time = time
        }
    }

    private let origin: Origin?

    /// - Parameter origin: what a page says of itself that has no top of its own.
    package init(origin: Origin? = nil) { self.origin = origin }

    package func render(_ document: Document) -> String {
        var page = HTML()
        var told = ToldRemedies()
        let (top, blocks) = top(of: document)
        page.element("html", ["lang": "en"]) { page in
            page.element("head") { head(document, &$0) }
            page.newline()
            page.element("body") { body in
                body.element("main") { main in
                    if let top { render(top, &main) }
                    for block in blocks {
                        render(block, told.rules, isHeadline: top == nil, &main)
                        told.note(block)
                        main.newline()
                    }
                    if let origin { footer(origin, &main) }
                }
            }
        }
        return "<!doctype html>\n" + page.markup + "\n"
    }

    /// What a page may load: its own style alone; a server that sends a policy of its own must send this one.
    package static let contentSecurityPolicy =
        "default-src 'none'; style-src 'sha256-\(SHA256.base64(of: "\(Stylesheet.sheet)"))'; "
        + "base-uri 'none'; form-action 'none'"

    /// What stands above the blocks: nil where they begin with a top of their own, otherwise the page's name.
    private func top(of document: Document) -> (Masthead?, ArraySlice<Block>) {
        var items: [Phrase] = []
        if let origin {
            items = [
                .strong(origin.host.name), Phrase("Linux \(origin.host.kernel)"),
                Phrase(UTC.text(origin.time)),
            ]
        }
        switch document.blocks.first {
        case .masthead: return (nil, document.blocks[...])
        case .heading(let text, level: 1):
            return (Masthead(items: items, verdict: text), document.blocks.dropFirst())
        default:
            let prefix = "tcptune: "
            let name =
                document.title.hasPrefix(prefix)
                ? String(document.title.dropFirst(prefix.count)) : document.title
            let title = name.prefix(1).uppercased() + name.dropFirst()
            return (Masthead(items: items, verdict: title), document.blocks[...])
        }
    }

    private func footer(_ origin: Origin, _ html: inout HTML) {
        html.element("footer") { footer in
            footer.text("Page made by tcptune on \(origin.host.name), \(UTC.text(origin.time)).")
        }
        html.newline()
    }

    private func head(_ document: Document, _ head: inout HTML) {
        head.void("meta", ["charset": "utf-8"])
        head.void(
            "meta",
            [
                "http-equiv": "Content-Security-Policy",
                "content": Self.contentSecurityPolicy,
            ])
        head.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        head.void("meta", ["name": "referrer", "content": "no-referrer"])
        if let seconds = document.refreshSeconds {
            head.void("meta", ["http-equiv": "refresh", "content": String(seconds)])
        }
        head.element("title") { $0.text(document.title) }
        head.style(Stylesheet.sheet)
    }

    /// - Parameter isHeadline: whether the page has no headline above its blocks.
    private func render(
        _ block: Block, _ told: [Remedy: RuleID], isHeadline: Bool, _ html: inout HTML
    ) {
        switch block {
        case .masthead(let masthead): render(masthead, isHeadline: isHeadline, &html)
        case .part(let text, let number):
            html.element("h2", ["class": "part", "id": "part-\(number)"]) { $0.text(text) }
        case .heading(let text, let level):
            html.element("h2", ["class": level == 1 ? "part" : "section"]) { $0.text(text) }
        case .paragraph(let phrase): html.element("p") { $0.phrase(phrase) }
        case .figures(let facts):
            html.element("ul", ["class": "figures"]) { list in
                for fact in facts {
                    list.element("li") { item in
                        item.element("span", ["class": "soft"]) { $0.text(fact.name) }
                        item.element("b") { $0.phrase(fact.value) }
                    }
                }
            }
        case .facts(let facts):
            html.element("dl", ["class": "card facts"]) { list in
                for fact in facts {
                    list.element("dt") { $0.text(fact.name) }
                    list.element("dd") { $0.phrase(fact.value) }
                }
            }
        case .list(let items, let numbered):
            html.element(numbered ? "ol" : "ul") { list in
                for item in items { list.element("li") { $0.phrase(item) } }
            }
        case .finding(let finding): HTMLFinding(finding: finding, told: told).render(into: &html)
        case .table(let table):
            guard !table.rows.isEmpty else { return }
            html.element("section", ["class": "card"]) { render(table, &$0) }
        case .timeline(let timeline): HTMLTimeline(timeline: timeline).render(into: &html)
        case .chart(let chart): HTMLChart(chart: chart).render(into: &html)
        case .code(let text): html.element("pre") { $0.lines(text) }
        case .remark(let label, let phrase):
            html.element("p", ["class": "remark"]) { remark in
                if !label.isEmpty {
                    remark.element("b") { $0.text(label + ":") }
                    remark.text(" ")
                }
                remark.phrase(phrase)
            }
        }
    }

    private func render(_ table: Table, _ section: inout HTML) {
        guard table.isFolded else {
            HTMLTable(table: table, name: Self.name(of: table)).render(into: &section)
            return
        }
        section.element("details") { details in
            details.element("summary") { summary in
                summary.text("\(table.title): \(table.rows.count.grouped)")
            }
            var inner = table
            inner.title = ""
            HTMLTable(table: inner, name: table.title).render(into: &details)
        }
    }

    /// What a table without a title is called: what its columns are.
    private static func name(of table: Table) -> String {
        table.columns.map(\.name).filter { !$0.isEmpty }.joined(separator: ", ")
    }

    /// The name of a page that is no verdict.
    private func render(_ name: Masthead, _ html: inout HTML) {
        html.element("header") { header in
            items(name, &header)
            header.element("h1") { $0.text(name.verdict) }
        }
        html.newline()
    }

    private func items(_ masthead: Masthead, _ header: inout HTML) {
        guard !masthead.items.isEmpty else { return }
        header.element("p", ["class": "items"]) { items in
            for item in masthead.items { items.element("span") { $0.phrase(item) } }
        }
    }

    private func render(_ masthead: Masthead, isHeadline: Bool, _ html: inout HTML) {
        let severity = masthead.severity?.rawValue ?? "good"
        html.element("header") { header in
            items(masthead, &header)
            header.element("span", ["class": "chip \(severity)"]) {
                $0.text(masthead.word ?? masthead.severity?.rawValue ?? "no problems")
            }
            let kind = masthead.severity == .critical ? "headline critical" : "headline"
            header.element(isHeadline ? "h1" : "h3", ["class": kind]) { $0.text(masthead.verdict) }
            guard !masthead.keys.isEmpty else { return }
            header.element("dl", ["class": "keys"]) { keys in
                for key in masthead.keys {
                    keys.element("div", ["class": "key \(key.severity?.rawValue ?? "")"]) { box in
                        box.element("dt") { $0.text(key.label) }
                        box.element("dd") { value in
                            if let before = key.before {
                                value.element("span", ["class": "was"]) { $0.text(before + " →") }
                                value.text(" ")
                            }
                            value.text(key.value)
                        }
                        if let change = key.change {
                            let shape = key.word ?? ""
                            box.element("dd", ["class": "change \(shape)"]) {
                                $0.text(
                                    change == "~"
                                        ? "~ not significant"
                                        : [change, key.word].compactMap(\.self)
                                            .joined(separator: ", "))
                            }
                        }
                    }
                }
            }
        }
    }
}

extension HTML {
    /// Adds a phrase, each span in its style.
    ///
    /// - Parameter breaksNames: whether a long name may be broken after its dots and bars; else, anywhere.
    mutating func phrase(_ phrase: Phrase, breaksNames: Bool = false) {
        for span in phrase.spans {
            switch span.style {
            case .plain: text(span.text)
            case .strong: element("b") { $0.text(span.text) }
            case .quiet: element("span", ["class": "soft"]) { $0.text(span.text) }
            case .code:
                element("code") { breaksNames ? $0.name(span.text) : $0.literal(span.text) }
            case .part(let number): element("a", ["href": "#part-\(number)"]) { $0.text(span.text) }
            case .good: element("span", ["class": "word good"]) { $0.text(span.text) }
            case .severity(let severity):
                element("span", ["class": "word \(severity.rawValue)"]) { $0.text(span.text) }
            }
        }
    }

    /// Adds a key or a path, which a line may end within, after a sign.
    private mutating func name(_ text: String) {
        var piece = ""
        for character in text {
            piece.append(character)
            guard "._/:".contains(character) else { continue }
            literal(piece)
            void("wbr")
            piece = ""
        }
        literal(piece)
    }

    /// Adds text whose line ends are meant.
    mutating func lines(_ text: String) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            if index > 0 { newline() }
            literal(String(line))
        }
    }
}
