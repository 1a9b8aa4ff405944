import Model

extension KernelCounter {
    /// Receive and send memory that ran short, from mild to severe.
    static let memory: [KernelCounter] = [
        KernelCounter(
            "TcpExt", "TCPBacklogDrop",
            meaning: """
                The queue for segments that arrive while the program holds the socket was full.
                """,
            reading: "A program slow inside system calls; small receive buffers.",
            source: ["net/ipv4/tcp_ipv4.c:tcp_add_backlog"]),
        KernelCounter(
            "TcpExt", "TCPRcvCollapsed",
            meaning: "Segments were copied together to save memory.",
            reading: "Receive buffers are near full with small segments.",
            source: ["net/ipv4/tcp_input.c:tcp_collapse_one"]),
        KernelCounter(
            "TcpExt", "PruneCalled",
            meaning: "The receive buffer was over its limit; memory was sought.",
            reading: "The application reads too slowly, or tcp_rmem is small.",
            source: ["net/ipv4/tcp_input.c:tcp_prune_queue"]),
        KernelCounter(
            "TcpExt", "RcvPruned",
            meaning: "Data that had arrived was dropped for want of memory.",
            reading: "Throughput is lost: the sender must send again.",
            source: ["net/ipv4/tcp_input.c:tcp_prune_queue"]),
        KernelCounter(
            "TcpExt", "OfoPruned",
            meaning: "Data out of order was dropped for want of memory.",
            reading: "Throughput is lost, under loss or reordering.",
            source: ["net/ipv4/tcp_input.c:tcp_prune_ofo_queue"]),
        KernelCounter(
            "TcpExt", "TCPRcvQDrop",
            meaning: "A segment in order did not fit the receive buffer.",
            reading: "The application reads too slowly.",
            source: ["net/ipv4/tcp_input.c:tcp_data_queue"]),
        KernelCounter(
            "TcpExt", "TCPZeroWindowDrop",
            meaning: "A segment came while the window was closed.",
            reading: "The peer ignores the window, or the application has stopped reading.",
            source: ["net/ipv4/tcp_input.c:tcp_data_queue"]),
        KernelCounter(
            "TcpExt", "TCPWqueueTooBig",
            meaning: "A segment was not split because the send queue was far over its limit.",
            reading: "A peer forces tiny segments, or a very large SO_SNDBUF.",
            source: ["net/ipv4/tcp_output.c:tcp_fragment"]),
        KernelCounter(
            "TcpExt", "TCPMemoryPressures",
            meaning: "TCP of the whole host entered memory pressure.",
            reading: "Compare sockstat mem with the second value of tcp_mem.",
            source: ["net/ipv4/tcp.c:tcp_enter_memory_pressure"]),
        KernelCounter(
            "TcpExt", "TCPMemoryPressuresChrono",
            meaning: "Milliseconds in memory pressure.",
            reading: "How long memory pressure lasted in all; see TCPMemoryPressures.",
            since: KernelRelease(4, 13),
            source: ["net/ipv4/tcp.c:tcp_leave_memory_pressure"]),
        KernelCounter(
            "TcpExt", "TCPToZeroWindowAdv",
            meaning: "The offered window went to zero.",
            reading: "The application has stopped reading.",
            source: ["net/ipv4/tcp_output.c:tcp_select_window"]),
        KernelCounter(
            "TcpExt", "TCPFromZeroWindowAdv",
            meaning: "The offered window opened again.",
            reading: "The application reads again; see TCPToZeroWindowAdv.",
            source: ["net/ipv4/tcp_output.c:tcp_select_window"]),
    ]
}
