/// The program that wrote a document.
package struct Tool: Sendable, Hashable, Codable {
    /// Of this release: both programs and every document have it from here.
    package static let release = "0.2.0"

    package var name: String
    package var version: String

    package init(name: String = "tcptune", version: String = release) {
        self.name = name
        self.version = version
    }
}
