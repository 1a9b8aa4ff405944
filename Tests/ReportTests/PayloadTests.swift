import Audit
import FoundationEssentials
import Model
import Testing

@testable import Report

/// Whatever others write, in every place and every form, is text and nothing more.
@Suite struct `Text of others` {
    // MARK: pages

    /// A page of every kind of block, with that text in each of its places.
    private static func page(_ text: String) throws -> Document {
        let owner = Owner(
            name: text, pids: [1], unit: text, confidence: .possible, reason: "named \(text)")
        let remedy = Remedy(
            .knob, text, command: text, effect: text, risk: text, undo: text,
            snippets: [Snippet(text, programs: [], code: text)])
        let finding = Finding(
            rule: try RuleID(ofDocument: text), severity: .notice, subject: text, owner: owner,
            observed: text,
            evidence: ["evil": .text(text)], cause: text, remedies: [remedy], proof: text)
        let phrase =
            Phrase(text) + .strong(text) + .quiet(text) + .code(text) + .good(text)
            + .severity(.critical, text)
        let table = Table(
            text,
            columns: [
                Table.Column(text), Table.Column(text, isNumber: true),
                Table.Column(text, rank: 1),
                Table.Column(text, shortening: .wrap(20)),
            ],
            rows: [
                [.text(text), .bar(Bar([0.5])), .phrase(.code(text)), .phrase(phrase)],
                [.text("a"), .text(text), .text(nil), .text(text)],
            ], note: phrase)
        let fact = Fact(text, phrase)
        return Document(
            title: text,
            blocks: [
                .masthead(
                    Masthead(
                        items: [phrase, Phrase(text)], severity: .warning, verdict: text,
                        keys: [
                            KeyFigure(text, text, word: text, before: text, change: text)
                        ], word: text, isVerdictShown: true)),
                .masthead(Masthead(items: [Phrase(text)], verdict: text)),
                .heading(text, level: 1), .heading(text, level: 2), .paragraph(phrase),
                .paragraph(Phrase(text)), .paragraph(.code(text)), .figures([fact, fact]),
                .facts([fact, fact]), .list([phrase, Phrase(text)], numbered: false),
                .list([phrase, Phrase(text)], numbered: true), .finding(finding), .table(table),
                .timeline(
                    Timeline(
                        text, stages: [.init(text, began: 0, ended: 1, evidence: [phrase])])),
                .code(text), .remark(label: text, phrase), .remark(label: "", phrase),
            ] + pictures(text, table).map(Block.chart))
    }

    private static func pictures(_ text: String, _ table: Table) -> [Chart] {
        let exchange = Exchange(
            actors: [.init(text, detail: text), .init("b", detail: text)],
            events: [
                .init(at: 0, .state(actor: 0, text)), .init(at: 1, .note(actor: nil, text)),
                .init(at: 1, .note(actor: 1, text)),
                .init(at: 2, .message(.init(from: 0, to: 1, text, detail: text, arrives: 2.5))),
            ])
        let kinds: [Chart.Kind] = [
            .lines(
                LinesChart(
                    lines: [.init(text, [1, 2, 3]), .init(text, [3, 2, 1])], step: 1, unit: text,
                    marks: [.init(seconds: 1, text: text)])),
            .distribution(DistributionChart(curves: [.init(text, [1, 2, 3])], unit: text)),
            .effects(
                EffectsChart(rows: [
                    .init(name: text, change: 0.5, low: 0.1, high: 0.9, verdict: text)
                ])),
        ]
        return kinds.map {
            Chart(title: text, summary: text, kind: $0, table: table, isRepeated: false)
        }
            + [true, false].map {
                .sequence(title: text, summary: text, exchange: exchange, isBrief: $0)
            }
    }

    // MARK: what a saved document can hold

    /// Documents of every kind that is read again, by what each is of.
    private static func saved() throws -> [(name: String, tree: JSONTree)] {
        let compared = try Saved.comparison(Saved.snapshot(.busy), Saved.audit(.busy)).report
            .json(tool: Scene.options.tool)
        let observation = Observation(
            host: Scene.busy.host,
            views: Scene.busy.assessments.map { .init(now: $0.situation.now) })
        return try [
            ("snapshot", SnapshotFile.encode(observation, tool: Scene.options.tool)),
            ("audit", Array(Scene.busy.json.utf8)), ("load", Saved.bytes("load-narrow")),
            ("lab", Saved.bytes("lab-busy")), ("proof", Saved.bytes("proof")),
            ("trace", Saved.bytes("trace")), ("trace-tls", Saved.bytes("trace-tls")),
            ("compare", Array(compared.utf8)),
        ].map { ($0.0, try JSONTree($0.1)) }
    }

