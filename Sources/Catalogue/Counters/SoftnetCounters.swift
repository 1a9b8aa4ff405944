extension KernelCounter {
    /// The columns of /proc/net/softnet_stat, summed over processors.
    static let softnet: [KernelCounter] = [
        KernelCounter(
            "softnet", "processed",
            meaning: "Packets that the receive softirq processed.",
            reading: "The load of the receive path.",
            source: ["net/core/dev.c:__netif_receive_skb_core"]),
        KernelCounter(
            "softnet", "dropped",
            meaning: """
                Packets dropped because the queue was at netdev_max_backlog, or by the flow limit.
                """,
            reading: "Loopback, veth or RPS delivers in bursts that one processor cannot take.",
            source: ["net/core/dev.c:enqueue_to_backlog"]),
        KernelCounter(
            "softnet", "time_squeeze",
            meaning:
                "Polling rounds that ended with work left: netdev_budget or its time was used up.",
            reading: "A busy processor; harmless while nothing is dropped.",
            source: ["net/core/dev.c:net_rx_action"]),
        KernelCounter(
            "softnet", "received_rps",
            meaning: "Times a processor woke another for RPS.",
            reading: "RPS spreads packets over processors.",
            source: ["net/core/dev.c:rps_trigger_softirq"]),
        KernelCounter(
            "softnet", "flow_limit_count",
            meaning: "Packets dropped by the flow limit.",
            reading: "One flow floods a processor.",
            source: ["net/core/dev.c:skb_flow_limit"]),
        KernelCounter(
            "softnet", "cpu_collision",
            meaning: "Times a processor found the transmit lock of a device taken.",
            reading: "Always 0 on current kernels.",
            source: ["net/core/net-procfs.c:softnet_seq_show"]),
        KernelCounter(
            "softnet", "backlog_len",
            meaning: "Packets that wait for the receive softirq at present.",
            reading: "If it is near netdev_max_backlog, packets will soon be dropped.",
            source: ["net/core/net-procfs.c:softnet_seq_show"]),
        KernelCounter(
            "softnet", "input_qlen",
            meaning: "Packets in the input queues of the processors at present.",
            reading: "Part of backlog_len.",
            source: ["net/core/net-procfs.c:softnet_seq_show"]),
        KernelCounter(
            "softnet", "process_qlen",
            meaning: "Packets that the receive softirq is processing at present.",
            reading: "Part of backlog_len.",
            source: ["net/core/net-procfs.c:softnet_seq_show"]),
    ]
}
