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

    static func content(of path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }
}