    /// The page of a document with that text wherever one is taken, and where that is.
    private static func page(
        of tree: JSONTree, named name: String, _ text: String, _ known: Set<String>?
    ) -> (page: Document, file: SavedFile, places: Set<String>)? {
        func page(_ places: Set<String>) -> (Document, SavedFile)? {
            guard let bytes = try? tree.replacing(places, by: text).bytes,
                let file = try? SavedFile(name: "\(name).json", bytes)
            else { return nil }
            return (file.page(top: 10), file)
        }
        if let known, let whole = page(known) { return (whole.0, whole.1, known) }
        var taken: Set<String> = []
        for place in tree.places.sorted() where page(taken.union([place])) != nil {
            taken.insert(place)
        }
        return page(taken).map { ($0.0, $0.1, taken) }
    }

    private static let taken: [String: Set<String>] = {
        var taken: [String: Set<String>] = [:]
        for (name, tree) in (try? saved()) ?? [] {
            taken[name] = page(of: tree, named: name, "word", nil)?.places
        }
        return taken
    }()

    @Test func `is found in many places of what is saved`() throws {
        for (name, _) in try Self.saved() {
            let places = try #require(Self.taken[name])
            #expect(places.count >= 5, "\(name): \(places.sorted())")
        }
        let trace = try #require(Self.taken["trace"])
        #expect(trace.contains(".data.requests[].request.lines[]"), "\(trace.sorted())")
        let tls = try #require(Self.taken["trace-tls"])
        #expect(tls.contains(".data.requests[].tls.certificates[].subject"), "\(tls.sorted())")
    }

    // MARK: what must hold

    /// What may move a cursor, or turn the direction of text; the line's end alone is the page's own.
    private static func dangerous(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { scalar in
            if 0x20...0x7E ~= scalar.value { return false }
            switch scalar.properties.generalCategory {
            case .control: return scalar != "\n"
            case .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate: return true
            default: return false
            }
        }
    }

    /// The elements of HTML, in their order, each with the names of its attributes.
    ///
    /// Read byte by byte, as a parser does: a mark upon a sign makes no other sign of it.
    private static func tags(_ html: String) -> [String] {
        var found: [String] = []
        for part in html.utf8.split(separator: UInt8(ascii: "<")).dropFirst(
            html.hasPrefix("<") ? 0 : 1)
        {
            let tag = part.prefix { $0 != UInt8(ascii: ">") }
            var words: [String] = []
            // What stands between quotes is a value.
            for (place, piece) in tag.split(separator: UInt8(ascii: "\"")).enumerated()
            where place % 2 == 0 {
                words += piece.split(separator: UInt8(ascii: " ")).map {
                    String(decoding: $0, as: UTF8.self)
                }
            }
            found.append(words.joined(separator: " "))
        }
        return found
    }

    /// What is left of text for a terminal without the sequences that set a colour.
    private static func bare(_ painted: String) -> String {
        var left: [UInt8] = []
        var bytes = painted.utf8[...]
        while let byte = bytes.first {
            let rest = bytes.dropFirst()
            let numbers = rest.dropFirst().prefix {
                (0x30...0x39).contains($0) || $0 == UInt8(ascii: ";")
            }
            if byte == 0x1b, rest.first == UInt8(ascii: "["), !numbers.isEmpty,
                painted.utf8[numbers.endIndex...].first == UInt8(ascii: "m")
            {
                bytes = painted.utf8[numbers.endIndex...].dropFirst()
            } else {
                left.append(byte)
                bytes = rest
            }
        }
        return String(decoding: left, as: UTF8.self)
    }

    /// All the kinds that pages of words have.
    private static let kinds: Set<String> = {
        var pages = [try? page("word two"), try? page(""), ChartScene.page, SequenceScene.page]
            .compactMap(\.self)
        for (name, tree) in (try? saved()) ?? [] {
            if let page = page(of: tree, named: name, "word", nil)?.page { pages.append(page) }
        }
        pages += Scene.all.map {
            AuditDocument(assessments: $0.assessments, host: $0.host, top: 10).document
        }
        return Set(pages.flatMap { tags(HTMLRenderer().render($0)) })
    }()

    private static func expectHarmless(_ page: Document, _ what: String) {
        for width in [40, 100] {
            let painted = TerminalRenderer(width: width, colour: true).render(page)
            #expect(dangerous(bare(painted)).isEmpty, "\(what)")
        }
        let html = HTMLRenderer().render(page)
        #expect(dangerous(html).isEmpty, "\(what)")
        let odd = Set(tags(html)).subtracting(kinds)
        #expect(odd.isEmpty, "\(what): \(odd)")
        let markdown = MarkdownRenderer().render(page)
        #expect(dangerous(markdown).isEmpty, "\(what)")
        let elements = Set(tags(markdown)).subtracting(own)
        #expect(elements.isEmpty, "\(what): \(elements)")
        expectTables(in: markdown, what)
    }

    /// The elements that stand in Markdown.
    private static let own: Set<String> = [
        "details", "/details", "summary", "/summary", "pre", "/pre", "code", "/code", "!-- --",
    ]

