import Model

extension CoverageEntry {
    /// The counters of what this host drops, each as its kind is judged.
    static let droppedCounters: [CoverageEntry] = DropKind.all.flatMap(\.parts).map { part in
        CoverageEntry(
            .counter(part.group, part.name),
            .judged(
                alsoRefused.contains(part.name)
                    ? [.segmentsDropped, .clientsRefused] : [.segmentsDropped]))
    }

    /// What explains packets that TCP never got.
    private static let alsoRefused: Set<String> = [
        "InHdrErrors", "InAddrErrors", "InDiscards", "InNoRoutes", "InTruncatedPkts",
        "IPReversePathFilter", "Ip6InHdrErrors", "Ip6InAddrErrors", "Ip6InDiscards",
        "Ip6InNoRoutes", "Ip6InTruncatedPkts", "Ip6InTooBigErrors",
    ]

    /// What came in, and what else is dropped or refused, with the reason if no rule judges it.
    static let otherDrops: [CoverageEntry] = joined([
        counters(
            "Tcp", ["OutRsts"],
            .judged([.clientsRefused, .resetsHigh, .synRetransmitting])),
        counters(
            "Ip",
            [
                "InReceives", "InDelivers", "ForwDatagrams", "InUnknownProtos", "ReasmReqds",
                "ReasmOKs", "OutTransmits", "OutRequests",
            ], .judged([.clientsRefused, .synRetransmitting, .resetsHigh])),
        counters(
            "snmp6",
            [
                "Ip6InReceives", "Ip6InDelivers", "Ip6OutForwDatagrams", "Ip6InUnknownProtos",
                "Ip6InMcastPkts", "Ip6ReasmReqds", "Ip6ReasmOKs", "Icmp6OutDestUnreachs",
                "Udp6NoPorts", "Ip6OutTransmits",
            ], .judged([.clientsRefused])),
        counters("snmp6", ["Ip6OutRequests"], .judged([.clientsRefused, .resetsHigh])),
        counters("Icmp", ["OutDestUnreachs"], .judged([.clientsRefused])),
        counters("Udp", ["NoPorts", "IgnoredMulti"], .judged([.clientsRefused])),
        counters("IpExt", ["InBcastPkts", "InMcastPkts"], .judged([.clientsRefused])),
        counters("ip_vs", ["packets"], .judged([.clientsRefused])),
        counters(
            "Ip", ["ReasmTimeout"],
            .notJudged(
                "ReasmFails counts each one too, and is judged")),
        counters(
            "snmp6", ["Ip6ReasmTimeout"],
            .notJudged("Ip6ReasmFails counts each one too, and is judged")),
        counters(
            "IpExt", ["ReasmOverlaps"],
            .notJudged(
                "ReasmFails counts each one too, and is judged")),
        counters(
            "Icmp", ["OutErrors", "OutRateLimitGlobal", "OutRateLimitHost"],
            .notJudged("ICMP that this host does not send fails no connection of its own")),
        counters(
            "Udp", ["InErrors", "InCsumErrors"],
            .notJudged("the other UDP errors are judged: tcptune explain says what each means")),
        counters(
            "TcpExt", ["OutOfWindowIcmps", "LockDroppedIcmps", "TCPAODroppedIcmps"],
            .notJudged("an ignored ICMP error fails no connection")),
        counters(
            "TcpExt", ["PAWSOldAck"],
            .notJudged("it counts reordered acknowledgements: no data is lost")),
        counters(
            "TcpExt",
            [
                "TCPACKSkippedTimeWait", "TCPACKSkippedFinWait2", "TCPACKSkippedSynRecv",
                "TCPACKSkippedPAWS", "TCPACKSkippedSeq", "TCPACKSkippedChallenge",
            ],
            .notJudged(
                "it limits answers to segments that another rule judges: paws-rejecting")),
        counters(
            "TcpExt",
            [
                "TCPDSACKIgnoredDubious", "TCPDSACKIgnoredOld", "TCPDSACKIgnoredNoUndo",
                "TCPSACKDiscard", "TCPOFOMerge", "TCPSackShiftFallback",
            ], .notJudged("it counts acknowledgements and duplicates: nothing is lost")),
        counters(
            "TcpExt", ["TCPAbortFailed"],
            .notJudged("the connection is over either way: the peer notices later")),
        counters(
            "softnet", ["flow_limit_count"],
            .notJudged("softnet.dropped counts each one too, and is judged")),
        counters(
            "nf_conntrack", ["invalid", "chainlength", "icmp_error"],
            .notJudged("only filters drop what tracking cannot place, if a rule says so")),
        counters(
            "MPTcpExt",
            [
                "MPCapableSYNTXDisabled", "MPJoinRejected", "MPJoinSynTxBindErr", "NoDSSInWindow",
                "DuplicateData", "AddAddrDrop", "RmAddrDrop", "RmAddrTxDrop", "RcvPruned",
                "BacklogDrop", "OFOPruned", "MD5SigReset",
            ], .notJudged("for MPTCP only sockets in CLOSE_WAIT are judged")),
        counters(
            "MPTcpExt", ["MPCurrEstab", "MPCapableSYNTX", "MPCapableSYNRX"],
            .notJudged("it shows whether there are MPTCP sockets to read")),
    ])
}
