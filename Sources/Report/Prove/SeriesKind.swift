/// What a series of a trial is called for people, and what it counts.
struct SeriesKind {
    let title: String
    let unit: String
    /// Counted a step, and so shown a second; otherwise how many there are at that time.
    let isEvent: Bool

    private static let known: [String: (title: String, unit: String, isEvent: Bool)] = [
        "ports_used": ("Local ports in use", "ports", false),
        "accept_queue": ("Connections waiting to be accepted", "connections", false),
        "accept_queue_limit": ("Limit of the accept queue", "connections", false),
        "client_cpu_ratio": ("Processor time of the client's threads", "processors", false),
        "server_cpu_ratio": ("Processor time of the server's threads", "processors", false),
        "softirq_ratio": ("Processor time of the kernel's networking", "share", false),
        "attempted": ("Requests started", "per second", true),
        "completed": ("Requests answered", "per second", true),
        "dropped": ("Requests dropped (all connections busy)", "per second", true),
    ]

    init(_ name: String) {
        if let known = Self.known[name] {
            (title, unit, isEvent) = known
            return
        }
        for (prefix, side) in [("client_", "client"), ("server_", "server")]
        where name.hasPrefix(prefix) {
            (title, unit, isEvent) =
                ("\(name.dropFirst(prefix.count)) at the \(side)", "sockets", false)
            return
        }
        let error = name.hasPrefix("errors_") ? String(name.dropFirst("errors_".count)) : name
        (title, unit, isEvent) = ("Errors: \(error)", "per second", true)
    }

    /// What a distribution is called.
    static func curve(_ name: String) -> String {
        switch name {
        case "connect_seconds": "Time of connect()"
        case "first_byte_seconds": "Time to the first byte"
        case "total_seconds": "Time of a request"
        default: name
        }
    }
}
