import Kernel

/// The command line of `tcptune-owners`.
struct OwnersOptions {
    /// Who may ask beside root, by number.
    var user: UInt32?
    /// Where to listen; nil for the socket that systemd hands over.
    var path: String?
    var isHelp = false
    var isVersion = false

    static let usage = """
        Usage: tcptune-owners --user USER [--listen PATH]

        Tell tcptune-agent, which has no rights, which processes hold its host's sockets.

          --user USER    who may ask beside root, by name or number
          --listen PATH  make this socket and listen there; without it, take the socket from systemd
          --version      show the version
          --help         show this help

        """

    /// What is wrong with the words, and what to write.
    struct Mistake: Error, Equatable {
        let message: String
    }

    init(_ words: some Sequence<String>) throws(Mistake) {
        var rest = words.makeIterator()
        while let word = rest.next() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let given = parts.count == 2 ? String(parts[1]) : nil
            switch String(parts[0]) {
            case "--help", "-h": isHelp = true
            case "--version", "-V": isVersion = true
            case "--user":
                let name = try Self.value(of: "--user", given ?? rest.next())
                guard let number = UserNumber.of(name) else {
                    throw Mistake(message: "there is no user '\(name)' on this host")
                }
                user = number
            case "--listen":
                let path = try Self.value(of: "--listen", given ?? rest.next())
                guard path.hasPrefix("/"), path.utf8.count < 108 else {
                    throw Mistake(
                        message: "--listen takes a path from the root of fewer than 108 bytes")
                }
                self.path = path
            default: throw Mistake(message: "unknown option '\(word)'; see tcptune-owners --help")
            }
        }
        if !isHelp, !isVersion, user == nil {
            throw Mistake(message: "say who may ask: --user tcptune-agent")
        }
    }

    private static func value(of name: String, _ value: String?) throws(Mistake) -> String {
        guard let value, !value.isEmpty else { throw Mistake(message: "\(name) takes a value") }
        return value
    }
}
