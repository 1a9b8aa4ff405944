import Catalogue
import Model

/// How much a number of a sysctl comes to: for some, the least number means the most.
enum Magnitude {
    /// For comparisons of two values of one knob.
    static func of(_ number: Int64, _ key: String) -> Int64 {
        switch key {
        // Compared as unsigned: -1 is no limit (net/ipv4/inet_timewait_sock.c:inet_twsk_alloc).
        case "net.ipv4.tcp_max_tw_buckets" where number < 0: .max
        // 0 is no limit (net/netfilter/nf_conntrack_core.c:__nf_conntrack_alloc).
        case "net.netfilter.nf_conntrack_max" where number == 0: .max
        case "net.nf_conntrack_max" where number == 0: .max
        // 0 acts as 8 (net/ipv4/tcp_timer.c:tcp_orphan_retries).
        case "net.ipv4.tcp_orphan_retries" where number == 0: 8
        default: number
        }
    }

    /// What a knob must become for the wish to hold, in canonical form; nil where the wish has no meaning for it.
    static func wanted(_ wish: ResolvedWish, now present: String, of knob: Knob) -> String? {
        switch wish {
        case .exact(let value): knob.canonical(value)
        case .atLeast(let value): joined(present, value, knob) { $0 >= $1 }
        case .atMost(let value): joined(present, value, knob) { $0 <= $1 }
        }
    }

    /// Number by number, the present one where it holds already, else the wished one.
    private static func joined(
        _ present: String, _ wished: String, _ knob: Knob, holds: (Int64, Int64) -> Bool
    ) -> String? {
        guard let wished = knob.canonical(wished) else { return nil }
        if knob.type == .ports {
            // At least these ports: those reserved already stay so. "At most" would mean nothing.
            guard holds(1, 0), let old = PortRanges(present), let new = PortRanges(wished) else {
                return nil
            }
            return old.union(new).description
        }
        let old = knob.numbers(present)
        let new = knob.numbers(wished)
        guard !new.isEmpty, old.count == new.count else { return nil }
        return zip(old, new).map { old, new in
            holds(of(old, knob.key), of(new, knob.key)) ? "\(old)" : "\(new)"
        }.joined(separator: " ")
    }
}

/// A wish whose value has been worked out for this host.
enum ResolvedWish: Sendable, Hashable {
    case exact(String), atLeast(String), atMost(String)

    var value: String {
        switch self {
        case .exact(let value), .atLeast(let value), .atMost(let value): value
        }
    }

    init?(_ wish: Wish, of knob: Knob, on host: PlanningHost) {
        let (value, make): (WishedValue, (String) -> ResolvedWish) =
            switch wish {
            case .exact(let value): (value, { .exact($0) })
            case .atLeast(let value): (value, { .atLeast($0) })
            case .atMost(let value): (value, { .atMost($0) })
            }
        let figures = HostFigures(
            listeners: host.snapshot.listeners.map(\.port), memory: host.host.memory["MemTotal"],
            processors: host.host.processors)
        let text = value.text(on: figures, for: knob, ticksPerSecond: host.ticksPerSecond)
        guard let text else { return nil }
        self = make(text)
    }
}
