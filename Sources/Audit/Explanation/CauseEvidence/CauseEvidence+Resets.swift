import Model

extension CauseEvidence {
    static let resets: [String: Predicate] = [
        "unread-data": { $0.unreadData },
        "resets-as-server": { evidence in
            if let finding = evidence.finding(.clientsRefused) {
                return .mayBe(text(of: finding))
            }
            return evidence.verdict(
                ofCounter: "Tcp", "OutRsts", proves: false,
                what: "RSTs sent by this host, for any reason")
        },
        "client-gave-up": {
            $0.verdict(
                ofCounter: "Tcp", "EstabResets", proves: false,
                what: "connections ended by a RST, sent by this host or by the peer")
        },
        "aborts-on-memory": { $0.abortsOnMemory },
    ]

    /// This host's own part is counted; the peer's is in its own counters.
    private var unreadData: CauseVerdict {
        for (name, text) in [
            ("TCPAbortOnClose", "this host closed with unread data"),
            ("TCPAbortOnData", "this host closed with SO_LINGER 0, or got data after close()"),
        ] {
            let verdict = verdict(ofCounter: "TcpExt", name, proves: false, what: text)
            if verdict.isPossible { return verdict }
        }
        return .cannotBeSeen(
            "this host reset no connection in this way; only the peer's own "
                + "counters show what the peer does")
    }

    private var abortsOnMemory: CauseVerdict {
        verdict(
            ofCounter: "TcpExt", "TCPAbortOnMemory", proves: true,
            what: "reset for lack of memory, or because of too many orphans")
    }
}
