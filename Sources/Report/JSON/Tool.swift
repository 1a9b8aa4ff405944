import Model

/// The program that wrote a document.
package struct Tool: Sendable, Hashable, Codable {
    package static let release = Release.number

    package var name: String
    package var version: String

    package init(name: String = "tcptune", version: String = release) {
        self.name = name
        self.version = version
    }
}
