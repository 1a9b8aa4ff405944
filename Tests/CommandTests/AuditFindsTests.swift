import Testing

/// Every rule against the condition it is for, made with real sockets; and against the same just below it.
@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `An audit finds` {
    @Test(arguments: [
        Condition(
            "ports used up by a client that closes first", "ports", "--fill 0.98",
            finds: ["ports-exhausting": "critical"], not: ["ports-slow", "ports-forecast"]),
        Condition(
            "the whole default range used up", "ports", "--high 60999 --fill 0.97",
            finds: ["ports-exhausting": "critical"], not: ["port-range-narrow"]),
        Condition(
            "ports used up over IPv6", "ports", "--fill 0.98 --family 6",
            finds: ["ports-exhausting": "critical"]),
        Condition(
            "ports past 45 %", "ports", "--fill 0.46 --held",
            finds: ["ports-slow": ""], not: ["ports-exhausting"]),
        Condition(
            "nothing at 44 %", "ports", "--fill 0.44 --held",
            not: ["ports-slow", "ports-exhausting", "ports-forecast"]),
        Condition(
            "nothing where the peer closes first", "ports", "--fill 0.98 --closer peer",
            not: ["ports-slow", "ports-exhausting", "ports-forecast"]),
        Condition(
            "ports used up within the host", "ports", "--fill 0.98 --path loopback --reuse 0",
            finds: ["loopback-exhausting": "critical"], not: ["ports-exhausting"]),
        Condition(
            "nothing within the host at 44 %", "ports", "--fill 0.44 --held --path loopback",
            not: ["loopback-exhausting"]),
        Condition(
            "connections that grow", "ports", "--high 36767 --fill 0.15 --held --per-second 60",
            interval: "3s", finds: ["ports-forecast": "warning"], not: ["ports-slow"]),
        Condition(
            "nothing in connections that stay", "ports", "--high 36767 --fill 0.15 --held",
            interval: "2s", not: ["ports-forecast"]),
        Condition(
            "bind before connect", "ports", "--fill 0.4 --bind-first",
            finds: ["bind-before-connect": ""]),
        Condition(
            "no bind where there is none", "ports", "--fill 0.4", not: ["bind-before-connect"]),
        Condition(
            "reuse without timestamps", "ports", "--fill 0.3 --reuse 1 --timestamps 0",
            finds: ["reuse-disabled": "warning"]),
        Condition("working reuse", "ports", "--fill 0.3 --reuse 1", not: ["reuse-disabled"]),
    ])
    func `what ports say`(_ condition: Condition) throws { try condition.check() }

    @Test(arguments: [
        Condition(
            "a narrow range", "settings", "--set 'net.ipv4.ip_local_port_range=32768 33767'",
            finds: ["port-range-narrow": "notice"]),
        Condition("no narrow range", "settings", not: ["port-range-narrow"]),
        Condition(
            "a listener in the range", "settings", "--listen 40000",
            finds: ["port-range-overlaps-listener": "notice"]),
        Condition(
            "a range widened over a listener", "settings",
            "--set 'net.ipv4.ip_local_port_range=10000 60999' --listen 12000",
            finds: ["port-range-overlaps-listener": "warning"]),
        Condition(
            "nothing in a reserved port", "settings",
            "--set net.ipv4.ip_local_reserved_ports=40000 --listen 40000",
            not: ["port-range-overlaps-listener"]),
        Condition(
            "tcp_rfc1337", "settings", "--set net.ipv4.tcp_rfc1337=1", finds: ["rfc1337": "myth"]),
        Condition(
            "syncookies off", "settings", "--set net.ipv4.tcp_syncookies=0 --listen 8080",
            finds: ["syncookies-off": ""]),
        Condition(
            "nothing in syncookies off for loopback", "settings",
            "--set net.ipv4.tcp_syncookies=0 --listen 127.0.0.1:8080", not: ["syncookies-off"]),
        Condition(
            "nothing in the defaults", "settings", "--listen 8080",
            not: ["rfc1337", "syncookies-off", "port-range-overlaps-listener", "fin-timeout-trap"]),
    ])
    func `what settings say`(_ condition: Condition) throws { try condition.check() }

    @Test(arguments: [
        Condition(
            "TIME_WAIT refused", "timewait_cap", "--cap 200 --make 300 --per-second 20",
            interval: "2s", finds: ["timewait-overflow": "warning"]),
        Condition(
            "TIME_WAIT near its limit", "timewait_cap", "--cap 200 --make 170",
            finds: ["timewait-cap-near": "warning"], not: ["timewait-overflow"]),
        Condition(
            "no more than a lowered limit in TIME_WAIT at 75 %", "timewait_cap",
            "--cap 200 --make 150", finds: ["timewait-cap-near": "myth"],
            not: ["timewait-overflow"]),
        Condition(
            "a program that never closes", "close_wait", finds: ["close-wait-leak": "warning"]),
        Condition(
            "nothing in a few CLOSE_WAIT", "close_wait", "--count 9", not: ["close-wait-leak"]),
        Condition(
            "no more than a notice where all of a few are in CLOSE_WAIT at one look", "close_wait",
            "--count 40", finds: ["close-wait-leak": "notice"]),
        Condition(
            "orphans in FIN_WAIT2 that hold ports", "ports", "--fill 0.2 --closer only-local",
            finds: ["fin-wait2-orphans": "warning"]),
        Condition(
            "many orphans in FIN_WAIT2", "fin_wait2", "--count 1100",
            finds: ["fin-wait2-orphans": "notice"], not: ["fin-timeout-trap"]),
        Condition(
            "nothing in some FIN_WAIT2", "fin_wait2", "--count 200", not: ["fin-wait2-orphans"]),
        Condition(
            "a timeout that shortens FIN_WAIT2", "fin_wait2", "--timeout 75",
            finds: ["fin-timeout-trap": "warning"]),
        Condition(
            "nothing in a timeout of 90 s", "fin_wait2", "--timeout 90", not: ["fin-timeout-trap"]),
        Condition(
            "closes that nobody acknowledges", "silent_peer", "--state LAST_ACK --count 150",
            finds: ["last-ack-stuck": "notice"]),
        Condition(
            "nothing in a few LAST_ACK", "silent_peer", "--state LAST_ACK --count 50",
            not: ["last-ack-stuck"]),
    ])
    func `what closing leaves behind`(_ condition: Condition) throws { try condition.check() }

    @Test(arguments: [
        Condition(
            "an accept queue that overflows", "accept_queue", "--per-second 20", interval: "2s",
            finds: ["queue-overflowing": "critical"],
            // Nobody accepts: a longer queue would only fill up.
            not: ["backlog-limited"]),
        Condition(
            "a backlog that somaxconn limits", "accept_queue",
            "--somaxconn 8 --backlog 511 --connections 30",
            finds: ["backlog-limited": "warning", "queue-overflowing": ""]),
        Condition(
            "a queue that nobody empties, a tenth full", "accept_queue",
            "--backlog 511 --connections 60", interval: "2s",
            finds: ["accept-stalled": "critical"],
            not: ["queue-overflowing", "backlog-limited"]),
        Condition(
            "the same with one look", "accept_queue", "--backlog 511 --connections 60",
            finds: ["accept-stalled": "notice"], not: ["queue-overflowing", "backlog-limited"]),
        Condition(
            "nothing in a queue a third full", "accept_queue", "--connections 6",
            interval: "1s", not: ["queue-overflowing", "backlog-limited"]),
        Condition(
            "a full SYN queue", "syn_flood", "--per-second 100", interval: "2s",
            finds: ["syn-queue-full": "", "syn-cookies-sent": "warning"]),
        Condition(
            "SYNs dropped without cookies", "syn_flood", "--cookies 0 --per-second 100",
            interval: "2s",
            finds: ["syn-queue-full": "critical", "syncookies-off": "critical"],
            not: ["syn-cookies-sent"]),
        Condition(
            "nothing in a few half-open connections", "syn_flood", "--count 20",
            not: ["syn-queue-full", "syn-cookies-sent", "syncookies-off"]),
    ])
    func `what listeners suffer`(_ condition: Condition) throws { try condition.check() }

    @Test(arguments: [
        Condition(
            "a conntrack table three quarters full", "conntrack", "--fill 0.8",
            finds: ["conntrack-near-full": "warning"],
            // The table holds UDP only: the timer of closed connections has no part in it.
            not: ["conntrack-dropping", "conntrack-timewait-longer"]),
        Condition(
            "a conntrack table nearly full", "conntrack", "--fill 0.95",
            finds: ["conntrack-near-full": "critical"]),
        Condition(
            "a conntrack table that throws entries away", "conntrack", "--fill 1 --per-second 50",
            interval: "2s", finds: ["conntrack-near-full": "critical", "conntrack-dropping": ""]),
        Condition(
            "nothing in a conntrack table a fifth full", "conntrack", "--fill 0.2",
            not: ["conntrack-near-full", "conntrack-dropping", "conntrack-timewait-longer"]),
        Condition(
            "a program near its limit of open files", "descriptors",
            finds: ["descriptors-near-limit": "critical"]),
        Condition(
            "a program at 85 % of its open files", "descriptors", "--spare 30",
            finds: ["descriptors-near-limit": "warning"]),
        Condition(
            "nothing in a program at 70 %", "descriptors", "--spare 60",
            not: ["descriptors-near-limit"]),
    ])
    func `which tables fill up`(_ condition: Condition) throws { try condition.check() }

    @Test(arguments: [
        Condition(
            "SYNs that nobody answers", "silent_peer",
            "--state SYN_SENT --count 30 --per-second 10", interval: "3s",
            finds: ["syn-retransmitting": "critical"]),
        Condition(
            "a path that loses packets", "lossy", interval: "3s",
            finds: ["retransmitting": "warning"]),
        Condition(
            "nothing on a clean path", "lossy", "--percent 0", interval: "2s",
            not: ["retransmitting", "syn-retransmitting"]),
        Condition(
            "connections that end in a reset", "resets", interval: "2s",
            finds: ["resets-high": "notice"]),
        Condition(
            "clients behind one NAT", "paws", interval: "3s", finds: ["paws-rejecting": ""]),
        Condition(
            "SYNs refused by TIME_WAIT", "paws", "--timewait", interval: "3s",
            finds: ["paws-rejecting": "warning"]),
    ])
    func `what the path does`(_ condition: Condition) throws { try condition.check() }

    @Test func `nothing wrong with a healthy busy server`() throws {
        try Scene.run("healthy") { scene in
            let audit = try scene.audit(["--interval", "2s"])
            let grave = audit.data.findings.filter {
                $0.severity == "critical" || $0.severity == "warning"
            }
            #expect(grave.isEmpty, "\(audit.summary)")
            #expect(audit.status == 0)
            #expect((audit.data.states["ESTABLISHED"] ?? 0) >= 100)
        }
    }
}
