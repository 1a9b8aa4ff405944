import FoundationEssentials
import Testing

@testable import Screen

/// Compares a picture with the file of that name in Snapshots/; `RECORD_SNAPSHOTS=1` writes it, and still fails.
func expectSnapshot(
    _ frame: Frame, named name: String, file: String = #filePath,
    location: SourceLocation = #_sourceLocation
) throws {
    let text = (0..<frame.size.rows).map { frame.text(row: $0) + "\n" }.joined()
    let folder = file.split(separator: "/").dropLast().joined(separator: "/")
    let path = "/" + folder + "/Snapshots/" + name
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
        try Data(text.utf8).write(to: URL(filePath: path))
        Issue.record("recorded \(name)", sourceLocation: location)
        return
    }
    let recorded = try String(decoding: Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    #expect(
        text == recorded, "\(name) differs; see git diff after RECORD_SNAPSHOTS=1",
        sourceLocation: location)
}
