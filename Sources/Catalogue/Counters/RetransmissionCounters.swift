import Model

extension KernelCounter {
    /// Segments that this host had to resend.
    static let retransmission: [KernelCounter] = [
        KernelCounter(
            "TcpExt", "TCPTimeouts",
            meaning: "A retransmission timer expired, including the SYN-ACK timer.",
            reading: "Loss that nothing else caught; each costs at least 200 ms.",
            source: ["net/ipv4/tcp_timer.c:tcp_retransmit_timer"]),
        KernelCounter(
            "TcpExt", "TCPSynRetrans",
            meaning: "SYNs and SYN-ACKs resent.",
            reading: """
                Servers or clients do not answer, or accept queues are full at either end.
                """,
            myth: "It counts SYNs of this host only.",
            source: [
                "net/ipv4/tcp_output.c:__tcp_retransmit_skb",
                "net/ipv4/tcp_output.c:tcp_rtx_synack",
            ]),
        KernelCounter(
            "TcpExt", "TCPLostRetransmit",
            meaning: "A retransmission was lost as well.",
            reading: "Policers or full queues on the path.",
            source: ["net/ipv4/tcp_input.c:tcp_mark_skb_lost"]),
        KernelCounter(
            "TcpExt", "TCPFastRetrans",
            meaning: "Segments resent without a timeout.",
            reading: "Loss that TCP repaired quickly.",
            source: ["net/ipv4/tcp_output.c:tcp_xmit_retransmit_queue"]),
        KernelCounter(
            "TcpExt", "TCPSlowStartRetrans",
            meaning: "Segments resent after a timeout.",
            reading: "Loss that TCP repaired slowly.",
            source: ["net/ipv4/tcp_output.c:tcp_xmit_retransmit_queue"]),
        KernelCounter(
            "TcpExt", "TCPRetransFail",
            meaning: "The kernel could not pass a retransmission to the device.",
            reading: "Device queues are full, or memory is short.",
            source: ["net/ipv4/tcp_output.c:__tcp_retransmit_skb"]),
        KernelCounter(
            "TcpExt", "TCPLossProbes",
            meaning: "Tail loss probes sent.",
            reading: "The last segment of a response was late.",
            source: ["net/ipv4/tcp_output.c:tcp_send_loss_probe"]),
        KernelCounter(
            "TcpExt", "TCPSpuriousRTOs",
            meaning: "Timeouts that proved unnecessary.",
            reading: "The delay varies strongly: tcp_rto_min_us is too low, or a host is busy.",
            source: ["net/ipv4/tcp_input.c:tcp_try_undo_loss"]),
        KernelCounter(
            "TcpExt", "TCPDSACKRecv",
            meaning: "The peer reported by D-SACK that data arrived twice.",
            reading: "Unnecessary retransmissions.",
            source: ["net/ipv4/tcp_input.c:tcp_check_dsack"]),
        KernelCounter(
            "TcpExt", "TCPOFOQueue",
            meaning: "Segments that came out of order.",
            reading: "Loss or reordering on the path to this host.",
            source: ["net/ipv4/tcp_input.c:tcp_data_queue_ofo"]),
        KernelCounter(
            "TcpExt", "TCPSpuriousRtxHostQueues",
            meaning: "A retransmission was due before the original had left this host.",
            reading: "Queues on this host cause the delay.",
            source: ["net/ipv4/tcp_output.c:skb_still_in_host_queue"]),
        KernelCounter(
            "TcpExt", "TCPDelivered",
            meaning: "Segments that reached the peer.",
            reading: "Compare retransmission rates with it.",
            since: KernelRelease(4, 18),
            source: ["net/ipv4/tcp_input.c:tcp_newly_delivered"]),
    ]
}
