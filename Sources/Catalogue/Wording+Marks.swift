extension Wording {
    /// A line with one of these is about a device: its driver fails with the same errnos.
    static let devices: [String] = [
        "bluetooth", "hci#", "usb", "xhci", "hcd", "mmc#", "i2c", "spi#", "scsi", "nvme", "ata#",
        "tpm", "tpm#", "[drm", "amdgpu", "i915", "nouveau", "iwlwifi", "ath10k", "ath11k", "mei me",
        "acpi", "pcieport", "thunderbolt", "tcmu", "lun#", "device descriptor",
    ]

    /// Words by which a line reports a failure.
    static let failures: [String] = [
        "error", "err", "errors", "exception", "ioexception", "fatal", "failed", "failure", "warn",
        "warning", "unexpected", "unexpectedly", "unavailable", "abnormal", "abnormally",
        "abruptly", "reconnect", "reconnecting", "retrying", "exceeded", "expired", "unable",
        "cannot", "could not", "couldn't",
    ]

    /// What takes part in a connection.
    static let remotes: [String] = [
        "connect", "connecting", "connection", "connections", "socket", "handshake", "heartbeat",
        "heartbeats", "ping", "pong", "peer", "upstream", "remote", "broker", "backend", "tcp",
        "rpc", "http", "https", "dial", "network", "gateway", "proxy", "request", "response",
    ]

    /// Timeouts that have nothing to do with the peer, in lines that also name an errno.
    static let otherTimeouts: [String] =
        devices + [
            "watchdog", "start operation timed out", "stop operation timed out", "stop-sigterm",
            "statement timeout", "lock timeout", "resolving timed out",
        ]

    /// The same for lines with only general words, and settings of a timeout.
    static let ownTimeouts: [String] =
        devices + [
            "timeout=#", "timeout = #", "timeout: #", "timeout of #", "timeout #", "timeout #s",
            "timeout #ms", "set to", "setting", "settings", "configured", "parameter", "directive",
            "deprecated", "lock", "deadlock", "statement", "transaction", "election timeout",
            "systemd", "watchdog", "script", "worker", "job", "unit", "session", "lookup",
            "resolve", "resolving", "dns", "kernel", "test", "tests", "garbage", "serial", "sensor",
            "uart",
        ]

    /// Intended ends, and TLS versions or ciphers on which the two ends do not agree.
    static let ownEnds: [String] =
        devices + [
            "preauth", "by user", "no error", "gracefully", "normally", "successfully",
            "not authorised", "not authorized", "authentication failed due to", "password",
            "credentials", "unauthorized", "denied", "login failed", "signal", "sigterm",
            "shutting down", "being dropped", "will be", "wrong version number", "certificate",
            "unknown ca", "no shared cipher", "unsupported protocol", "handshake failure",
            "http request", "sensor",
        ]

    /// Files and documents that end too early.
    static let documents: [String] =
        devices + [
            "sqlstate(0a000", "archive", "gzip", "zip", "tar", "parsing", "parse", "syntax",
            "syntaxerror", "json", "xml", "yaml", "png", "jpeg",
        ]
}
