import Catalogue
import Model
import Text

/// Values of one setting that harm connections, and what they do.
struct HarmfulSetting: Sendable {
    /// What a value does.
    struct Harm: Sendable {
        var severity: Severity
        /// The news, with figures.
        var text: String
        /// Why it is so, and what people probably set it for.
        var cause: String
        /// What the default brings.
        var relief: String
        var risk = "none known: it is the kernel's default"

        init(
            _ severity: Severity, _ text: String, cause: String, relief: String,
            risk: String? = nil
        ) {
            (self.severity, self.text, self.cause, self.relief) = (severity, text, cause, relief)
            if let risk { self.risk = risk }
        }
    }

    let key: String
    /// Kernel functions, or the measurement.
    let proof: String
    /// One value for the whole host.
    var isHostWide = false
    /// The harm that those numbers do; nil for harmless ones.
    let harm: @Sendable (_ numbers: [Int64], _ situation: Situation) -> Harm?

    /// The default of this kernel release; nil if the kernel computes it.
    func standard(_ situation: Situation) -> String? {
        guard let knob = Knob.named(key) else { return nil }
        if case .fixed(let numbers) = knob.initial {
            return numbers.map(String.init).joined(separator: " ")
        }
        return situation.kernel.flatMap { knob.initialValue(on: $0) }
            .map { $0.map(String.init).joined(separator: " ") }
    }

    static let all = options + patience + queues + memory

    /// One harm for one value of a setting with one number.
    private static func when(
        _ key: String, is value: Int64, _ harm: Harm, proof: String
    ) -> HarmfulSetting {
        HarmfulSetting(key: key, proof: proof) { numbers, _ in numbers == [value] ? harm : nil }
    }

    // MARK: options of the handshake

    private static let options: [HarmfulSetting] = [
        when(
            "net.ipv4.tcp_notsent_lowat", is: 0,
            Harm(
                .critical,
                "no socket ever has room for data to send: a non-blocking connect() never becomes "
                    + "writable, and send() waits for ever",
                cause:
                    "with 0, no bytes may wait unsent; people take it for \"no limit\", but that "
                    + "is 4294967295, the default",
                relief: "sockets are writable while their send buffer has room"),
            proof: "include/net/tcp.h:tcp_notsent_lowat; net/ipv4/tcp.c:tcp_stream_memory_free"),
        HarmfulSetting(
            key: "net.ipv4.ip_default_ttl",
            proof: "net/ipv4/ip_output.c:ip_select_ttl; net/ipv4/ip_forward.c:ip_forward"
        ) { numbers, _ in
            guard let hops = numbers.first, 1..<32 ~= hops else { return nil }
            return Harm(
                hops < 8 ? .critical : .warning,
                "router \(hops) on the path drops what this host sends over IPv4; peers beyond it "
                    + "cannot be reached (EHOSTUNREACH, or no answer)",
                cause: "people lower it to keep packets near, or to look like another system",
                relief: "packets can cross 63 routers")
        },
        when(
            "net.ipv4.tcp_sack", is: 0,
            Harm(
                .warning,
                "no connection of this host uses SACK, so after a loss the sender repeats data "
                    + "that had arrived, and finds only one lost segment per round trip",
                cause:
                    "people switch it off because of the flaws of 2019 (CVE-2019-11477), which "
                    + "kernels since 5.2 and all stable ones do not have, or because of an old "
                    + "guide",
                relief: "new connections repeat only what was lost (RFC 2018)"),
            proof: "net/ipv4/tcp_output.c:tcp_syn_options, tcp_input.c:tcp_sacktag_write_queue"),
        when(
            "net.ipv4.tcp_window_scaling", is: 0,
            Harm(
                .warning,
                "no connection gets a window above 64 KiB: at most 5.2 Mbit/s at a round trip of "
                    + "100 ms, 26 Mbit/s at 20 ms",
                cause: "the window field goes up to 65 535; RFC 7323 scales it, unless this is 0",
                relief: "new connections get windows as large as their buffers"),
            proof: "net/ipv4/tcp_output.c:tcp_select_initial_window; 65 535 bytes · 8 / round trip"),
        HarmfulSetting(
            key: "net.ipv4.tcp_timestamps",
            proof: "net/ipv4/tcp_output.c:tcp_syn_options, tcp_ipv4.c:tcp_twsk_unique, "
                + "syncookies.c:cookie_timestamp_decode"
        ) { numbers, situation in
            guard numbers == [0] else { return nil }
            let reuse = situation.number("net.ipv4.tcp_tw_reuse") == 1
            return Harm(
                reuse ? .warning : .notice,
                (reuse ? "tcp_tw_reuse = 1 does nothing without them; " : "")
                    + "connections have no protection against old segments (PAWS), and those made "
                    + "with a SYN cookie have neither SACK nor window scaling",
                cause: "people switch it off for speed, or to hide the uptime, which random "
                    + "offsets do since Linux 4.10",
                relief: "new connections use timestamps if the peer does",
                risk: "12 bytes in each segment")
        },
        when(
            "net.ipv4.tcp_moderate_rcvbuf", is: 0,
            Harm(
                .warning,
                "receive buffers do not grow: a connection gets tcp_rmem's middle value, and at most "
                    + "that much per round trip",
                cause:
                    "autotuning is off: net/ipv4/tcp_input.c:tcp_rcv_space_adjust returns at once",
                relief: "buffers grow up to tcp_rmem's last value if a connection needs it"),
            proof: "net/ipv4/tcp_input.c:tcp_rcv_space_adjust"),
    ]

