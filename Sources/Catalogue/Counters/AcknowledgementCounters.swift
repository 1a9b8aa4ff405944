import Model

extension KernelCounter {
    /// Acknowledgements sent and received, and blocks of SACK and D-SACK.
    static let acknowledgements: [KernelCounter] = [
        KernelCounter(
            "TcpExt", "DelayedACKs",
            meaning: "An acknowledgement was sent because its timer ran out.",
            reading: "Normal: data came in and the program did not answer at once.",
            source: ["net/ipv4/tcp_timer.c:tcp_delack_timer_handler"]),
        KernelCounter(
            "TcpExt", "DelayedACKLocked",
            meaning: """
                The timer of a delayed acknowledgement met a socket that a program was using; it \
                was put off.
                """,
            reading: "Harmless; many point at programs that keep their sockets busy.",
            source: ["net/ipv4/tcp_timer.c:tcp_delack_timer"]),
        KernelCounter(
            "TcpExt", "DelayedACKLost",
            meaning: "A segment came that was already here: the peer sent it again.",
            reading: """
                The peer missed acknowledgements: they are lost on the way back, or came too late.
                """,
            myth: """
                It counts delayed acknowledgements that were lost. It counts duplicates that came \
                in.
                """,
            source: ["net/ipv4/tcp_input.c:tcp_data_queue", "net/ipv4/tcp_input.c:tcp_send_dupack"]),
        KernelCounter(
            "TcpExt", "TCPHPHits",
            meaning: "A segment with data took the fast path of header prediction.",
            reading: "The normal case of a bulk transfer; measure others against it.",
            source: ["net/ipv4/tcp_input.c:tcp_rcv_established"]),
        KernelCounter(
            "TcpExt", "TCPPureAcks",
            meaning: "An acknowledgement without data came, outside the fast path.",
            reading: "Follows from sending; no fault.",
            source: ["net/ipv4/tcp_input.c:tcp_ack"]),
        KernelCounter(
            "TcpExt", "TCPHPAcks",
            meaning: "An acknowledgement took the fast path.",
            reading: "The normal case of sending; no fault.",
            source: ["net/ipv4/tcp_input.c:tcp_ack"]),
        KernelCounter(
            "TcpExt", "TCPDSACKOldSent",
            meaning: """
                A duplicate below the data already received was reported to the peer by D-SACK.
                """,
            reading: """
                The peer sends again what has arrived: its timer is short, or our acknowledgements \
                are lost.
                """,
            source: ["net/ipv4/tcp_input.c:tcp_dsack_set"]),
        KernelCounter(
            "TcpExt", "TCPDSACKOfoSent",
            meaning: """
                A duplicate of data that waits out of order was reported to the peer by D-SACK.
                """,
            reading: "The peer sends again what has arrived, during loss or reordering.",
            source: ["net/ipv4/tcp_input.c:tcp_dsack_set"]),
        KernelCounter(
            "TcpExt", "TCPDSACKOfoRecv",
            meaning: "The peer reported a duplicate of data that waited out of order.",
            reading: "This host sent again without need; mostly reordering on the path.",
            source: ["net/ipv4/tcp_input.c:tcp_check_dsack"]),
        KernelCounter(
            "TcpExt", "TCPDSACKRecvSegs",
            meaning: "Segments that the peer reported as duplicates.",
            reading: "Set it against RetransSegs: the share of retransmissions without need.",
            since: KernelRelease(5, 9),
            source: ["net/ipv4/tcp_input.c:tcp_check_dsack"]),
        KernelCounter(
            "TcpExt", "TCPDSACKIgnoredDubious",
            meaning: "A D-SACK was ignored: it covers data that was not sent again.",
            reading: """
                A peer or a middlebox with broken SACK, or packets that the network doubles.
                """,
            since: KernelRelease(5, 9),
            source: ["net/ipv4/tcp_input.c:tcp_check_dsack"]),
        KernelCounter(
            "TcpExt", "TCPDSACKIgnoredOld",
            meaning: "A D-SACK was ignored: its range lies outside what this recovery sent.",
            reading: "Late reports; harmless in small numbers.",
            source: ["net/ipv4/tcp_input.c:tcp_sacktag_write_queue"]),
        KernelCounter(
            "TcpExt", "TCPDSACKIgnoredNoUndo",
            meaning: """
                A D-SACK was ignored: its range is not valid, and no recovery is under way that \
                could be undone.
                """,
            reading: "Late reports; harmless in small numbers.",
            source: ["net/ipv4/tcp_input.c:tcp_sacktag_write_queue"]),
        KernelCounter(
            "TcpExt", "TCPSACKDiscard",
            meaning: "A block of SACK was discarded: it names data that is not under way.",
            reading: "A middlebox that changes sequence numbers and not SACK, or a broken peer.",
            source: ["net/ipv4/tcp_input.c:tcp_sacktag_write_queue"]),
        KernelCounter(
            "TcpExt", "TCPSackShifted",
            meaning: "Data acknowledged by SACK was moved into the buffer before it.",
            reading: "Bookkeeping of loss; no fault of its own.",
            source: ["net/ipv4/tcp_input.c:tcp_shifted_skb"]),
        KernelCounter(
            "TcpExt", "TCPSackMerged",
            meaning: "A whole buffer acknowledged by SACK was merged into the one before it.",
            reading: "Bookkeeping of loss; no fault of its own.",
            source: ["net/ipv4/tcp_input.c:tcp_shifted_skb"]),
        KernelCounter(
            "TcpExt", "TCPSackShiftFallback",
            meaning: "Buffers acknowledged by SACK could not be merged, and stay apart.",
            reading: "Costs processor time during loss; no fault of its own.",
            source: ["net/ipv4/tcp_input.c:tcp_shift_skb_data"]),
        KernelCounter(
            "TcpExt", "TCPAckCompressed",
            meaning: "An acknowledgement with SACK was held back to be sent with others.",
            reading: "The sender is saved work during loss; see tcp_comp_sack_delay_ns.",
            since: KernelRelease(4, 18),
            source: ["net/ipv4/tcp_input.c:tcp_sack_compress_send_ack"]),
        KernelCounter(
            "TcpExt", "TCPAutoCorking",
            meaning: """
                A small write was held back because earlier data is still in the device queue.
                """,
            reading: "Many small writes: the program could gather them.",
            source: ["net/ipv4/tcp.c:tcp_push"]),
        KernelCounter(
            "TcpExt", "TCPOrigDataSent",
            meaning: "A segment with new data was sent: no retransmission.",
            reading: "The measure for RetransSegs.",
            source: ["net/ipv4/tcp_output.c:tcp_event_new_data_sent"]),
        KernelCounter(
            "TcpExt", "TCPDeliveredCE",
            meaning: "A delivered segment was acknowledged with a congestion mark (ECN).",
            reading: "A router or a switch on the path signals congestion before it drops.",
            since: KernelRelease(4, 18),
            source: ["net/ipv4/tcp_input.c:tcp_newly_delivered"]),
    ]
}
