extension MetricFamily {
    private static let tuple = ["netns", "source", "destination", "port"]
    private static let listener = ["netns", "address", "port"]

    /// All of them, in the order of the page.
    package static let all: [MetricFamily] = [
        MetricFamily(
            .portsUsable, .gauge, unit: "ports", by: ["netns"],
            "Local ports that connect() may choose from for each destination: the range less reserved ports and those of listening and bound sockets"
        ),
        MetricFamily(
            .tuplePortsUsed, .gauge, unit: "ports", by: tuple,
            "Local ports in use towards a destination, by source address, destination address and port; other is the sum of those not listed"
        ),
        MetricFamily(
            .tupleConnections, .gauge, unit: "connections", by: tuple + ["state"],
            "Connections to a destination by TCP state, as node_exporter spells it"),
        MetricFamily(
            .tupleClosings, .counter, unit: "connections", by: tuple,
            "Connections to a destination that this host closed first, counted from their TIME_WAIT"
        ),
        MetricFamily(
            .tupleExhaustion, .gauge, unit: "seconds", by: tuple,
            "Seconds until no local port is left for a destination if its traffic continues; +Inf if that is not in sight"
        ),
        MetricFamily(
            .tupleOwner, .gauge, by: tuple + ["process", "unit", "confidence"],
            "Process and unit that own the connections to a destination, and how sure that is; the value is 1"
        ),
        MetricFamily(
            .listenerQueue, .gauge, unit: "connections", by: listener,
            "Connections that wait to be accepted, in the fullest accept queue of the listener; other is the sum of those not listed"
        ),
        MetricFamily(
            .listenerBacklog, .gauge, unit: "connections", by: listener,
            "Connections that may wait: the smaller of listen()'s backlog and net.core.somaxconn at that time"
        ),
        MetricFamily(
            .listenerDrops, .counter, unit: "connections", by: listener,
            "Connection requests that the kernel dropped at the listener (sk_drops)"),
        MetricFamily(
            .listenerHalfOpen, .gauge, unit: "connections", by: listener,
            "Handshakes that wait for the third step at the listener (SYN_RECV)"),
        MetricFamily(
            .findings, .gauge, unit: "findings", by: ["rule", "severity"],
            "Findings of the audit that are present, by rule and severity; tcptune explain RULE tells more"
        ),
        MetricFamily(
            .settingDrift, .gauge, by: ["key"],
            "Whether a setting that tcptune applied has another value now: 1 if it has"),
        MetricFamily(
            .transaction, .gauge, by: ["id", "profile", "state"],
            "The change of settings that tcptune applied last; the value is 1"),
        MetricFamily(
            .transactionDeadline, .gauge, unit: "seconds",
            "When tcptune reverts the change unless it is confirmed, in seconds since 1970"),

        MetricFamily(
            .agentBuild, .gauge, by: ["version"], "Version of the agent; the value is 1"),
        MetricFamily(
            .agentProcessor, .counter, unit: "seconds", by: ["work"],
            "Processor time that the agent used, by the work it did"),
        MetricFamily(
            .agentSample, .gauge, unit: "seconds", in: .both,
            "When the agent last looked, in seconds since 1970"),
        MetricFamily(
            .agentDumpInterval, .gauge, unit: "seconds", in: .both,
            "Seconds between the last two looks at every socket, in the namespace with the longest"),
        MetricFamily(
            .agentCoverage, .gauge, in: .both,
            "Share of the connections that entered TIME_WAIT in the last minute that the agent found there, in the namespace with the lowest"
        ),
        MetricFamily(
            .agentNamespaces, .gauge, unit: "namespaces",
            "Network namespaces that the agent watches"
        ),
        MetricFamily(
            .agentTuples, .gauge, unit: "tuples", in: .both,
            "Destinations with local ports in use, by source address, destination address and port"
        ),
        MetricFamily(
            .agentHistory, .gauge, unit: "bytes",
            "What the files of the history take of the disk"),
        MetricFamily(
            .agentTuplesExported, .gauge, unit: "tuples",
            "How many of them have series of their own"),

        MetricFamily(
            .alerts, .gauge, unit: "alerts", by: ["severity"],
            "Alerts of the agent itself that stand, by severity"),
        MetricFamily(
            .alertsSent, .counter, unit: "messages", by: ["receiver"],
            "Messages about alerts that a receiver took, by its kind"),
        MetricFamily(
            .alertsFailed, .counter, unit: "messages", by: ["receiver"],
            "Tries to deliver a message about an alert that failed, by the kind of receiver"),
        MetricFamily(
            .alertsDropped, .counter, unit: "messages", by: ["receiver"],
            "Messages about alerts that were given up, by the kind of receiver"),
        MetricFamily(
            .alertsLeftOut, .counter, unit: "alerts",
            "Findings that became no alert because a thousand subjects are followed already"),

        MetricFamily(
            .processProcessor, .counter, unit: "seconds", in: .both,
            "Total user and system CPU time spent in seconds"),
        MetricFamily(
            .processResident, .gauge, unit: "bytes", in: .both, "Resident memory size in bytes"),
        MetricFamily(
            .processVirtual, .gauge, unit: "bytes", "Virtual memory size in bytes"),
        MetricFamily(
            .processDescriptors, .gauge, unit: "fds", "Number of open file descriptors"),
        MetricFamily(
            .processDescriptorLimit, .gauge, unit: "fds", "Maximum number of open file descriptors"),
        MetricFamily(
            .processStart, .gauge, unit: "seconds",
            "Start time of the process since unix epoch in seconds"),

        MetricFamily(
            .hostFindings, .gauge, unit: "findings", by: ["severity"], in: .summary,
            "Findings of the audit that are present, by severity"),
        MetricFamily(
            .hostPortsUsable, .gauge, unit: "ports", in: .summary,
            "Local ports that connect() may choose from for each destination, in the namespace with the fewest"
        ),
        MetricFamily(
            .hostPortsUsed, .gauge, in: .summary,
            "Share of the local ports in use towards the fullest destination"),
        MetricFamily(
            .hostExhaustion, .gauge, unit: "seconds", in: .summary,
            "Seconds until no local port is left for the first destination; +Inf if that is not in sight"
        ),
        MetricFamily(
            .hostConnections, .gauge, unit: "connections", by: ["state"], in: .summary,
            "TCP sockets of all network namespaces by state, as node_exporter spells it"),
        MetricFamily(
            .hostClosings, .counter, unit: "connections", in: .summary,
            "Connections to all destinations that this host closed first"),
        MetricFamily(
            .hostQueue, .gauge, in: .summary, "Share of the fullest accept queue that is in use"),
        MetricFamily(
            .hostDrops, .counter, unit: "connections", in: .summary,
            "Connection requests that the kernel dropped at all listeners"),
        MetricFamily(
            .hostDrift, .gauge, unit: "settings", in: .summary,
            "Settings that tcptune applied and that have another value now"),
    ]

    package static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
