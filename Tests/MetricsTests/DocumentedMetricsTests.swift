import FoundationEssentials
import Metrics
import Testing

@Suite struct `The documentation of metrics` {
    private let isRecording =
        ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil
    private static let path: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return parts.dropLast(3).joined(separator: "/") + "/docs/agent.md"
    }()

    /// A row for each family, in the order of the page.
    private static var table: String {
        var lines = ["| metric | labels | page | |", "|---|---|---|---|"]
        for family in MetricFamily.all {
            let labels = family.labels.map { "`\($0)`" }.joined(separator: " ")
            let place =
                switch family.place {
                case .full: "all"
                case .summary: "summary"
                case .both: "both"
                }
            lines.append("| `\(family.name.rawValue)` | \(labels) | \(place) | \(family.help) |")
        }
        return lines.joined(separator: "\n")
    }

    @Test func `has the table of families, and no other`() throws {
        let page = String(
            decoding: try Data(contentsOf: URL(filePath: Self.path)), as: UTF8.self)
        let begin = try #require(page.firstRange(of: "writes them anew -->\n")?.upperBound)
        let end = try #require(page.firstRange(of: "<!-- end of metrics -->")?.lowerBound)
        let wanted = "\n" + Self.table + "\n\n"
        if String(page[begin..<end]) != wanted, isRecording {
            let new = page[..<begin] + wanted + page[end...]
            try Data(new.utf8).write(to: URL(filePath: Self.path))
        }
        #expect(String(page[begin..<end]) == wanted)
    }
}
