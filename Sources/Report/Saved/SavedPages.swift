import Audit
package import Model

/// The pages of several documents as one.
package struct SavedPages: Sendable {
    private let files: [SavedFile]
    private let pages: [Document]

    package init(_ files: [SavedFile], top: Int) {
        self.files = files
        pages = files.map { $0.page(top: top) }
    }

    /// One alone is as it is; several become parts below a table of them, and two of a kind are compared first.
    package var document: Document {
        if pages.count == 1 { return pages[0] }
        var parts = zip(files, pages).map { ("\($0.name) · \($1.title)", $1) }
        if let comparison { parts.insert(("Before and after", comparison), at: 0) }
        let blocks = parts.enumerated().flatMap { place, part in
            [.part(part.0, number: place + 1)] + part.1.blocks
        }
        return Document(
            title: "tcptune: \(pages.count) results",
            blocks: [.table(Self.contents(parts))] + blocks)
    }

    /// Nil where they are not two, or cannot be compared.
    private var comparison: Document? {
        guard files.count == 2,
            let (data, notes) = try? ComparedPair(files[0], files[1]).comparison(gates: [])
        else { return nil }
        return ComparisonReport(data, host: files[1].host, notes: notes).document
    }

    /// A row a part: what it is, and what it comes to.
    private static func contents(_ parts: [(name: String, page: Document)]) -> Table {
        Table(
            "Contents",
            columns: [
                Table.Column("part"), Table.Column("verdict"),
                Table.Column("in a sentence", shortening: .wrap(24)),
            ],
            rows: parts.enumerated().map { place, part in
                let top = masthead(of: part.page)
                let word = top.map { $0.word ?? $0.severity?.rawValue ?? "no problems" } ?? "-"
                return [
                    .phrase(Phrase(spans: [Span(part.name, .part(place + 1))])),
                    .phrase(top?.severity.map { .severity($0, word) } ?? .good(word)),
                    .text(top?.verdict),
                ]
            })
    }

    private static func masthead(of page: Document) -> Masthead? {
        page.blocks.lazy.compactMap { block in
            if case .masthead(let masthead) = block { masthead } else { nil }
        }.first
    }

    /// One `tcptune.report/1` document.
    package func json(host: Host, tool: Tool) throws -> String {
        let entries = zip(files, pages).map(ReportJSON.Entry.init)
        return try Envelope(
            .report, tool: tool, host: HostJSON(host), data: ReportJSON(documents: entries)
        ).encoded(pretty: true)
    }
}

/// The data of `tcptune.report/1`: what each document comes to.
struct ReportJSON: Encodable, Sendable {
    let documents: [Entry]

    struct Entry: Encodable, Sendable {
        let file: String
        let format: Format
        let host: String
        let title: String
        /// In a sentence.
        @Explicit var verdict: String?
        let keys: [Key]
        let notes: [String]

        init(_ file: SavedFile, _ page: Document) {
            self.file = file.name
            format = file.format
            host = file.host.name
            title = page.title
            let top = page.blocks.lazy.compactMap { block -> Masthead? in
                if case .masthead(let masthead) = block { masthead } else { nil }
            }.first
            _verdict = Explicit(wrappedValue: top?.verdict)
            keys = (top?.keys ?? []).map(Key.init)
            notes = file.notes
        }
    }

    /// A number that matters, as people read it.
    struct Key: Encodable, Sendable {
        let label: String
        let value: String
        @Explicit var before: String?
        @Explicit var change: String?

        init(_ key: KeyFigure) {
            label = key.label
            value = key.value
            _before = Explicit(wrappedValue: key.before)
            _change = Explicit(wrappedValue: key.change)
        }
    }
}
