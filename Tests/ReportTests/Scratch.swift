import FoundationEssentials
import Glibc

/// A folder of its own for one test, and the programs that look at what is in it.
struct Scratch: ~Copyable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/tcptune-report-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: "\(path)/\(name)")), as: UTF8.self)
    }

    /// Runs a line of shell in the folder, within minutes, which is long for one that does not hang: what it said on both streams, and its exit code.
    ///
    /// The line is the test's own; nothing of a fixture gets into it.
    func run(_ command: String) throws -> (status: Int32, said: String) {
        let status = unsafe system("cd \(path) && timeout 300 \(command) >said 2>&1")
        return (status >> 8 & 0xff, try read("said"))
    }

    /// Whether a line of shell succeeds.
    static func works(_ command: String) -> Bool {
        unsafe system("\(command) >/dev/null 2>&1") == 0
    }
}
