import FoundationEssentials
import Report

/// The JSON Schemas in the sources.
enum SchemaSource {
    static let folder =
        "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        + "/Sources/Report/Schema/"

    static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: folder + path)), as: UTF8.self)
    }

    /// As a user gets it.
    static func whole(_ name: String) throws -> String {
        try SchemaText.whole(try text(name)) { try text($0) }
    }

    /// `audit-1.json` and the others.
    static func names() throws -> [String] { try files(in: "") }

    /// `Shared/host.json` and the others.
    static func shared() throws -> [String] {
        try files(in: SchemaText.folder).map { SchemaText.folder + $0 }
    }

    private static func files(in place: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder + place)
            .filter { $0.hasSuffix(".json") }.sorted()
    }
}