    // MARK: how long the kernel tries

    /// Outages of a few seconds are ordinary: a route that changes, a link that comes back.
    private static let leastKeepalive = 10.0

    private static let patience: [HarmfulSetting] = [
        HarmfulSetting(
            key: "net.ipv4.tcp_keepalive_time",
            proof:
                "net/ipv4/tcp_timer.c:tcp_keepalive_timer: ETIMEDOUT once tcp_keepalive_probes probes, "
                + "tcp_keepalive_intvl apart, got no answer after tcp_keepalive_time"
        ) { numbers, situation in
            guard let time = numbers.first, time > 0,
                let interval = situation.number("net.ipv4.tcp_keepalive_intvl"), interval > 0,
                let probes = situation.number("net.ipv4.tcp_keepalive_probes"), probes > 0
            else { return nil }
            let seconds = Double(time) + Double(interval) * Double(probes)
            guard seconds < leastKeepalive else { return nil }
            return Harm(
                .warning,
                "an idle connection with SO_KEEPALIVE ends \(seconds.duration) after the last "
                    + "answer of its peer (ETIMEDOUT): "
                    + "\(probes == 1 ? "one lost answer ends" : "\(probes) lost answers end") a "
                    + "healthy one; tcp_keepalive_intvl = \(interval), tcp_keepalive_probes = "
                    + "\(probes)",
                cause:
                    "people lower it to notice dead peers soon, but it affects every program that "
                    + "asks for keepalive",
                relief:
                    "connections survive short outages and lost probes; the default gives up after "
                    + "2 h 11 min",
                risk:
                    "programs notice a dead peer later: a program that must know sooner sets "
                    + "TCP_KEEPIDLE and TCP_USER_TIMEOUT")
        },
        HarmfulSetting(
            key: "net.ipv4.tcp_retries2",
            proof: "net/ipv4/tcp_timer.c:retransmits_timed_out, tcp_model_timeout: (2^(n+1) − 1) · "
                + "200 ms; measured 4.5 s for 3 and 38.8 s for 6"
        ) { numbers, _ in
            guard let count = numbers.first, 0..<8 ~= count else { return nil }
            let seconds = Double((2 << count) - 1) * 0.2
            return Harm(
                count < 5 ? .warning : .notice,
                "an outage of about \(seconds.duration) ends connections with unacknowledged data "
                    + "(ETIMEDOUT); RFC 1122 asks for 100 s at least, which is 8",
                cause: "people take it for a number of repetitions; it stands for the time that "
                    + "this many doublings of 200 ms take",
                relief: "connections survive outages of 100 s (8) or 15 min (15, the default)",
                risk: "programs notice a dead peer later: a program that must know sooner sets "
                    + "TCP_USER_TIMEOUT")
        },
        HarmfulSetting(
            key: "net.ipv4.tcp_synack_retries",
            proof:
                "net/ipv4/inet_connection_sock.c:reqsk_timer_handler: 2^(n+1) − 1 s; measured 2: "
                + "SYN-ACK at 0, 1 and 3 s"
        ) { numbers, _ in
            guard let count = numbers.first, 0...1 ~= count else { return nil }
            return Harm(
                count == 0 ? .warning : .notice,
                count == 0
                    ? "the kernel forgets a client whose SYN-ACK is lost after 1 s; the client "
                        + "must start again"
                    : "a client has 3 s for the handshake; a slow or lossy path fails",
                cause: "people lower it against SYN floods, but SYN cookies answer those without "
                    + "it",
                relief: "the kernel keeps a half-open connection for 63 s, and for less time when "
                    + "the queue is half full")
        },
        HarmfulSetting(
            key: "net.ipv4.tcp_syn_retries",
            proof: "net/ipv4/tcp_timer.c:tcp_write_timeout; measured 1: ETIMEDOUT after 3.0 s, "
                + "2: 7.2 s, 6: 131 to 136 s"
        ) { numbers, _ in
            guard let count = numbers.first, 0...1 ~= count else { return nil }
            return Harm(
                .warning,
                "connect() fails with ETIMEDOUT after 3 s if two SYNs in a row are lost",
                cause: "people lower it to fail fast, but it affects every program of the host; a "
                    + "program that wants this can set its own timeout",
                relief: "connect() tries for about 2 min",
                risk: "programs without their own timeout wait longer for dead hosts")
        },
        HarmfulSetting(
            key: "net.ipv4.tcp_orphan_retries",
            proof: "net/ipv4/tcp_timer.c:tcp_orphan_retries; measured 1: 2.2 s, 2: 5.1 s, 4: 9.8 s"
        ) { numbers, _ in
            guard numbers == [1] else { return nil }
            return Harm(
                .notice,
                "the kernel gives up data that waits when a program closes about 2.2 s after the "
                    + "peer stops answering",
                cause: "people lower it to get rid of FIN_WAIT1 and LAST_ACK",
                relief: "the end of a response survives short outages: 0 acts as 8",
                risk: "the kernel keeps closed connections to dead peers for minutes")
        },
    ]

