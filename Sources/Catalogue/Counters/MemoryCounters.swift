import Model

extension KernelCounter {
    /// Receive and send memory that ran short, from mild to severe.
    static let memory: [KernelCounter] = [
        KernelCounter(
            "TcpExt", "TCPBacklogDrop",
            meaning: """
                A segment was dropped: the queue for segments that arrive while a program uses the \
                socket was full.
                """,
            reading: "A program is slow inside system calls, or receive buffers are small.",
            source: ["net/ipv4/tcp_ipv4.c:tcp_add_backlog"]),
        KernelCounter(
            "TcpExt", "TCPRcvCollapsed",
            meaning: "The kernel copied segments together to save memory.",
            reading: "Receive buffers are almost full of small segments.",
            source: ["net/ipv4/tcp_input.c:tcp_collapse_one"]),
        KernelCounter(
            "TcpExt", "PruneCalled",
            meaning:
                "The receive buffer was over its limit; the kernel tried to free memory in it.",
            reading: "The application reads too slowly, or tcp_rmem is small.",
            source: ["net/ipv4/tcp_input.c:tcp_prune_queue"]),
        KernelCounter(
            "TcpExt", "RcvPruned",
            meaning: "The kernel dropped received data because memory was short.",
            reading: "Throughput is lost: the sender must resend.",
            source: ["net/ipv4/tcp_input.c:tcp_prune_queue"]),
        KernelCounter(
            "TcpExt", "OfoPruned",
            meaning: "The kernel dropped out-of-order data because memory was short.",
            reading: "Throughput is lost during loss or reordering.",
            source: ["net/ipv4/tcp_input.c:tcp_prune_ofo_queue"]),
        KernelCounter(
            "TcpExt", "TCPRcvQDrop",
            meaning: "A segment in order did not fit into the receive buffer.",
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
            reading: "A peer forces tiny segments, or SO_SNDBUF is very large.",
            source: ["net/ipv4/tcp_output.c:tcp_fragment"]),
        KernelCounter(
            "TcpExt", "TCPMemoryPressures",
            meaning: "TCP on the whole host entered memory pressure.",
            reading: "Compare sockstat mem with the second value of tcp_mem.",
            source: ["net/ipv4/tcp.c:tcp_enter_memory_pressure"]),
        KernelCounter(
            "TcpExt", "TCPMemoryPressuresChrono",
            meaning: "Milliseconds that TCP spent in memory pressure.",
            reading: "The total time of memory pressure; see TCPMemoryPressures.",
            since: KernelRelease(4, 13),
            source: ["net/ipv4/tcp.c:tcp_leave_memory_pressure"]),
        KernelCounter(
            "TcpExt", "TCPToZeroWindowAdv",
            meaning: "The window that this host advertises fell to zero.",
            reading: "The application has stopped reading.",
            source: ["net/ipv4/tcp_output.c:tcp_select_window"]),
        KernelCounter(
            "TcpExt", "TCPFromZeroWindowAdv",
            meaning: "The window that this host advertises opened again.",
            reading: "The application reads again; see TCPToZeroWindowAdv.",
            source: ["net/ipv4/tcp_output.c:tcp_select_window"]),
    ]
}
