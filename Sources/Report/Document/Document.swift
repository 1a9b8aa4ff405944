/// What a page says, whatever it is shown on; the renderers turn it into text.
package struct Document: Sendable, Hashable {
    /// For the title bar and the file's name: `web-3: TCP audit`.
    package var title: String
    package var blocks: [Block]
    /// Seconds after which a browser asks for it again; nil for a page that stays as it is.
    package var refreshSeconds: Int?

    package init(title: String, blocks: [Block] = []) {
        self.title = title
        self.blocks = blocks
    }
}
