import Model

extension KernelCounter {
    /// Recovery from loss: how it began, whether it was needed, how it failed.
    static let recovery: [KernelCounter] = [
        KernelCounter(
            "TcpExt", "TCPRenoRecovery",
            meaning: "Fast recovery began after three duplicate acknowledgements, without SACK.",
            reading: "Loss on the path to a peer without SACK.",
            source: ["net/ipv4/tcp_input.c:tcp_enter_recovery"]),
        KernelCounter(
            "TcpExt", "TCPSackRecovery",
            meaning: "Fast recovery began, with SACK.",
            reading: "Each is one loss event; compare it with OutSegs.",
            source: ["net/ipv4/tcp_input.c:tcp_enter_recovery"]),
        KernelCounter(
            "TcpExt", "TCPSACKReneging",
            meaning: "A peer withdrew what it had acknowledged by SACK.",
            reading: "A receiver is out of memory, or a middlebox breaks SACK.",
            myth: """
                It counts bad SACK blocks, as netstat -s says. In fact: TCPSACKDiscard counts \
                those.
                """,
            source: ["net/ipv4/tcp_input.c:tcp_timeout_mark_lost"]),
        KernelCounter(
            "TcpExt", "TCPSACKReorder",
            meaning: "SACK showed that segments overtook each other.",
            reading: "Reordering on the path: several links, or a busy NIC with several queues.",
            source: ["net/ipv4/tcp_input.c:tcp_check_sack_reordering"]),
        KernelCounter(
            "TcpExt", "TCPRenoReorder",
            meaning: "Duplicate acknowledgements showed reordering, without SACK.",
            reading: "Reordering on the path.",
            source: ["net/ipv4/tcp_input.c:tcp_check_reno_reordering"]),
        KernelCounter(
            "TcpExt", "TCPTSReorder",
            meaning: "Timestamps showed that segments overtook each other.",
            reading: "Reordering on the path.",
            source: ["net/ipv4/tcp_input.c:tcp_check_sack_reordering"]),
        KernelCounter(
            "TcpExt", "TCPFullUndo",
            meaning: "A recovery proved unnecessary; the kernel restored the congestion window.",
            reading: "This host mistook delay or reordering for loss.",
            source: ["net/ipv4/tcp_input.c:tcp_try_undo_recovery"]),
        KernelCounter(
            "TcpExt", "TCPPartialUndo",
            meaning: "A partial acknowledgement showed that a retransmission was unnecessary.",
            reading: "This host mistook delay or reordering for loss.",
            source: ["net/ipv4/tcp_input.c:tcp_try_undo_partial"]),
        KernelCounter(
            "TcpExt", "TCPDSACKUndo",
            meaning: """
                D-SACK showed that every retransmission was unnecessary; the kernel restored the \
                congestion window.
                """,
            reading: "This host mistook delay or reordering for loss.",
            source: ["net/ipv4/tcp_input.c:tcp_try_undo_dsack"]),
        KernelCounter(
            "TcpExt", "TCPLossUndo",
            meaning: "A timeout proved unnecessary; the kernel restored the congestion window.",
            reading: """
                A delay was longer than the retransmission timer: a radio link, or a peer that \
                stalled.
                """,
            source: [
                "net/ipv4/tcp_input.c:tcp_try_undo_loss",
                "net/ipv4/tcp_input.c:tcp_try_undo_recovery",
            ]),
        KernelCounter(
            "TcpExt", "TCPRenoFailures",
            meaning: """
                The retransmission timer expired while duplicate acknowledgements came, without \
                SACK.
                """,
            reading: "Fast retransmit did not repair the loss.",
            source: ["net/ipv4/tcp_timer.c:tcp_retransmit_timer"]),
        KernelCounter(
            "TcpExt", "TCPSackFailures",
            meaning:
                "The retransmission timer expired while SACK reported gaps, before recovery began.",
            reading: "Loss near the end of the data, or loss of several segments.",
            source: ["net/ipv4/tcp_timer.c:tcp_retransmit_timer"]),
        KernelCounter(
            "TcpExt", "TCPLossFailures",
            meaning: """
                The retransmission timer expired for the first time for new data while the kernel \
                was repairing earlier loss.
                """,
            reading: "Heavy loss, or a path that fails for a while.",
            source: ["net/ipv4/tcp_timer.c:tcp_retransmit_timer"]),
        KernelCounter(
            "TcpExt", "TCPRenoRecoveryFail",
            meaning: "The retransmission timer expired during fast recovery, without SACK.",
            reading: "Retransmissions were lost too: heavy loss.",
            source: ["net/ipv4/tcp_timer.c:tcp_retransmit_timer"]),
        KernelCounter(
            "TcpExt", "TCPSackRecoveryFail",
            meaning: "The retransmission timer expired during fast recovery, with SACK.",
            reading: "Retransmissions were lost too: heavy loss.",
            source: ["net/ipv4/tcp_timer.c:tcp_retransmit_timer"]),
        KernelCounter(
            "TcpExt", "TCPLossProbeRecovery",
            meaning: "A tail loss probe repaired the loss of the last segment.",
            reading: "Loss at the end of responses cost no timeout.",
            source: ["net/ipv4/tcp_input.c:tcp_process_tlp_ack"]),
        KernelCounter(
            "TcpExt", "TCPHystartTrainDetect",
            meaning: "CUBIC left slow start because the train of acknowledgements became long.",
            reading: "Normal on long paths.",
            source: ["net/ipv4/tcp_cubic.c:hystart_update"]),
        KernelCounter(
            "TcpExt", "TCPHystartTrainCwnd",
            meaning: "The sum of the congestion windows at those exits.",
            reading: "Divide it by TCPHystartTrainDetect: the mean window when slow start ended.",
            source: ["net/ipv4/tcp_cubic.c:hystart_update"]),
        KernelCounter(
            "TcpExt", "TCPHystartDelayDetect",
            meaning: "CUBIC left slow start because the delay grew.",
            reading: "Queues fill on the path; early exits make transfers slow.",
            source: ["net/ipv4/tcp_cubic.c:hystart_update"]),
        KernelCounter(
            "TcpExt", "TCPHystartDelayCwnd",
            meaning: "The sum of the congestion windows at those exits.",
            reading: "Divide it by TCPHystartDelayDetect: the mean window when slow start ended.",
            source: ["net/ipv4/tcp_cubic.c:hystart_update"]),
        KernelCounter(
            "TcpExt", "TCPWinProbe",
            meaning: "This host probed a closed window.",
            reading: "Peers do not read; data waits on this host.",
            source: [
                "net/ipv4/tcp_output.c:tcp_send_probe0",
                "net/ipv4/tcp_output.c:tcp_send_window_probe",
            ]),
        KernelCounter(
            "TcpExt", "TCPMTUPFail",
            meaning: "A probe for a larger packet size failed.",
            reading: "The path does not carry larger packets; see tcp_mtu_probing.",
            source: ["net/ipv4/tcp_input.c:tcp_mtup_probe_failed"]),
        KernelCounter(
            "TcpExt", "TCPMTUPSuccess",
            meaning: "A probe for a larger packet size succeeded.",
            reading: "Packets became larger; see tcp_mtu_probing.",
            source: ["net/ipv4/tcp_input.c:tcp_mtup_probe_success"]),
        KernelCounter(
            "TcpExt", "TcpTimeoutRehash",
            meaning: "After a timeout the connection chose a new flow hash, to take another path.",
            reading: "Timeouts; with several paths or IPv6 the next try may use another path.",
            since: KernelRelease(5, 6),
            source: ["net/ipv4/tcp_timer.c:tcp_write_timeout"]),
        KernelCounter(
            "TcpExt", "TcpDuplicateDataRehash",
            meaning: """
                This host chose a new flow hash for its acknowledgements because of duplicates \
                (IPv6).
                """,
            reading: "Acknowledgements are probably lost on the way to the peer.",
            since: KernelRelease(5, 6),
            source: ["net/ipv4/tcp_input.c:tcp_rcv_spurious_retrans"]),
        KernelCounter(
            "TcpExt", "TCPPLBRehash",
            meaning: "Protective load balancing moved a congested connection to another path.",
            reading: "ECN reports congestion in a data centre; see tcp_plb_enabled.",
            since: KernelRelease(6, 2),
            source: ["net/ipv4/tcp_plb.c:tcp_plb_check_rehash"]),
    ]
}
