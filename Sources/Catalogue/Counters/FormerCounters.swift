import Model

extension KernelCounter {
    /// Counters that current kernels no longer have but old documents still name.
    static let former: [KernelCounter] = [
        KernelCounter(
            "TcpExt", "PAWSPassive",
            meaning: "tcp_tw_recycle refused a SYN because of the timestamp of its host.",
            reading: "It refused clients behind NAT; the setting was removed.",
            until: KernelRelease(4, 12),
            source: ["net/ipv4/tcp_input.c:tcp_conn_request"]),
        KernelCounter(
            "TcpExt", "TCPPrequeued",
            meaning: "The kernel processed the prequeue of a reading program.",
            reading: "The prequeue was removed.",
            until: KernelRelease(4, 14),
            source: ["net/ipv4/tcp.c:tcp_prequeue_process"]),
        KernelCounter(
            "TcpExt", "TCPPrequeueDropped",
            meaning: "The kernel emptied a full prequeue before its program had read it.",
            reading: "The prequeue was removed.",
            until: KernelRelease(4, 14),
            source: ["net/ipv4/tcp_ipv4.c:tcp_prequeue"]),
        KernelCounter(
            "TcpExt", "TCPDirectCopyFromBacklog",
            meaning: "Bytes copied to the program directly from the backlog.",
            reading: "The prequeue was removed.",
            until: KernelRelease(4, 14),
            source: ["net/ipv4/tcp.c:tcp_recvmsg"]),
        KernelCounter(
            "TcpExt", "TCPDirectCopyFromPrequeue",
            meaning: "Bytes copied to the program directly from the prequeue.",
            reading: "The prequeue was removed.",
            until: KernelRelease(4, 14),
            source: ["net/ipv4/tcp.c:tcp_recvmsg"]),
        KernelCounter(
            "TcpExt", "TCPHPHitsToUser",
            meaning: "The kernel copied a segment on the fast path directly to the program.",
            reading: "The prequeue was removed.",
            until: KernelRelease(4, 14),
            source: ["net/ipv4/tcp_input.c:tcp_rcv_established"]),
        KernelCounter(
            "TcpExt", "TCPSchedulerFailed",
            meaning: "A program did not read its prequeue in time.",
            reading: "The prequeue was removed.",
            until: KernelRelease(4, 14),
            source: ["net/ipv4/tcp_timer.c:tcp_delack_timer_handler"]),
        KernelCounter(
            "TcpExt", "TCPFACKReorder",
            meaning: "FACK detected reordering.",
            reading: "FACK was removed; see TCPSACKReorder.",
            until: KernelRelease(4, 15),
            source: ["net/ipv4/tcp_input.c:tcp_update_reordering"]),
        KernelCounter(
            "TcpExt", "TCPForwardRetrans",
            meaning: "This host resent segments not known to be lost together with lost ones.",
            reading: "Does not grow since Linux 4.11; see TCPFastRetrans.",
            until: KernelRelease(4, 14),
            source: ["net/ipv4/tcp_output.c:tcp_xmit_retransmit_queue"]),
    ]
}
