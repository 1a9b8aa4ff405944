/// The experiments of the lab, by the names under which `tcptune lab run` starts them.
public enum ExperimentName {
    /// In the order in which `tcptune lab list` shows them.
    public static let all: [String] = [
        "port-exhaustion", "port-reuse", "fin-timeout", "who-closes", "port-scan-cliff",
        "bind-before-connect", "timewait-cap", "accept-queue", "syn-queue", "close-wait",
        "keep-alive", "conntrack-full", "handshake", "teardown", "last-ack-lost", "old-duplicates",
    ]
}
