package import Model

/// The pages of several documents as one.
package struct SavedPages: Sendable {
    private let files: [SavedFile]
    private let pages: [Document]

    package init(_ files: [SavedFile], top: Int) {
        self.files = files
        pages = files.map { $0.page(top: top) }
    }

    /// One alone is as it is; several become parts, each under the name of its file.
    package var document: Document {
        if pages.count == 1 { return pages[0] }
        let parts = zip(files, pages).flatMap { file, page in
            [.heading("\(file.name) · \(page.title)", level: 1)] + page.blocks
        }
        return Document(title: "tcptune: \(pages.count) results", blocks: parts)
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
