/// The sentences of `netstat -s`, which name no counter.
///
/// Source: net-tools, `statistics.c`, today's wordings and earlier ones. `#` stands for the number.
enum NetstatSentence {
    /// The counter whose sentence a line is, or contains.
    ///
    /// Short sentences ("# resets sent") are everyday words: they must be the whole line.
    static func counter(in line: String) -> KernelCounter? {
        guard line.utf8.count < 400 else { return nil }
        let words = line.lowercased().split(whereSeparator: \.isWhitespace)
            .map { $0.allSatisfy(\.isNumber) ? "#" : String($0) }
        var text = words.joined(separator: " ")
        if text.hasSuffix(".") { text.removeLast() }
        let plain = text.hasPrefix("# ") ? String(text.dropFirst(2)) : text
        if text.contains("#"), let name = byText[plain] { return KernelCounter.spelled(name) }
        for (sentence, name) in long where plain.hasSuffix(sentence) || plain.contains(sentence) {
            return KernelCounter.spelled(name)
        }
        return nil
    }

    private static let byText: [String: String] = Dictionary(
        all, uniquingKeysWith: { first, _ in first })

    /// Those of five words and more, longest first.
    private static let long: [(String, String)] =
        all.filter { $0.0.split(separator: " ").count >= 5 }
        .sorted { $0.0.utf8.count > $1.0.utf8.count }

    private static let all: [(String, String)] = tcpExt + others

    private static let tcpExt: [(String, String)] = [
        ("times the listen queue of a socket overflowed", "ListenOverflows"),
        ("syns to listen sockets dropped", "ListenDrops"),
        ("syns to listen sockets ignored", "ListenDrops"),
        ("tcp sockets finished time wait in fast timer", "TW"),
        ("tcp sockets finished time wait in slow timer", "TWKilled"),
        ("time wait sockets recycled by time stamp", "TWRecycled"),
        ("delayed acks further delayed because of locked socket", "DelayedACKLocked"),
        ("quick ack mode was activated # times", "DelayedACKLost"),
        ("delayed acks sent", "DelayedACKs"),
        ("resets received for embryonic syn_recv sockets", "EmbryonicRsts"),
        ("icmp packets dropped because socket was locked", "LockDroppedIcmps"),
        (
            "packets dropped from out-of-order queue because of socket buffer overrun",
            "OfoPruned"
        ),
        ("icmp packets dropped because they were out-of-window", "OutOfWindowIcmps"),
        ("active connections rejected because of time stamp", "PAWSActive"),
        ("passive connections rejected because of time stamp", "PAWSPassive"),
        ("packets rejected in established connections because of timestamp", "PAWSEstab"),
        ("packets rejects in established connections because of timestamp", "PAWSEstab"),
        ("packets pruned from receive queue because of socket buffer overrun", "PruneCalled"),
        ("packets pruned from receive queue", "RcvPruned"),
        ("invalid syn cookies received", "SyncookiesFailed"),
        ("syn cookies received", "SyncookiesRecv"), ("syn cookies sent", "SyncookiesSent"),
        ("times unable to send rst due to no memory", "TCPAbortFailed"),
        ("connections reset due to early user close", "TCPAbortOnClose"),
        ("connections reset due to unexpected data", "TCPAbortOnData"),
        ("connections aborted after user close in linger timeout", "TCPAbortOnLinger"),
        ("connections aborted due to memory pressure", "TCPAbortOnMemory"),
        ("connections aborted due to timeout", "TCPAbortOnTimeout"),
        (
            "bytes directly in process context from backlog", "TCPDirectCopyFromBacklog"
        ),
        (
            "of bytes directly received from backlog", "TCPDirectCopyFromBacklog"
        ),
        (
            "bytes directly received in process context from prequeue",
            "TCPDirectCopyFromPrequeue"
        ),
        ("dsacks for out of order packets received", "TCPDSACKOfoRecv"),
        ("dsacks sent for out of order packets", "TCPDSACKOfoSent"),
        ("dsacks sent for old packets", "TCPDSACKOldSent"), ("dsacks received", "TCPDSACKRecv"),
        ("congestion window recovered without slow start using dsack", "TCPDSACKUndo"),
        ("congestion windows recovered without slow start by dsack", "TCPDSACKUndo"),
        ("detected reordering # times using fack", "TCPFACKReorder"),
        ("detected reordering # times using sack", "TCPSACKReorder"),
        ("detected reordering # times using reno fast retransmit", "TCPRenoReorder"),
        ("detected reordering # times using time stamp", "TCPTSReorder"),
        ("fast retransmits", "TCPFastRetrans"), ("forward retransmits", "TCPForwardRetrans"),
        ("congestion windows fully recovered without slow start", "TCPFullUndo"),
        ("congestion windows fully recovered", "TCPFullUndo"),
        ("predicted acknowledgments", "TCPHPAcks"),
        ("packet headers predicted and directly queued to user", "TCPHPHitsToUser"),
        ("packet headers predicted", "TCPHPHits"), ("packets header predicted", "TCPHPHits"),
        ("timeouts in loss state", "TCPLossFailures"),
        ("congestion windows recovered without slow start after partial ack", "TCPLossUndo"),
        ("congestion windows recovered after partial ack", "TCPLossUndo"),
        ("retransmits lost", "TCPLostRetransmit"),
        ("tcp ran low on memory # times", "TCPMemoryPressures"),
        ("congestion windows partially recovered using hoe heuristic", "TCPPartialUndo"),
        ("packets directly queued to recvmsg prequeue", "TCPPrequeued"),
        ("packets dropped from prequeue", "TCPPrequeueDropped"),
        ("acknowledgments not containing data payload received", "TCPPureAcks"),
        ("acknowledgments not containing data received", "TCPPureAcks"),
        ("packets collapsed in receive queue due to low socket buffer", "TCPRcvCollapsed"),
        ("timeouts after reno fast retransmit", "TCPRenoFailures"),
        ("reno fast retransmits failed", "TCPRenoRecoveryFail"),
        ("classic reno fast retransmits failed", "TCPRenoRecoveryFail"),
        ("times recovered from packet loss due to fast retransmit", "TCPRenoRecovery"),
        ("timeouts after sack recovery", "TCPSackFailures"),
        ("sack retransmits failed", "TCPSackRecoveryFail"),
        ("times recovered from packet loss by selective acknowledgements", "TCPSackRecovery"),
        ("times recovered from packet loss due to sack data", "TCPSackRecovery"),
        ("bad sack blocks received", "TCPSACKReneging"), ("bad sacks received", "TCPSACKReneging"),
        (
            "times receiver scheduled too late for direct processing",
            "TCPSchedulerFailed"
        ),
        ("retransmits in slow start", "TCPSlowStartRetrans"),
        ("other tcp timeouts", "TCPTimeouts"),
    ]

