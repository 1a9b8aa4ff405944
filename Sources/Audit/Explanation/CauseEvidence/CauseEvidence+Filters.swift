import Model
import Text

extension CauseEvidence {
    /// Causes in filters, whose rules are not read: over an interval, counters tell what they take.
    static let filters: [String: Predicate] = [
        "filter-rejects": { $0.filter(reads: "nft list ruleset, iptables -S") },
        "output-filter": { $0.filter(reads: "nft list ruleset, iptables -S OUTPUT") },
        "datagram-filtered": { $0.filter(reads: "nft list ruleset") },
        "datagram-buffer": { $0.datagramBuffer },
        "datagram-unserved": { evidence in
            evidence.standing(
                ofCounter: "Udp", "NoPorts", proves: false,
                what: "datagrams to this host for ports that nobody serves"
            ).orUnseen("what other hosts serve is not seen: dig @SERVER, nc -zu SERVER PORT")
        },
    ]

    /// That a filter takes packets does not show that it was these.
    private func filter(reads command: String) -> CauseStanding {
        let filter = OwnFilter(in: situation)
        if let unsent = filter.unsent, unsent >= 1 {
            return .mayBe(
                "\(unsent.figure) packets of this host's own were taken before they left, by a filter "
                    + "(OUTPUT): \(command)")
        }
        if filter.taken >= 1 {
            return .mayBe(
                "\(filter.taken.figure) packets came in and were taken before they were delivered, by a "
                    + "filter (INPUT): \(command)")
        }
        return .cannotBeSeen(
            "filters are not read: \(command)"
                + (situation.interval == nil
                    ? "; --interval 2s tells whether this host's own take packets"
                    : "; this host's own took no packet in \((situation.interval ?? 0).duration)"))
    }

    private var datagramBuffer: CauseStanding {
        let standing = standing(
            ofCounter: "Udp", "RcvbufErrors", proves: false,
            what: "datagrams without room at their socket, whosever")
        return standing.isPossible
            ? standing
            : self.standing(
                ofCounter: "snmp6", "Udp6RcvbufErrors", proves: false,
                what: "datagrams without room at their socket, whosever"
            ).isPossible
                ? .mayBe(
                    "datagrams over IPv6 found no room at their socket: nstat Udp6RcvbufErrors")
                : standing
    }
}

extension CauseStanding {
    /// The same, or that it cannot be seen where it was not found here.
    fileprivate func orUnseen(_ reason: String) -> CauseStanding {
        isPossible ? self : .cannotBeSeen(reason)
    }
}
