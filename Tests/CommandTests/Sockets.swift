/// What `ss -tanH` lists, counted independently of the program under test.
struct Sockets {
    var states: [String: Int] = [:]
    /// By `source destination port`, of sockets whose local port nobody listens on.
    var tuples: [String: Int] = [:]
    /// By port: the states of what belongs to a listener.
    var listeners: [Int: [String: Int]] = [:]

    private static let names = [
        "ESTAB": "ESTABLISHED", "SYN-SENT": "SYN_SENT", "SYN-RECV": "SYN_RECV",
        "FIN-WAIT-1": "FIN_WAIT1", "FIN-WAIT-2": "FIN_WAIT2", "TIME-WAIT": "TIME_WAIT",
        "UNCONN": "CLOSE", "CLOSE-WAIT": "CLOSE_WAIT", "LAST-ACK": "LAST_ACK",
        "LISTEN": "LISTEN", "CLOSING": "CLOSING",
    ]

    init(ss text: String) throws {
        var rows: [(state: String, local: (String, Int), remote: (String, Int))] = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard words.count >= 5, let state = Self.names[words[0]] else {
                throw Program.Failure("ss printed: \(line)")
            }
            rows.append((state, Self.place(words[3]), Self.place(words[4])))
            states[state, default: 0] += 1
            if state == "LISTEN" { listeners[Self.place(words[3]).1] = [:] }
        }
        for row in rows where row.state != "LISTEN" {
            if listeners[row.local.1] != nil {
                listeners[row.local.1]?[row.state, default: 0] += 1
            } else {
                tuples["\(row.local.0) \(row.remote.0) \(row.remote.1)", default: 0] += 1
            }
        }
    }

    /// Address and port of `10.0.0.1:80`, `[::1]:80`, `[::ffff:10.0.0.1]:80`.
    private static func place(_ text: String) -> (String, Int) {
        guard let colon = text.lastIndex(of: ":") else { return (text, 0) }
        var address = text[..<colon].filter { $0 != "[" && $0 != "]" }
        if address.hasPrefix("::ffff:") { address.removeFirst(7) }
        return (String(address), Int(text[text.index(after: colon)...]) ?? 0)
    }
}
