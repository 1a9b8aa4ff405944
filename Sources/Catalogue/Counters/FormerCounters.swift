import Model

extension KernelCounter {
    /// Counters that kernels in use no longer have, and old documents still name.
    static let former: [KernelCounter] = [
        KernelCounter(
            "TcpExt", "PAWSPassive",
            meaning: "A SYN was refused by the timestamp of its host: tcp_tw_recycle.",
            reading: "Clients behind NAT were refused; the setting is gone.",
            until: KernelRelease(4, 12),
            source: ["net/ipv4/tcp_input.c:tcp_conn_request"]),
        KernelCounter(
            "TcpExt", "TCPPrequeued",
            meaning: "The prequeue of a reading program was processed.",
            reading: "The prequeue is gone.",
            until: KernelRelease(4, 14),
            source: ["net/ipv4/tcp.c:tcp_prequeue_process"]),
        KernelCounter(
            "TcpExt", "TCPPrequeueDropped",
            meaning: "A full prequeue was emptied before its program had read it.",
            reading: "The prequeue is gone.",
            until: KernelRelease(4, 14),
            source: ["net/ipv4/tcp_ipv4.c:tcp_prequeue"]),
        KernelCounter(
            "TcpExt", "TCPDirectCopyFromBacklog",
            meaning: "Bytes copied to the program straight from the backlog.",
            reading: "The prequeue is gone.",
            until: KernelRelease(4, 14),
            source: ["net/ipv4/tcp.c:tcp_recvmsg"]),
        KernelCounter(
            "TcpExt", "TCPDirectCopyFromPrequeue",
            meaning: "Bytes copied to the program straight from the prequeue.",
            reading: "The prequeue is gone.",
            until: KernelRelease(4, 14),
            source: ["net/ipv4/tcp.c:tcp_recvmsg"]),
        KernelCounter(
            "TcpExt", "TCPHPHitsToUser",
            meaning: "A segment on the fast path was copied straight to the program.",
            reading: "The prequeue is gone.",
            until: KernelRelease(4, 14),
            source: ["net/ipv4/tcp_input.c:tcp_rcv_established"]),
        KernelCounter(
            "TcpExt", "TCPSchedulerFailed",
            meaning: "The prequeue was not read in time.",
            reading: "The prequeue is gone.",
            until: KernelRelease(4, 14),
            source: ["net/ipv4/tcp_timer.c:tcp_delack_timer_handler"]),
        KernelCounter(
            "TcpExt", "TCPFACKReorder",
            meaning: "Reordering was seen by FACK.",
            reading: "FACK is gone; see TCPSACKReorder.",
            until: KernelRelease(4, 15),
            source: ["net/ipv4/tcp_input.c:tcp_update_reordering"]),
        KernelCounter(
            "TcpExt", "TCPForwardRetrans",
            meaning: "Segments not known to be lost were sent again beside those that were.",
            reading: "Stands still from Linux 4.11 on; see TCPFastRetrans.",
            until: KernelRelease(4, 14),
            source: ["net/ipv4/tcp_output.c:tcp_xmit_retransmit_queue"]),
    ]
}
