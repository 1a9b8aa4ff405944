import FoundationEssentials
import Testing

/// `Fixtures/lines.tsv`: lines as programs print them, each with the topic it speaks of.
///
/// The wordings are those of the programs' sources and of public bug reports; hosts, users and numbers are made up.
enum PastedLines {
    struct Line: CustomTestStringConvertible {
        /// Nil for a line that speaks of nothing here.
        let topic: String?
        let text: String
        var testDescription: String { text }
    }

    static let all: [Line] = read().split(separator: "\n").compactMap { row in
        let columns = row.split(separator: "\t", maxSplits: 1)
        guard columns.count == 2, !row.hasPrefix("# ") else { return nil }
        let topic = String(columns[0])
        // What follows the last tab tells whose line it is.
        let text = columns[1].lastIndex(of: "\t").map { columns[1][..<$0] } ?? columns[1]
        return Line(topic: topic == "-" ? nil : topic, text: String(text))
    }

    private static func read() -> String {
        let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        guard let data = try? Data(contentsOf: URL(filePath: "/\(folder)/Fixtures/lines.tsv"))
        else { return "" }
        return String(decoding: data, as: UTF8.self)
    }
}