    /// Every row of a table has as many cells as its head.
    private static func expectTables(in markdown: String, _ what: String) {
        var head: Int?
        var isCode = false
        for line in markdown.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        {
            let text = String(Substring(line))
            if text.contains("<pre><code>") { isCode = true }
            if text.hasSuffix("</code></pre>") { isCode = false }
            guard !isCode, line.first == "|" else {
                head = nil
                continue
            }
            var bars = 0
            var before: Unicode.Scalar = " "
            for scalar in line {
                if scalar == "|", before != "\\" { bars += 1 }
                // A backslash that is escaped itself escapes nothing.
                before = scalar == "\\" && before == "\\" ? " " : scalar
            }
            #expect(bars == head ?? bars, "\(what): \(text)")
            head = head ?? bars
        }
    }

    @Test(arguments: Payload.all)
    func `is text on a page of every kind of block`(_ payload: Payload) throws {
        Self.expectHarmless(try Self.page(payload.text), payload.name)
    }

    @Test(arguments: Payload.all)
    func `is text on the page of an audit, and whole in its JSON`(_ payload: Payload) throws {
        let scene = Scene.hostile(payload.text)
        let json = try scene.json
        #expect(Self.dangerous(json).isEmpty)
        #expect(!json.contains("<"))
        struct Output: Decodable {
            let data: Facts
            struct Facts: Decodable { let findings: [Finding] }
            struct Finding: Decodable {
                let subject: String
                let cause: String
            }
        }
        let finding = try #require(
            try JSONDecoder().decode(Output.self, from: Data(json.utf8)).data.findings.first)
        #expect(finding.subject.unicodeScalars.elementsEqual(payload.text.unicodeScalars))
        #expect(finding.cause.unicodeScalars.elementsEqual(payload.text.unicodeScalars))
        let document = AuditDocument(
            assessments: scene.assessments, host: scene.host, top: 10
        ).document
        Self.expectHarmless(document, payload.name)
    }

    @Test(arguments: Payload.few)
    func `is text on the page of a saved document, wherever it stands there`(
        _ payload: Payload
    ) throws {
        for (name, tree) in try Self.saved() {
            let result = Self.page(of: tree, named: name, payload.text, Self.taken[name])
            let (page, file, _) = try #require(result, "\(name) takes it nowhere")
            Self.expectHarmless(page, "\(name), \(payload.name)")
            let json = try SavedPages([file], top: 10).json(
                host: Scene.busy.host, tool: Scene.options.tool)
            #expect(Self.dangerous(json).isEmpty && !json.contains("<"), "\(name)")
            _ = try JSONTree(Array(json.utf8))
        }
    }

    // MARK: as GitHub reads it

    /// What another program makes of the Markdown: its elements, counted.
    private static func read(_ markdown: String) throws -> [String: Int] {
        let scratch = try Scratch()
        try scratch.write(markdown, to: "page.md")
        let result = try scratch.run(
            "cmark-gfm --unsafe -e table -e autolink -e strikethrough -e tasklist page.md")
        #expect(result.status == 0)
        var counts: [String: Int] = [:]
        for tag in tags(result.said) {
            counts[tag.split(separator: " ").first.map(String.init) ?? "", default: 0] += 1
        }
        return counts
    }

    /// What gives a page its order; how many lines of code and strong words there are, text may change.
    private static let structure = [
        "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "th", "td", "ul", "ol", "li", "pre",
        "blockquote", "hr", "a", "img", "del", "em", "script", "svg", "input", "details", "i",
    ]

    @Test(
        .enabled(if: Scratch.works("cmark-gfm --version"), "cmark-gfm is not installed"),
        arguments: Payload.all)
    func `is text to a reader of Markdown`(_ payload: Payload) throws {
        func counts(_ page: Document) throws -> [Int] {
            let found = try Self.read(MarkdownRenderer().render(page))
            return Self.structure.map { found[$0] ?? 0 }
        }
        // What is empty has no place of its own.
        if payload.text.contains(where: { $0 != " " }) {
            #expect(try counts(Self.page(payload.text)) == counts(Self.page("word")))
        }
    }

    @Test(
        .enabled(if: Scratch.works("cmark-gfm --version"), "cmark-gfm is not installed"),
        arguments: Payload.few)
    func `of a saved document is text to a reader of Markdown`(_ payload: Payload) throws {
        for (name, tree) in try Self.saved() {
            let result = Self.page(of: tree, named: name, payload.text, Self.taken[name])
            let page = try #require(result?.page)
            let found = try Self.read(MarkdownRenderer().render(page))
            for element in ["a", "img", "script", "svg", "input", "i", "b"] {
                #expect(found[element] == nil, "\(name): <\(element)>")
            }
        }
    }
}

extension RuleID {
    /// As a document of another version, or of somebody else, names a rule.
    fileprivate init(ofDocument text: String) throws {
        self = try JSONDecoder().decode(RuleID.self, from: JSONEncoder().encode(text))
    }
}