    // MARK: queues

    private static let queues: [HarmfulSetting] = [
        when(
            "net.ipv4.tcp_abort_on_overflow", is: 1,
            Harm(
                .notice,
                "the kernel resets a client that meets a full accept queue instead of letting it "
                    + "try again: a short burst becomes connection errors",
                cause: "people set it to fail fast, but the kernel silently drops SYNs either way",
                relief: "clients try again, and connect when the burst is over"),
            proof: "net/ipv4/tcp_minisocks.c:tcp_check_req; measured"),
        HarmfulSetting(
            key: "net.ipv4.tcp_syncookies", proof: "net/ipv4/tcp_input.c:tcp_syn_flood_action"
        ) { numbers, situation in
            switch numbers {
            case [2]:
                return Harm(
                    .notice,
                    "every connection is made with a cookie, even without a flood: it has no Fast "
                        + "Open, the kernel does not repeat its SYN-ACK, and without the client's "
                        + "timestamps it has neither SACK nor window scaling",
                    cause: "2 is for tests; 1 sends cookies only when the queue is full",
                    relief: "the kernel sends cookies only when more connections than the backlog "
                        + "are half open")
            // What is set now is syncookies-off's.
            case [0] where situation.number("net.ipv4.tcp_syncookies") != 0:
                return Harm(
                    .warning, "a SYN flood then locks clients out",
                    cause: "without cookies the kernel drops SYNs when the queue is full",
                    relief: "clients can connect during a flood")
            default: return nil
            }
        },
        HarmfulSetting(
            key: "net.core.somaxconn",
            proof: "net/socket.c:__sys_listen; the default is 4096 since Linux 5.4"
        ) { numbers, situation in
            guard let limit = numbers.first, 0...128 ~= limit,
                situation.kernel.map({ $0 >= KernelRelease(5, 4) }) ?? false
            else { return nil }
            return Harm(
                limit < 16 ? .warning : .notice,
                "no accept queue of this network namespace takes more than \(limit + 1) "
                    + "connections, whatever the program asks for",
                cause: "this is the default of kernels before 5.4, or lower",
                relief:
                    "listeners get the backlog they ask for, up to 4096, at their next listen()",
                risk: "only memory")
        },
        HarmfulSetting(
            key: "net.core.netdev_max_backlog", proof: "net/core/dev.c:enqueue_to_backlog",
            isHostWide: true
        ) { numbers, _ in
            guard let limit = numbers.first, 0..<100 ~= limit else { return nil }
            return Harm(
                .warning,
                "the kernel drops packets of a burst of more than \(limit) on loopback, veth or "
                    + "RPS",
                cause: "the queue of each processor is shorter than one batch of a network card",
                relief: "1000 packets can wait per processor")
        },
    ]

    // MARK: memory

