import FoundationEssentials
import Testing

/// Compares text with the file of that name in Snapshots/; `RECORD_SNAPSHOTS=1` writes it, and still fails.
func expectSnapshot(
    _ text: String, named name: String, file: String = #filePath,
    location: SourceLocation = #_sourceLocation
) throws {
    let folder = file.split(separator: "/").dropLast().joined(separator: "/")
    let path = "/" + folder + "/Snapshots/" + name
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
        try Data(text.utf8).write(to: URL(filePath: path))
        Issue.record("recorded \(name)", sourceLocation: location)
        return
    }
    let recorded = try String(decoding: Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    let difference = firstDifference(text, recorded)
    #expect(
        difference == nil, "\(name) differs; see git diff after RECORD_SNAPSHOTS=1",
        sourceLocation: location)
}

/// The first line that is not the same, as `was` and `is`.
private func firstDifference(_ text: String, _ recorded: String) -> String? {
    guard text != recorded else { return nil }
    let now = text.split(separator: "\n", omittingEmptySubsequences: false)
    let before = recorded.split(separator: "\n", omittingEmptySubsequences: false)
    let index = zip(now, before).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    let line = index ?? min(now.count, before.count)
    let at = { (lines: [Substring]) in lines.indices.contains(line) ? lines[line] : "(end)" }
    return "line \(line + 1) was: \(at(before))\nis: \(at(now))"
}
