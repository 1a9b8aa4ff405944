/// What a page says, whatever it is shown on; the renderers turn it into text.
public struct Document: Sendable, Hashable {
    /// For the title bar and the file's name: `web-3: TCP audit`.
    public var title: String
    public var blocks: [Block]

    public init(title: String, blocks: [Block] = []) {
        self.title = title
        self.blocks = blocks
    }
}
