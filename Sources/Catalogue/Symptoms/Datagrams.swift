import Model

extension Symptom {
    /// What programs report about UDP, with errnos that have other causes for TCP.
    static let datagrams: [Symptom] = [
        Symptom(
            .program, "udp-timeout",
            texts: ["no servers could be reached"],
            meaning: """
                A program waited for an answer over UDP, and its own time limit ran out. UDP has \
                no handshake and repeats nothing: the question, the answer or a part of it was \
                lost. TCP settings change nothing here.
                """,
            causes: [
                Cause(
                    "The server is down or slow, or something on the path drops datagrams.",
                    id: "datagram-unanswered"),
                Cause(
                    "A filter of this host drops the question or the answer.",
                    id: "datagram-filtered"),
                Cause(
                    "The socket's receive buffer had no room for the answer.",
                    id: "datagram-buffer", rules: [.segmentsDropped]),
                Cause(
                    "The kernel drops packets because the connection tracking table is full.",
                    id: "tracking-full", rules: [.conntrackDropping, .conntrackNearFull]),
                Cause(
                    "A route is missing, or the answer cannot come back.", id: "no-route"),
            ],
            source: ["net/ipv4/udp.c:__udp_queue_rcv_skb"]),
        Symptom(
            .program, "udp-refused",
            texts: ["icmp port unreachable received"],
            meaning: """
                ICMP port unreachable answered an earlier datagram: no program serves that UDP \
                port at the destination. The next call on the connected socket returns the error.
                """,
            causes: [
                Cause(
                    "The service is down, or serves another address or only TCP.",
                    id: "datagram-unserved"),
                Cause(
                    "A filter rejects with port-unreachable, the default of nft and iptables.",
                    id: "filter-rejects"),
            ],
            source: ["net/ipv4/udp.c:__udp4_lib_err", "net/ipv4/udp.c:__udp4_lib_rcv"]),
    ]

    /// Whether it is about UDP, whose sockets no audit reads.
    package var isOfDatagrams: Bool { name.hasPrefix("udp-") }

    /// The name of this errno if a line is about UDP; nil for one that means the same there.
    static func ofDatagrams(_ errno: String, in line: [UInt8]) -> Symptom? {
        let names = ["ETIMEDOUT": "udp-timeout", "ECONNREFUSED": "udp-refused"]
        guard let name = names[errno], PastedText.holds(line, anyOf: marks) else { return nil }
        return named(name)
    }

    /// Words that only lines about UDP contain: Go and others name the network, dig(1) and nginx a name's servers.
    private static let marks = [
        "udp", "udp4", "udp6", "udpv4", "quic", "communications error to", "while resolving",
        "could not be resolved",
    ]
}
