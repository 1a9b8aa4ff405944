import Audit
import Model

extension Scene {
    static let exhausting = Finding(
        rule: .portsExhausting, severity: .critical, subject: "10.0.0.5 → 10.0.0.9:5432",
        owner: Owner(
            name: "php-fpm", pids: [811], confidence: .likely,
            reason: "31 live sockets to the same destination"),
        observed:
            "27 911 of 28 232 ports used (98.9 %), 27 880 of them TIME_WAIT; closing 462/s over the last 60 s; full in ~1 s",
        evidence: [
            "used": 27_911, "usable": 28_232, "used_ratio": .number(0.988_63),
            "closing_per_second": .number(462.25), "confidence": "likely",
        ],
        cause:
            "every request opens its own connection and this side closes first; a port is held 60 s",
        remedies: [
            Remedy(
                .application, "Pool connections in php-fpm.",
                effect: "removes 99 % of the openings",
                risk: "a pooled connection keeps its session's settings",
                undo: "take the pool out of the configuration",
                snippets: [
                    Snippet(
                        "PHP PDO", programs: ["php-fpm"],
                        code:
                            "new PDO($dsn, $user, $password,\n    [PDO::ATTR_PERSISTENT => true]);")
                ]),
            Remedy(
                .knob,
                "Let connect() take ports in TIME_WAIT again after a second (net.ipv4.tcp_tw_reuse 2 → 1).",
                command: "tcptune apply outbound-reuse",
                effect: "raises the limit from 470/s to 28 232/s",
                risk: "relies on timestamps on both ends; middleboxes that rewrite them break it",
                undo: "tcptune rollback --last"),
            Remedy(
                .lastResort, "Give the program a second source address",
                effect: "+470/s for each 28 232 ports",
                risk: "firewall rules that name the address",
                undo: "take the address away"),
        ], proof: "net/ipv4/inet_hashtables.c:__inet_hash_connect; TIME_WAIT is 60 s, compiled in")

    static let overflowing = Finding(
        rule: .queueOverflowing, severity: .warning, subject: "0.0.0.0:443",
        owner: Owner(
            name: "nginx", pids: [640], confidence: .certain,
            reason: "it holds the listening socket"),
        observed: "accept queue 512/511 · 51 overflows/s · SYN_RECV 61",
        evidence: ["queue": 512, "backlog": 511, "overflows_per_second": .number(51)],
        cause:
            "nginx accepts more slowly than connections arrive; its backlog is the default of 511",
        remedies: [
            Remedy(
                .application, "raise the backlog of the listen directive",
                command: "listen 443 ssl backlog=4096;", effect: "takes bursts of 4096",
                risk: "a longer queue is a longer wait", undo: "take backlog= away")
        ], proof: "net/ipv4/tcp_ipv4.c:tcp_v4_syn_recv_sock counts ListenOverflows")

    static let myth = Finding(
        rule: .finTimeoutTrap, severity: .myth, subject: "/etc/sysctl.d/90-tuning.conf:4",
        observed:
            "net.ipv4.tcp_fin_timeout = 30 does not shorten TIME_WAIT (compiled in: 60 s); it halves how long FIN_WAIT2 orphans stay (now 3 of them)",
        evidence: ["value": 30, "fin_wait2": 3], cause: "the name suggests it",
        remedies: [], proof: "include/net/tcp.h:TCP_TIMEWAIT_LEN")
}