    private static let others: [(String, String)] = [
        ("active connection openings", "ActiveOpens"),
        ("active connections openings", "ActiveOpens"),
        ("passive connection openings", "PassiveOpens"),
        ("failed connection attempts", "AttemptFails"),
        ("connections established", "CurrEstab"),
        ("connection resets received", "EstabResets"), ("bad segments received", "Tcp.InErrs"),
        ("segments received", "InSegs"), ("resets sent", "OutRsts"),
        ("segments sent out", "OutSegs"), ("segments send out", "OutSegs"),
        ("segments retransmitted", "RetransSegs"), ("segments retransmited", "RetransSegs"),
        ("total packets received", "Ip.InReceives"), ("forwarded", "Ip.ForwDatagrams"),
        ("incoming packets delivered", "Ip.InDelivers"),
        ("incoming packets discarded", "Ip.InDiscards"),
        ("requests sent out", "Ip.OutRequests"),
        ("outgoing packets dropped", "Ip.OutDiscards"),
        ("dropped because of missing route", "Ip.OutNoRoutes"),
        ("with invalid addresses", "Ip.InAddrErrors"), ("with invalid headers", "Ip.InHdrErrors"),
        ("with unknown protocol", "Ip.InUnknownProtos"),
        ("fragments dropped after timeout", "Ip.ReasmTimeout"),
        ("reassemblies required", "Ip.ReasmReqds"),
        ("packets reassembled ok", "Ip.ReasmOKs"),
        ("packet reassemblies failed", "Ip.ReasmFails"),
        ("packet reassembles failed", "Ip.ReasmFails"),
        ("outgoing packets fragmented ok", "Ip.FragOKs"),
        ("outgoing packets failed fragmentation", "Ip.FragFails"),
        ("fragments created", "Ip.FragCreates"),
        ("packets received", "Udp.InDatagrams"),
        ("packets to unknown port received", "Udp.NoPorts"),
        ("packet receive errors", "Udp.InErrors"), ("packets sent", "Udp.OutDatagrams"),
        ("receive buffer errors", "Udp.RcvbufErrors"), ("send buffer errors", "Udp.SndbufErrors"),
        ("packets with invalid checksum", "Udp.InCsumErrors"),
        ("icmp messages received", "Icmp.InMsgs"),
        ("input icmp message failed", "Icmp.InErrors"),
        ("icmp messages sent", "Icmp.OutMsgs"), ("icmp messages failed", "Icmp.OutErrors"),
    ]
}
