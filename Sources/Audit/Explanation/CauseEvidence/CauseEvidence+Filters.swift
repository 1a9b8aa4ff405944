import Model
import Text

extension CauseEvidence {
    /// Causes in filters, whose rules are not read: over an interval, counters show what they drop.
    static let filters: [String: Predicate] = [
        "filter-rejects": { $0.filter(reads: "nft list ruleset, iptables -S") },
        "output-filter": { $0.filter(reads: "nft list ruleset, iptables -S OUTPUT") },
        "datagram-filtered": { $0.filter(reads: "nft list ruleset") },
        "datagram-buffer": { $0.datagramBuffer },
        "datagram-unserved": { evidence in
            evidence.verdict(
                ofCounter: "Udp", "NoPorts", proves: false,
                what: "datagrams to ports on this host without a program"
            ).orUnseen(
                "this host cannot see what other hosts serve: dig @SERVER, nc -zu SERVER PORT")
        },
    ]

    /// A filter that drops packets need not have dropped these.
    private func filter(reads command: String) -> CauseVerdict {
        let filter = OwnFilter(in: situation)
        if let unsent = filter.unsent, unsent >= 1 {
            return .mayBe(
                "a filter (OUTPUT) stopped \(unsent.figure) of this host's own packets before they "
                    + "left: \(command)")
        }
        if filter.taken >= 1 {
            return .mayBe(
                "a filter (INPUT) dropped \(filter.taken.figure) packets before they were "
                    + "delivered: \(command)")
        }
        return .cannotBeSeen(
            "tcptune does not read filters: \(command)"
                + (situation.interval == nil
                    ? "; --interval 2s shows whether this host's own filters drop packets"
                    : "; this host's own filters dropped no packet in "
                        + "\((situation.interval ?? 0).duration)"))
    }

    private var datagramBuffer: CauseVerdict {
        let verdict = verdict(
            ofCounter: "Udp", "RcvbufErrors", proves: false,
            what: "datagrams of any program without room in their socket's buffer")
        return verdict.isPossible
            ? verdict
            : self.verdict(
                ofCounter: "snmp6", "Udp6RcvbufErrors", proves: false,
                what: "datagrams of any program without room in their socket's buffer"
            ).isPossible
                ? .mayBe(
                    "datagrams over IPv6 found no room in their socket's buffer: nstat "
                        + "Udp6RcvbufErrors")
                : verdict
    }
}

extension CauseVerdict {
    /// The same, or that it cannot be seen if it was not found here.
    fileprivate func orUnseen(_ reason: String) -> CauseVerdict {
        isPossible ? self : .cannotBeSeen(reason)
    }
}
