import Audit
import Model
import Text

/// Shows a page as one self-contained HTML file: no script, no request, its style named by its hash.
package struct HTMLRenderer: Sendable {
    package init() {}

    package func render(_ document: Document) -> String {
        var page = HTML()
        page.element("html", ["lang": "en"]) { page in
            page.element("head") { head(document, &$0) }
            page.newline()
            page.element("body") { body in
                body.element("main") { main in
                    for block in document.blocks {
                        render(block, &main)
                        main.newline()
                    }
                }
            }
        }
        return "<!doctype html>\n" + page.markup + "\n"
    }

    /// What a page may load: its own style alone; a server that sends a policy of its own must send this one.
    package static let contentSecurityPolicy =
        "default-src 'none'; style-src 'sha256-\(SHA256.base64(of: "\(Stylesheet.sheet)"))'; "
        + "base-uri 'none'; form-action 'none'"

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

    private func render(_ block: Block, _ html: inout HTML) {
        switch block {
        case .masthead(let masthead): render(masthead, &html)
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
        case .finding(let finding): HTMLFinding(finding: finding).render(into: &html)
        case .table(let table):
            guard !table.rows.isEmpty else { return }
            html.element("section", ["class": "card"]) { section in
                if !table.title.isEmpty { section.element("h2") { $0.text(table.title) } }
                HTMLTable(table: table).render(into: &section)
            }
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

    private func render(_ masthead: Masthead, _ html: inout HTML) {
        html.element("header") { header in
            header.element("p", ["class": "items"]) { items in
                for item in masthead.items { items.element("span") { $0.phrase(item) } }
            }
            header.element("span", ["class": "chip \(masthead.severity?.rawValue ?? "good")"]) {
                $0.text(masthead.word ?? masthead.severity?.rawValue ?? "no problems")
            }
            header.element("h1") { $0.text(masthead.verdict) }
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
    mutating func phrase(_ phrase: Phrase) {
        for span in phrase.spans {
            switch span.style {
            case .plain: text(span.text)
            case .strong: element("b") { $0.text(span.text) }
            case .quiet: element("span", ["class": "soft"]) { $0.text(span.text) }
            case .code: element("code") { $0.literal(span.text) }
            case .good: element("span", ["class": "word good"]) { $0.text(span.text) }
            case .severity(let severity):
                element("span", ["class": "word \(severity.rawValue)"]) { $0.text(span.text) }
            }
        }
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
