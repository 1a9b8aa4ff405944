import Model

extension KernelCounter {
    /// Acknowledgements sent and received, and SACK and D-SACK blocks.
    static let acknowledgements: [KernelCounter] = [
        KernelCounter(
            "TcpExt", "DelayedACKs",
            meaning: """
                The delayed-acknowledgement timer expired and the kernel sent the acknowledgement.
                """,
            reading: "Normal: data came and the program did not answer at once.",
            source: ["net/ipv4/tcp_timer.c:tcp_delack_timer_handler"]),
        KernelCounter(
            "TcpExt", "DelayedACKLocked",
            meaning: """
                The delayed-acknowledgement timer expired while a program was using the socket; \
                the kernel postponed the acknowledgement.
                """,
            reading: "Harmless; many mean that programs keep their sockets busy.",
            source: ["net/ipv4/tcp_timer.c:tcp_delack_timer"]),
        KernelCounter(
            "TcpExt", "DelayedACKLost",
            meaning: "The peer resent a segment that this host already had.",
            reading: """
                Acknowledgements of this host are lost on the way to the peer, or arrive too late.
                """,
            myth: """
                It counts delayed acknowledgements that were lost. In fact: it counts duplicates \
                received.
                """,
            source: ["net/ipv4/tcp_input.c:tcp_data_queue", "net/ipv4/tcp_input.c:tcp_send_dupack"]),
        KernelCounter(
            "TcpExt", "TCPHPHits",
            meaning: "A segment with data took the fast path of header prediction.",
            reading: "The normal case of a bulk transfer; compare the others with it.",
            source: ["net/ipv4/tcp_input.c:tcp_rcv_established"]),
        KernelCounter(
            "TcpExt", "TCPPureAcks",
            meaning: "An acknowledgement without data came outside the fast path.",
            reading: "Normal for a sender; not a fault.",
            source: ["net/ipv4/tcp_input.c:tcp_ack"]),
        KernelCounter(
            "TcpExt", "TCPHPAcks",
            meaning: "An acknowledgement took the fast path.",
            reading: "The normal case for a sender; not a fault.",
            source: ["net/ipv4/tcp_input.c:tcp_ack"]),
        KernelCounter(
            "TcpExt", "TCPDSACKOldSent",
            meaning: """
                This host reported by D-SACK that a segment repeats data it had already received \
                in order.
                """,
            reading: """
                The peer resends data that has arrived: its timer is short, or acknowledgements of \
                this host are lost.
                """,
            source: ["net/ipv4/tcp_input.c:tcp_dsack_set"]),
        KernelCounter(
            "TcpExt", "TCPDSACKOfoSent",
            meaning: """
                This host reported by D-SACK that a segment repeats data in its out-of-order \
                queue.
                """,
            reading: "The peer resends data that has arrived, during loss or reordering.",
            source: ["net/ipv4/tcp_input.c:tcp_dsack_set"]),
        KernelCounter(
            "TcpExt", "TCPDSACKOfoRecv",
            meaning: """
                The peer reported by D-SACK that a segment repeats data in its out-of-order queue.
                """,
            reading:
                "This host resent data without need; usually because of reordering on the path.",
            source: ["net/ipv4/tcp_input.c:tcp_check_dsack"]),
        KernelCounter(
            "TcpExt", "TCPDSACKRecvSegs",
            meaning: "Segments that the peer reported as duplicates.",
            reading: "Divide it by RetransSegs: the share of unnecessary retransmissions.",
            since: KernelRelease(5, 9),
            source: ["net/ipv4/tcp_input.c:tcp_check_dsack"]),
        KernelCounter(
            "TcpExt", "TCPDSACKIgnoredDubious",
            meaning: "The kernel ignored a D-SACK: it covers data that this host did not resend.",
            reading: """
                A peer or a middlebox has broken SACK, or the network duplicates packets.
                """,
            since: KernelRelease(5, 9),
            source: ["net/ipv4/tcp_input.c:tcp_check_dsack"]),
        KernelCounter(
            "TcpExt", "TCPDSACKIgnoredOld",
            meaning: "The kernel ignored a D-SACK: its range is outside what this recovery sent.",
            reading: "Late reports; harmless in small numbers.",
            source: ["net/ipv4/tcp_input.c:tcp_sacktag_write_queue"]),
        KernelCounter(
            "TcpExt", "TCPDSACKIgnoredNoUndo",
            meaning: """
                The kernel ignored a D-SACK: its range is not valid, and no recovery is in \
                progress that it could undo.
                """,
            reading: "Late reports; harmless in small numbers.",
            source: ["net/ipv4/tcp_input.c:tcp_sacktag_write_queue"]),
        KernelCounter(
            "TcpExt", "TCPSACKDiscard",
            meaning: "The kernel discarded a SACK block: it names data that is not in flight.",
            reading: "A middlebox changes sequence numbers but not SACK, or a peer is broken.",
            source: ["net/ipv4/tcp_input.c:tcp_sacktag_write_queue"]),
        KernelCounter(
            "TcpExt", "TCPSackShifted",
            meaning: "The kernel moved data acknowledged by SACK into the buffer before it.",
            reading: "Bookkeeping during loss; not a fault in itself.",
            source: ["net/ipv4/tcp_input.c:tcp_shifted_skb"]),
        KernelCounter(
            "TcpExt", "TCPSackMerged",
            meaning:
                "The kernel merged a whole buffer acknowledged by SACK into the one before it.",
            reading: "Bookkeeping during loss; not a fault in itself.",
            source: ["net/ipv4/tcp_input.c:tcp_shifted_skb"]),
        KernelCounter(
            "TcpExt", "TCPSackShiftFallback",
            meaning: "The kernel could not merge buffers acknowledged by SACK; they stay separate.",
            reading: "Costs processor time during loss; not a fault in itself.",
            source: ["net/ipv4/tcp_input.c:tcp_shift_skb_data"]),
        KernelCounter(
            "TcpExt", "TCPAckCompressed",
            meaning: "The kernel delayed an acknowledgement with SACK to send it with others.",
            reading: "Saves the sender work during loss; see tcp_comp_sack_delay_ns.",
            since: KernelRelease(4, 18),
            source: ["net/ipv4/tcp_input.c:tcp_sack_compress_send_ack"]),
        KernelCounter(
            "TcpExt", "TCPAutoCorking",
            meaning: """
                The kernel delayed a small write because earlier data is still in the device \
                queue.
                """,
            reading: "The program makes many small writes; it could combine them.",
            source: ["net/ipv4/tcp.c:tcp_push"]),
        KernelCounter(
            "TcpExt", "TCPOrigDataSent",
            meaning: "This host sent a segment with new data, not a retransmission.",
            reading: "Compare RetransSegs with it.",
            source: ["net/ipv4/tcp_output.c:tcp_event_new_data_sent"]),
        KernelCounter(
            "TcpExt", "TCPDeliveredCE",
            meaning: "The peer acknowledged a segment with a congestion mark (ECN).",
            reading: "A router or a switch on the path signals congestion before it drops.",
            since: KernelRelease(4, 18),
            source: ["net/ipv4/tcp_input.c:tcp_newly_delivered"]),
    ]
}
