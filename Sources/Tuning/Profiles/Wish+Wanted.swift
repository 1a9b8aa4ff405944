public import Catalogue

extension Wish {
    /// The value as it is wished, whatever the kind of wish.
    public var value: WishedValue {
        switch self {
        case .exact(let value), .atLeast(let value), .atMost(let value): value
        }
    }

    /// What to write so that the wish holds, canonical; the value now where it holds already.
    ///
    /// Of a vector each number is raised or lowered for itself. A list of ports has `at_least` these ports: they join
    /// those that are there. Nil where the value now, or what the wish is worked out from, is not known.
    public func wanted(
        now: String, for knob: Knob, on figures: HostFigures, ticksPerSecond: Int64? = nil
    ) -> String? {
        guard let wished = value.text(on: figures, for: knob, ticksPerSecond: ticksPerSecond) else {
            return nil
        }
        let choose: (Int64, Int64) -> Int64
        switch self {
        case .exact: return wished
        case .atLeast: choose = { max($0, $1) }
        case .atMost: choose = { min($0, $1) }
        }
        guard let now = knob.canonical(now) else { return nil }
        if knob.type == .ports {
            guard let here = PortRanges(now), let more = PortRanges(wished) else { return nil }
            return here.union(more).description
        }
        let here = knob.numbers(now)
        if case .atLeast = self, here.first.map(knob.isUnlimited) == true { return now }
        let numbers = knob.numbers(wished)
        guard here.count == numbers.count, !here.isEmpty else { return nil }
        return zip(here, numbers).map { String(choose($0, $1)) }.joined(separator: " ")
    }
}

extension Knob {
    /// Whether a number means that there is no limit: more than any other then.
    fileprivate func isUnlimited(_ number: Int64) -> Bool {
        switch key {
        // Compared as unsigned (net/ipv4/inet_timewait_sock.c:inet_twsk_alloc).
        case "net.ipv4.tcp_max_tw_buckets": number < 0
        // net/netfilter/nf_conntrack_core.c:__nf_conntrack_alloc
        case "net.netfilter.nf_conntrack_max": number == 0
        default: false
        }
    }
}
