import Glibc

/// A command of the shell.
enum Program {
    /// What it prints.
    ///
    /// - Throws: where it ends with another status than 0.
    @discardableResult
    static func run(_ command: String) throws -> String {
        let (status, text) = attempt(command)
        guard status == 0 else { throw Client.Failure(words: "\(command): \(status) \(text)") }
        return text
    }

    /// Its status, and what it prints.
    static func attempt(_ command: String) -> (status: Int, text: String) {
        guard let pipe = popen(command, "r") else { return (-1, "popen: \(errno)") }
        var text = ""
        var block = [CChar](repeating: 0, count: 4096)
        while let line = fgets(&block, CInt(block.count), pipe) { text += String(cString: line) }
        return (Int(pclose(pipe) >> 8 & 0xFF), text)
    }

    /// The status that a server answers with; 0 where it answers nothing.
    static func curl(_ arguments: String) -> Int {
        Int(attempt("curl -s -o /dev/null -m 5 -w '%{http_code}' \(arguments) 2>/dev/null").text)
            ?? -1
    }
}
