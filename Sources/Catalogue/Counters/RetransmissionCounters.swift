import Model

extension KernelCounter {
    /// What had to be sent again.
    static let retransmission: [KernelCounter] = [
        KernelCounter(
            "TcpExt", "TCPTimeouts",
            meaning: "A retransmission timer ran out, the SYN-ACK timer too.",
            reading: "Loss that nothing else caught; each costs at least 200 ms.",
            source: ["net/ipv4/tcp_timer.c:tcp_retransmit_timer"]),
        KernelCounter(
            "TcpExt", "TCPSynRetrans",
            meaning: "SYNs and SYN-ACKs sent again.",
            reading: """
                Servers that do not answer, or clients that do not; full accept queues on either \
                side.
                """,
            myth: "It counts SYNs of this host only.",
            source: [
                "net/ipv4/tcp_output.c:__tcp_retransmit_skb",
                "net/ipv4/tcp_output.c:tcp_rtx_synack",
            ]),
        KernelCounter(
            "TcpExt", "TCPLostRetransmit",
            meaning: "A retransmission was lost as well.",
            reading: "Policers and full queues on the path.",
            source: ["net/ipv4/tcp_input.c:tcp_mark_skb_lost"]),
        KernelCounter(
            "TcpExt", "TCPFastRetrans",
            meaning: "Segments sent again without a timeout.",
            reading: "Loss that was repaired quickly.",
            source: ["net/ipv4/tcp_output.c:tcp_xmit_retransmit_queue"]),
        KernelCounter(
            "TcpExt", "TCPSlowStartRetrans",
            meaning: "Segments sent again after a timeout.",
            reading: "Loss that was repaired slowly.",
            source: ["net/ipv4/tcp_output.c:tcp_xmit_retransmit_queue"]),
        KernelCounter(
            "TcpExt", "TCPRetransFail",
            meaning: "A retransmission could not be handed to the device.",
            reading: "Full device queues or memory.",
            source: ["net/ipv4/tcp_output.c:__tcp_retransmit_skb"]),
        KernelCounter(
            "TcpExt", "TCPLossProbes",
            meaning: "Tail loss probes sent.",
            reading: "The last segment of a response was late.",
            source: ["net/ipv4/tcp_output.c:tcp_send_loss_probe"]),
        KernelCounter(
            "TcpExt", "TCPSpuriousRTOs",
            meaning: "Timeouts that proved unnecessary.",
            reading: "Delay that jumps: tcp_rto_min_us is too low, or a busy host.",
            source: ["net/ipv4/tcp_input.c:tcp_try_undo_loss"]),
        KernelCounter(
            "TcpExt", "TCPDSACKRecv",
            meaning: "The peer told of data that arrived twice.",
            reading: "Unnecessary retransmissions.",
            source: ["net/ipv4/tcp_input.c:tcp_check_dsack"]),
        KernelCounter(
            "TcpExt", "TCPOFOQueue",
            meaning: "Segments that came out of order.",
            reading: "Loss or reordering on the way here.",
            source: ["net/ipv4/tcp_input.c:tcp_data_queue_ofo"]),
        KernelCounter(
            "TcpExt", "TCPSpuriousRtxHostQueues",
            meaning: "A retransmission was due while the original had not left this host.",
            reading: "The host's own queues are the delay.",
            source: ["net/ipv4/tcp_output.c:skb_still_in_host_queue"]),
        KernelCounter(
            "TcpExt", "TCPDelivered",
            meaning: "Segments that reached the peer.",
            reading: "What retransmission rates are measured against.",
            since: KernelRelease(4, 18),
            source: ["net/ipv4/tcp_input.c:tcp_newly_delivered"]),
    ]
}
