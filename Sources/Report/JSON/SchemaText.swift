/// A JSON Schema as it is handed out: whole, though definitions that several schemas share are files of their own.
///
/// A schema of the sources has `{ "$ref": "Shared/host.json" }` where the content of that file belongs.
package enum SchemaText {
    /// The folder of the shared definitions, beside the schemas.
    package static let folder = "Shared/"

    /// Puts the shared definitions in the places that refer to them.
    ///
    /// - Parameter definition: gives the text of a file by its path from the schemas on: `Shared/host.json`.
    package static func whole<Failure: Error>(
        _ text: String, _ definition: (String) throws(Failure) -> String
    ) throws(Failure) -> String {
        var whole: [String] = []
        var rest = lines(text)[...]
        while let line = rest.popFirst() {
            // It stands alone on its line, between the braces of an object that has nothing else.
            guard let path = reference(line), let opening = whole.popLast(),
                let closing = rest.popFirst()
            else {
                whole.append(String(line))
                continue
            }
            let indentation = String(opening.prefix { $0 == " " })
            let inner = try Self.whole(try definition(path), definition)
            var content = lines(inner).filter { !$0.isEmpty }.map { indentation + $0 }
            content[0] = String(opening.dropLast()) + content[0].dropFirst(indentation.count)
            // The comma, where something follows.
            content[content.count - 1] += closing.drop { $0 == " " || $0 == "}" }
            whole += content
        }
        return whole.joined(separator: "\n")
    }

    private static func lines(_ text: String) -> [Substring] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The path that a line refers to; nil of other lines.
    private static func reference(_ line: Substring) -> String? {
        let start = "\"$ref\": \""
        let words = line.drop { $0 == " " }
        guard words.hasPrefix(start + folder), words.last == "\"" else { return nil }
        return String(words.dropFirst(start.count).dropLast())
    }
}
