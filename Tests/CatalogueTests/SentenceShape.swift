/// What every text of the tables has in common.
enum SentenceShape {
    /// True for a text that begins with a capital, a digit or a name of the kernel's, ends in a full stop, and holds no stray space.
    static func holds(_ text: String) -> Bool {
        guard let first = text.first, let last = text.last else { return false }
        return (first.isUppercase || first.isNumber || beginsWithName(text)) && last == "."
            && !text.contains("  ") && !text.contains("\n") && !text.contains(" .")
    }

    private static func beginsWithName(_ text: String) -> Bool {
        let word = text.prefix { !$0.isWhitespace }
        return word.contains("_") || word.contains("(") || word.contains(".") || word.contains("\"")
            || ["bbr", "netstat"].contains(word) || word == "somaxconn"
    }

    /// True for `net/ipv4/tcp.c:tcp_close`, a file of the kernel and a name in it.
    static func isSource(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let file = parts.first, let name = parts.last else { return false }
        let roots = [
            "net/", "include/", "fs/", "kernel/", "mm/", "ipc/", "security/", "drivers/",
        ]
        return roots.contains { file.hasPrefix($0) }
            && (file.hasSuffix(".c") || file.hasSuffix(".h"))
            && !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }
}
