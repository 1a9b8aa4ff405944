/// A text to be read: a title and paragraphs, some with a label before them.
package struct WatchText: Sendable, Hashable {
    package struct Paragraph: Sendable, Hashable {
        /// `cause`, `do`.
        package var label: String?
        package var text: String
        /// Whether it is typed as it stands.
        package var isCommand: Bool

        package init(_ text: String, label: String? = nil, isCommand: Bool = false) {
            self.text = text
            self.label = label
            self.isCommand = isCommand
        }
    }

    package var title: String
    package var paragraphs: [Paragraph]

    package init(title: String, paragraphs: [Paragraph]) {
        self.title = title
        self.paragraphs = paragraphs
    }
}
