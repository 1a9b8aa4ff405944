import Model

extension CauseEvidence {
    static let resets: [String: Predicate] = [
        "unread-data": { $0.unreadData },
        "resets-as-server": { evidence in
            if let finding = evidence.finding("clients-refused") {
                return .mayBe(text(of: finding))
            }
            return evidence.standing(
                ofCounter: "Tcp", "OutRsts", proves: false,
                what: "RST sent by this host, for whatever reason")
        },
        "client-gave-up": {
            $0.standing(
                ofCounter: "Tcp", "EstabResets", proves: false,
                what: "connections ended by RST, of either side")
        },
        "aborts-on-memory": { $0.abortsOnMemory },
    ]

    /// This host's own part is counted; the peer's is in its own counters.
    private var unreadData: CauseStanding {
        for (name, text) in [
            ("TCPAbortOnClose", "this host closed with data unread"),
            ("TCPAbortOnData", "this host closed with SO_LINGER 0, or got data after close()"),
        ] {
            let standing = standing(ofCounter: "TcpExt", name, proves: false, what: text)
            if standing.isPossible { return standing }
        }
        return .cannotBeSeen("this host reset none so; what the peer does, its own counters tell")
    }

    private var abortsOnMemory: CauseStanding {
        standing(
            ofCounter: "TcpExt", "TCPAbortOnMemory", proves: true,
            what: "reset for want of memory, or for too many orphans")
    }
}
