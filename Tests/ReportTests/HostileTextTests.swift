import Model
import Testing

@testable import Report

@Suite struct `Names that mean harm` {
    private static let scene = Scene.hostile

    /// What may move a cursor, or turn the direction of text; the line's end alone is the page's own.
    private static func dangerous(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control: scalar != "\n"
            case .format, .lineSeparator, .paragraphSeparator: true
            default: false
            }
        }
    }

    @Test(arguments: [40, 80, 120, 200]) func `put no control character on a terminal`(width: Int) {
        #expect(Self.dangerous(Self.scene.text(width: width)).isEmpty)
    }

    @Test func `put no sequence on a terminal that the renderer did not make`() {
        let parts = Self.scene.text(width: 100, colour: true).split(separator: "\u{1b}")
        #expect(parts.count > 10)
        for part in parts.dropFirst() {
            #expect(part.wholeMatch(of: /\[[0-9;]+m[^\u{1b}]*/.dotMatchesNewlines()) != nil)
        }
        let plain = Self.scene.text(width: 100, colour: true)
            .replacing(/\u{1b}\[[0-9;]+m/, with: "")
        #expect(Self.dangerous(plain).isEmpty)
    }

    @Test func `put no control character and no element of theirs in HTML`() {
        #expect(Self.dangerous(Self.scene.html).isEmpty)
        let elements = Set(
            Self.scene.html.matches(of: /<\/?([^\s>]*)/).map { String($0.output.1) })
        #expect(
            elements.subtracting(Self.elements).isEmpty)
    }

    /// All that pages are made of.
    private static let elements = [
        "!doctype", "html", "head", "meta", "title", "style", "body", "main", "header", "p",
        "span", "h1", "h2", "dl", "dt", "dd", "div", "ul", "ol", "li", "b", "i", "section",
        "article", "svg", "desc", "caption", "wbr", "h3", "a", "footer", "g", "rect", "line",
        "polyline", "polygon", "path", "circle",
        "text", "details", "summary", "code", "pre", "table", "thead", "tbody", "tr", "th", "td",
    ]

    /// Pages of what was saved: the hostile host beside an ordinary one, and arms with its names.
    private static func pages() throws -> [Document] {
        let host = try Saved.snapshot(scene)
        let sequences = [true, false].map { isBrief in
            Block.chart(
                .sequence(
                    title: "<b onload=x>\u{1b}[31m", summary: "<i>\u{202e}",
                    exchange: SequenceScene.hostile, isBrief: isBrief))
        }
        let lab = try Saved.named(scene.host.name + "<b onload=x>\u{1b}[31m\u{202e}'\"&")
        return [
            try Saved.comparison(host, Saved.snapshot(.busy)).report.document,
            try Saved.comparison(Saved.snapshot(.busy), Saved.audit(scene)).report.document,
            try Saved.comparison(lab, lab).report.document,
            SavedPages([host, try Saved.audit(scene), lab], top: 10).document,
            Document(title: "", blocks: sequences),
        ]
    }

    @Test func `put nothing of theirs on a page of what was saved`() throws {
        for page in try Self.pages() {
            let html = HTMLRenderer().render(page)
            #expect(Self.dangerous(html).isEmpty)
            let elements = Set(html.matches(of: /<\/?([^\s>]*)/).map { String($0.output.1) })
            #expect(elements.subtracting(Self.elements).isEmpty)
            #expect(!html.contains("onload=x>"))
            for width in [40, 100] {
                let text = TerminalRenderer(width: width, colour: false).render(page)
                #expect(Self.dangerous(text).isEmpty)
            }
            let markdown = MarkdownRenderer().render(page)
            #expect(Self.dangerous(markdown).isEmpty)
            #expect(!markdown.contains("<b onload"))
        }
    }

    @Test func `put no control character, element, link or heading of theirs in Markdown`() {
        let text = Self.scene.markdown
        #expect(Self.dangerous(text).isEmpty)
        let elements = Set(text.matches(of: /<\/?([^\s>]*)/).map { String($0.output.1) })
        #expect(elements.subtracting(["details", "summary", "pre", "code"]).isEmpty)
        // Between these, Markdown takes text as it is.
        let prose = text.replacing(/<pre><code>.*?<\/code><\/pre>/.dotMatchesNewlines(), with: "")
        #expect(prose.count < text.count)
        #expect(!prose.contains("[x](y)"))
        #expect(!prose.contains("\n# h"))
        #expect(!prose.contains("http://"))
    }

    @Test func `are kept whole in JSON, and harmless to print`() throws {
        let text = try Self.scene.json
        #expect(Self.dangerous(text).isEmpty)
        #expect(!text.contains("<"))
        #expect(text.contains(#"\u001b[31mred"#))
    }
}
