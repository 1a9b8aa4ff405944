import Catalogue

/// What a command acts on.
enum CommandReach: Equatable {
    /// The network namespace that it runs in.
    case namespace
    /// One for the whole host: change it from the host's own namespace.
    case host
    /// tcptune, which takes the namespace as an option.
    case tcptune(reads: Bool)
    /// Processes, files, the kernel's log: the same in every network namespace.
    case anywhere

    /// Programs that see the network they run in.
    private static let networked: Set<String> = [
        "ss", "netstat", "nstat", "nft", "iptables", "ip6tables", "ipset", "conntrack", "ip", "tc",
        "bridge", "ethtool", "tcpdump", "nc", "ncat", "ping", "curl", "dig", "getent",
    ]
    /// Files that are those of the network of whoever opens them.
    private static let files = [
        "/proc/net/", "/proc/self/net/", "/proc/sys/net/", "/sys/class/net",
    ]
    /// Those of tcptune's commands that take `--netns`, and whether they take `--from` and `--root`, too.
    private static let own = [
        "audit": true, "explain": true, "knobs": true, "plan": false, "apply": false,
        "prove": false,
    ]

    init(_ command: String) {
        let words = ShellLine.words(command)
        let program = words.first ?? ""
        switch program {
        case "tcptune":
            let name = words.dropFirst().first ?? ""
            if name == "profile", words.dropFirst(2).first == "recommend" {
                self = .tcptune(reads: true)
            } else {
                self = Self.own[name].map { .tcptune(reads: $0) } ?? .anywhere
            }
        case "sysctl": self = Self.ofSysctl(words.dropFirst())
        case _ where Self.networked.contains(program):
            self = words.starts(with: ["ip", "netns"]) ? .anywhere : .namespace
        default: self = Self.files.contains { command.contains($0) } ? .namespace : .anywhere
        }
    }

    /// By the key that is named: what is one for the whole host is written on the host.
    ///
    /// Without a key it is `--system`: what boot does there.
    private static func ofSysctl(_ words: ArraySlice<String>) -> CommandReach {
        let keys = words.filter { !$0.hasPrefix("-") }
            .map { String($0.prefix { $0 != "=" }) }.filter { $0.contains(".") }
        guard let first = keys.first else { return .host }
        let knob = Knob.all.first { $0.key == first }
        if let knob { return knob.scope == .namespace ? .namespace : .host }
        return first.hasPrefix("net.") ? .namespace : .host
    }

    /// Whether a text, such as the undo of a remedy, is a command and not a sentence.
    static func isCommand(_ text: String) -> Bool {
        let words = ShellLine.words(text)
        guard words.count > 1, let program = words.first else { return false }
        return networked.contains(program) || others.contains(program)
    }

    private static let others: Set<String> = [
        "tcptune", "sysctl", "prlimit", "rm", "modprobe", "systemctl", "sed", "dmesg", "ps", "cat",
        "grep", "kill", "nsenter", "for",
    ]
}
