import FoundationEssentials
import Glibc

/// Files that a test writes for the program to read.
enum Temporary {
    /// Writes the text to a new file and returns its path.
    static func file(_ text: String) throws -> String {
        var name = Array("/tmp/tcptune-test-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else {
            throw Program.Failure("no temporary file: \(String(cString: strerror(errno)))")
        }
        close(descriptor)
        let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    /// Makes a new directory and returns its path.
    static func directory() throws -> String {
        var name = Array("/tmp/tcptune-test-XXXXXX".utf8CString)
        guard mkdtemp(&name) != nil else {
            throw Program.Failure("no temporary directory: \(String(cString: strerror(errno)))")
        }
        return String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Writes a file, and makes the directories above it.
    static func write(_ bytes: some Sequence<UInt8>, to path: String) throws {
        let file = URL(filePath: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    static func write(_ text: String, to path: String) throws { try write(text.utf8, to: path) }

    static func names(in directory: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    }

    static func remove(_ directory: String) {
        try? FileManager.default.removeItem(atPath: directory)
    }

    static func content(of path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }
}
