import Model

extension Knob {
    /// Sysctls of other subjects than TCP: tcptune names and explains them, but does not change them.
    ///
    /// A `*` stands for an interface, or for `ipv4` or `ipv6`.
    package static let others: [Knob] =
        interfaces4 + interfaces6 + neighbourDetails + routing + ipv6 + packets + tracking
        + balancing + elsewhere + neverThere

    private static let othersByKey: [String: Knob] = Dictionary(
        others.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })

    /// Only names that are clear without their path: `rp_filter`, not `mtu`.
    private static let othersByName: [String: Knob] = Dictionary(
        others.filter { $0.name.utf8.count >= 9 && $0.name.contains("_") && !$0.isOfNoKernel }
            .map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    /// The sysctl of another subject, or of none, whose key this is; its key is the one asked for.
    static func other(named key: String) -> Knob? {
        if let knob = othersByKey[key] { return knob }
        return pattern(of: key).flatMap { othersByKey[$0] }.map { $0.named(key) }
            ?? oldTracking(key)
    }

    /// The sysctl of another subject whose last component this is, for all interfaces if it is one of an interface.
    static func other(lastNamed name: String) -> Knob? {
        othersByName[name].map { knob in
            knob.named(
                knob.key.replacing("net.*.", with: "net.ipv4.")
                    .replacing("conf.*", with: "conf.all").replacing(
                        "neigh.*", with: "neigh.default"))
        }
    }

    /// `net.ipv4.conf.*.rp_filter` of `net.ipv4.conf.eth0.rp_filter`; nil for a key that names no interface.
    private static func pattern(of key: String) -> String? {
        let parts = key.split(separator: ".", omittingEmptySubsequences: false)
        if key.hasPrefix("net.netfilter.nf_log."), parts.count == 4 {
            return "net.netfilter.nf_log.*"
        }
        guard parts.count == 5, parts[0] == "net", parts[1] == "ipv4" || parts[1] == "ipv6" else {
            return nil
        }
        return switch parts[2] {
        case "conf": "net.\(parts[1]).conf.*.\(parts[4])"
        case "neigh": "net.*.neigh.*.\(parts[4])"
        default: nil
        }
    }

    private func named(_ key: String) -> Knob {
        var knob = self
        knob.key = key
        // Only the first namespace has the values that new interfaces start with.
        if key.contains(".neigh.default.") { knob.scope = .host }
        if let successor, let interface = key.split(separator: ".").dropFirst(3).first {
            knob.successor = successor.replacing("conf.*", with: "conf.\(interface)")
        }
        return knob
    }

    /// Names of connection tracking that Linux 4.9 removed, and misplaced ones, each with today's name.
    ///
    /// `net.ipv4.netfilter.ip_conntrack_tcp_timeout_syn_recv`: CONFIG_NF_CONNTRACK_PROC_COMPAT.
    private static func oldTracking(_ key: String) -> Knob? {
        guard let today = trackingToday(key), let knob = byKey[today] ?? othersByKey[today] else {
            return nil
        }
        let wasThere = key.hasPrefix("net.ipv4.netfilter.ip_conntrack_")
        var old = Knob(
            key, unit: knob.unit, type: knob.type, initial: .computed("as \(today)"),
            scope: .host, until: wasThere ? KernelRelease(4, 9) : nil,
            meaning: wasThere ? "An old name of \(today)." : "Today's name is \(today).",
            source: knob.source)
        old.subject = .conntrack
        old.isOfNoKernel = !wasThere
        return old
    }

    /// Today's name of a setting of connection tracking; nil if the key is that, or has none.
    private static func trackingToday(_ key: String) -> String? {
        guard let dot = key.lastIndex(of: ".") else { return nil }
        let name = key[key.index(after: dot)...]
        guard let prefix = ["ip_conntrack_", "nf_conntrack_"].first(where: name.hasPrefix) else {
            return nil
        }
        let today = "net.netfilter.nf_conntrack_\(name.dropFirst(prefix.count))"
        guard today != key, key != "net.nf_conntrack_max" else { return nil }
        return byKey[today] == nil && othersByKey[today] == nil ? nil : today
    }

    /// The setting that does today what this one was for; nil if none does, or if it is still this one.
    package var today: String? { successor ?? Self.trackingToday(key) }
}

extension Knob {
    /// A sysctl of another subject, with its default if that is the same on all kernels.
    @inline(never)
    static func other(
        _ key: String, _ subject: Subject, initial: [Int64]? = nil,
        type: ValueType = .integer(Int64.min...Int64.max), unit: Unit = .none,
        scope: Scope = .namespace, _ meaning: String, _ source: String
    ) -> Knob {
        var knob = Knob(
            key, unit: unit, type: type,
            initial: initial.map { .fixed($0) }
                ?? .computed("unknown: it differs by kernel or host"),
            scope: scope, meaning: meaning, source: [source])
        knob.subject = subject
        return knob
    }

    /// A name that files set and no kernel from 5.10 to 7.3 has, with what to use instead.
    @inline(never)
    static func never(
        _ key: String, successor: String? = nil, _ meaning: String, _ source: String
    ) -> Knob {
        var knob = Knob(
            key, type: .word, initial: .computed("no Linux has it"), scope: .host,
            meaning: meaning, source: [source])
        knob.isOfNoKernel = true
        knob.successor = successor
        return knob
    }
}