    private static let memory: [HarmfulSetting] = [
        buffers("net.ipv4.tcp_rmem", "receive", smallestMost: 87380),
        buffers("net.ipv4.tcp_wmem", "send", smallestMost: 65536),
        HarmfulSetting(
            key: "net.ipv4.tcp_mem",
            proof: "net/ipv4/tcp.c:tcp_init_mem, net/core/sock.c:__sk_mem_raise_allocated",
            isHostWide: true
        ) { numbers, situation in pages(numbers, of: situation.host) },
        HarmfulSetting(
            key: "net.netfilter.nf_conntrack_tcp_timeout_established",
            proof: "net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"
        ) { numbers, situation in
            guard let seconds = numbers.first, 0...60 ~= seconds,
                situation.counter("nf_conntrack", "count") != nil
            else { return nil }
            return Harm(
                .warning,
                "connection tracking forgets a connection that is idle for \(seconds) s: later "
                    + "segments belong to no connection, so NAT and stateful filters drop them, "
                    + "and the connection hangs",
                cause: "people lower it to keep the table small; RFC 5382 asks a NAT for 2 h 4 min",
                relief: "idle connections through this host continue",
                risk: "entries stay longer: watch the table (conntrack-near-full)")
        },
        HarmfulSetting(
            key: "net.ipv4.tcp_max_orphans", proof: "net/ipv4/tcp.c:tcp_check_oom",
            isHostWide: true
        ) { numbers, _ in
            guard let limit = numbers.first, 0..<1024 ~= limit else { return nil }
            return Harm(
                .warning,
                "if more than \(limit) closed connections still have data or a FIN to deliver, "
                    + "close() resets the next one: the end of its response is lost",
                cause: "people lower it to get rid of orphans; the kernel's default is one for "
                    + "each 256 KiB of memory",
                relief: "closed connections deliver their data", risk: "up to 64 KiB of memory each"
            )
        },
    ]

    /// Sizes that no kernel chooses: its default is never below that.
    private static func buffers(
        _ key: String, _ side: String, smallestMost: Int64
    ) -> HarmfulSetting {
        HarmfulSetting(
            key: key,
            proof: "net/ipv4/tcp.c:tcp_init, tcp_input.c:tcp_rcv_space_adjust, tcp_sndbuf_expand; "
                + "the kernel does not check the order (measured)"
        ) { numbers, _ in
            guard numbers.count == 3 else { return nil }
            let (first, most) = (numbers[1], numbers[2])
            let cause =
                "people lower it to save memory, which idle connections do not take, or write one "
                + "number for all three"
            let relief = "buffers grow with the path"
            let risk = "memory under load, which tcp_mem limits"
            if most < smallestMost {
                let rate = Double(most) * 8 / 0.1 / 1_000_000
                return Harm(
                    .warning,
                    "no \(side) buffer grows above \(most.bytes): at most \(rate.figure) Mbit/s at a "
                        + "round trip of 100 ms, on every connection",
                    cause: cause, relief: relief, risk: risk)
            }
            if first < 8192 {
                return Harm(
                    .warning,
                    "every connection starts with a \(side) buffer of \(first.bytes)", cause: cause,
                    relief: relief, risk: risk)
            }
            guard first > most else { return nil }
            return Harm(
                .notice,
                "the initial size, \(first.bytes), is above the maximum, \(most.bytes): \(side) "
                    + "buffers do not grow",
                cause: cause, relief: relief, risk: risk)
        }
    }

    /// The limit of all TCP memory against the memory there is.
    private static func pages(_ numbers: [Int64], of host: Host) -> Harm? {
        guard numbers.count == 3 else { return nil }
        let most = numbers[2]
        let cause = "tcp_mem is in pages, not bytes, and for the whole host"
        let relief = "the kernel limits TCP to about a tenth of memory"
        let risk = "TCP gets less or more memory than now"
        if numbers[0] > numbers[1] || numbers[1] > most {
            return Harm(
                .warning,
                "the three numbers are not in order (low, pressure, limit), so the kernel refuses "
                    + "memory before buffers shrink",
                cause: "the kernel does not check the order", relief: relief, risk: risk)
        }
        guard let page = host.pageSize, page > 0, let memory = host.memory["MemTotal"], memory > 0
        else { return nil }
        let (limit, overflow) = most.multipliedReportingOverflow(by: Int64(page))
        if overflow || limit > memory {
            return Harm(
                .warning,
                "TCP may take \(overflow ? "any amount of memory" : limit.bytes) on a host with "
                    + "\(memory.bytes): memory runs out before the limit takes effect",
                cause: cause, relief: relief, risk: risk)
        }
        // The kernel's default is 9 % of memory.
        guard limit < memory / 100 else { return nil }
        return Harm(
            .warning,
            "all TCP connections together get \(limit.bytes) of \(memory.bytes): beyond that the "
                + "kernel drops data and resets connections (TCPAbortOnMemory)",
            cause: cause, relief: relief, risk: risk)
    }
}
