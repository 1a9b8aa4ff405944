extension KernelCounter {
    /// The columns of /proc/net/softnet_stat, summed over processors.
    static let softnet: [KernelCounter] = [
        KernelCounter(
            "softnet", "processed",
            meaning: "Packets taken in by the receive softirq.",
            reading: "The load of the receive path.",
            source: ["net/core/net-procfs.c:softnet_seq_show"]),
        KernelCounter(
            "softnet", "dropped",
            meaning: "Packets that did not fit netdev_max_backlog.",
            reading: "Loopback, veth or RPS delivers in bursts that one processor cannot take.",
            source: ["net/core/dev.c:enqueue_to_backlog"]),
        KernelCounter(
            "softnet", "time_squeeze",
            meaning: "Rounds that ended with work left: netdev_budget or its time was used up.",
            reading: "A busy processor; harmless while nothing is dropped.",
            source: ["net/core/dev.c:net_rx_action"]),
        KernelCounter(
            "softnet", "received_rps",
            meaning: "Wake-ups of a processor by another, for RPS.",
            reading: "Packets are spread between processors.",
            source: ["net/core/net-procfs.c:softnet_seq_show"]),
        KernelCounter(
            "softnet", "flow_limit_count",
            meaning: "Packets dropped by the flow limit.",
            reading: "One flow floods a processor.",
            source: ["net/core/dev.c:skb_flow_limit"]),
    ]
}
