import Model
import Text

/// TCP runs short of memory: it drops received data, or the host waits for memory.
///
/// `tcp_mem` has three numbers in pages, for all TCP sockets of the host together. From the second
/// on the kernel enters memory pressure, shrinks windows and refuses larger buffers
/// (`TCPMemoryPressures`); at the third it drops and resets (`TCPAbortOnMemory`, log line
/// `TCP: out of memory -- consider tuning tcp_mem`; `net/core/sock.c:__sk_mem_raise_allocated`).
/// The same counter also counts too many orphans: below the first number and without pressure
/// orphans are the reason, and orphans-near-limit reports them. Apart from that, a single socket
/// can run out: `PruneCalled`, `OfoPruned`, `RcvPruned` and `TCPRcvQDrop` count data that the
/// kernel squeezed or dropped because a receive buffer was full, in rising severity; usually a
/// program reads slowly (`net/ipv4/tcp_input.c:tcp_prune_queue`).
///
/// Confirm: compare `mem` in `/proc/net/sockstat` (pages) with `sysctl net.ipv4.tcp_mem`; see
/// `/proc/pressure/memory`. tcptune reports what is one for the host once, for the host's own
/// namespace. Silent about squeezed buffers without an interval: every server that has run for long
/// has some.
struct MemoryPressure: Rule {
    static let id = RuleID.memoryPressure
    static let severities: [Severity] = [.critical, .warning, .notice]
    static let needs = RuleNeeds(
        [.counter("sockstat.TCP", "mem")], helped: [.interval, .hostNamespace])

    /// Share of tcp_mem's third number from which it is critical; the rest is gone in one burst.
    static let criticalRatio = 0.90
    /// Share of the last ten seconds in which some task waited for memory, in per cent: from a
    /// tenth on it shows in latency.
    static let stallPercent = 10.0
    private static let key = "net.ipv4.tcp_mem"

    func findings(in situation: Situation) -> [Finding] {
        var findings: [Finding] = []
        if situation.judgesHost {
            if let finding = limits(in: situation) { findings.append(finding) }
            if let finding = stall(in: situation) { findings.append(finding) }
        }
        if let finding = queues(in: situation) { findings.append(finding) }
        return findings.sorted { $0.severity > $1.severity }
    }

    /// TCP's pages against the three numbers of tcp_mem, and the times it entered pressure.
    private func limits(in situation: Situation) -> Finding? {
        let pressures = situation.reading("TcpExt", "TCPMemoryPressures")
        let pages = situation.counter("sockstat.TCP", "mem").flatMap { $0 >= 0 ? $0 : nil }
        let levels = situation.numbers(Self.key).flatMap {
            $0.count == 3 && $0[1] > 0 && $0[2] > 0 ? $0 : nil
        }
        let aborts = AbortsOnMemory(in: situation).flatMap { $0.areOfOrphans ? nil : $0.reading }
        var severity: Severity?
        if let pages, let levels {
            if Double(pages) >= Self.criticalRatio * Double(levels[2]) {
                severity = .critical
            } else if pages >= levels[1] {
                severity = .warning
            }
        }
        if aborts?.grows == true { severity = .critical }
        if pressures?.grows == true { severity = severity ?? .warning }
        let isOld = [pressures, aborts].contains {
            $0.map { $0.growth == nil && $0.total > 0 } ?? false
        }
        if isOld { severity = severity ?? .notice }
        guard let severity else { return nil }
        var parts: [String] = []
        var evidence: [String: Evidence] = [:]
        if let pages {
            evidence[evidenceName("used", in: situation)] = .count(
                Int(clamping: count(pages, in: situation)))
            if let levels {
                parts.append(
                    "TCP uses \(text(pages, in: situation)); pressure from "
                        + "\(text(levels[1], in: situation)), limit "
                        + "\(text(levels[2], in: situation))")
                evidence[evidenceName("pressure", in: situation)] = .count(
                    Int(clamping: count(levels[1], in: situation)))
                evidence[evidenceName("limit", in: situation)] = .count(
                    Int(clamping: count(levels[2], in: situation)))
                evidence["used_ratio"] = .number(Double(pages) / Double(levels[2]))
            } else {
                parts.append("TCP uses \(text(pages, in: situation))")
            }
        }
        for (name, text, reading) in [
            ("pressures", "times in pressure", pressures),
            ("aborts", "connections reset for lack of memory", aborts),
        ] {
            guard let reading else { continue }
            evidence[name] = .count(Int(clamping: reading.total))
            evidence["\(name)_per_second"] = reading.perSecond.map { .number($0) }
            if reading.growth.map({ $0 > 0 }) ?? (reading.total > 0) {
                parts.append(
                    "\(text): \(reading.growthText ?? situation.sinceStart(reading.total))")
            }
        }
        return Finding(
            rule: id, severity: severity, subject: Self.key,
            observed: parts.joined(separator: " · "), evidence: evidence,
            cause:
                "the buffers of all TCP sockets together are near the limit: many connections, "
                + "large buffers, or programs that do not read what has arrived",
            remedies: limitRemedies(levels, in: situation),
            proof:
                "net/ipv4/tcp.c:tcp_enter_memory_pressure, "
                + "net/core/sock.c:__sk_mem_raise_allocated; tcp_mem counts pages for all "
                + "namespaces together")
    }

    private func limitRemedies(_ levels: [Int64]?, in situation: Situation) -> [Remedy] {
        var remedies = [
            Remedy(
                .application,
                "find the sockets that use it: Recv-Q is data that the program has not read, "
                    + "Send-Q data that the peer has not taken",
                command: "ss -tmn | grep -A1 ESTAB | head -40",
                effect: "a program that reads, or a limit on connections, frees the memory",
                risk: "none: it only reads", undo: "nothing to revert")
        ]
        if let levels, levels.allSatisfy({ 0...(.max / 2) ~= $0 }) {
            let more =
                situation.host.memory["MemAvailable"].map { " of \($0.bytes) available" } ?? ""
            remedies.append(
                .writing(
                    Self.key, levels.map { String($0 * 2) }.joined(separator: " "), in: situation,
                    text: "double the limits",
                    effect: "pressure from \(text(levels[1] * 2, in: situation)), limit "
                        + "\(text(levels[2] * 2, in: situation))\(more)",
                    risk:
                        "kernel memory cannot be swapped: what TCP takes, programs and the page "
                        + "cache lose"
                ))
        }
        return remedies
    }

    /// Data squeezed or thrown away for want of room in single sockets.
    private func queues(in situation: Situation) -> Finding? {
        let readings = [
            ("TCPRcvQDrop", "segments dropped"), ("RcvPruned", "receive queues dropped"),
            ("OfoPruned", "out-of-order queues dropped"), ("PruneCalled", "queues squeezed"),
        ].compactMap { name, text in
            situation.reading("TcpExt", name).map { (name: name, text: text, reading: $0) }
        }.filter(\.reading.grows)
        guard !readings.isEmpty else { return nil }
        let loses = readings.contains { $0.name != "PruneCalled" }
        var evidence: [String: Evidence] = [:]
        for (name, _, reading) in readings {
            evidence["\(name)_per_second"] = reading.perSecond.map { .number($0) }
        }
        return Finding(
            rule: id, severity: loses ? .warning : .notice, subject: "receive buffers",
            observed: readings.map { "\($0.text): \($0.reading.growthText ?? "")" }.joined(
                separator: " · "),
            evidence: evidence,
            cause:
                "the receive buffers of some sockets are full: a program reads more slowly than "
                + "its peer sends, or the buffer limit is too small for the path",
            remedies: [
                Remedy(
                    .application,
                    "find the sockets with a large Recv-Q and see why their program does not read",
                    command: "ss -tnp state established | sort -rn | head",
                    effect: "the kernel no longer drops data that the peer must send again",
                    risk: "none: it only reads",
                    undo: "nothing to revert")
            ] + bufferRemedy(in: situation),
            proof: "net/ipv4/tcp_input.c:tcp_prune_queue, tcp_data_queue")
    }

    private func bufferRemedy(in situation: Situation) -> [Remedy] {
        let key = "net.ipv4.tcp_rmem"
        guard let sizes = situation.numbers(key), sizes.count == 3, sizes.allSatisfy({ $0 > 0 }),
            sizes[2] <= Int64(Int32.max) / 2
        else { return [] }
        return [
            .writing(
                key, "\(sizes[0]) \(sizes[1]) \(sizes[2] * 2)", in: situation,
                text: "allow larger receive buffers",
                effect:
                    "up to \((sizes[2] * 2).bytes) per socket instead of \(sizes[2].bytes), if the "
                    + "program did not set SO_RCVBUF",
                risk:
                    "a slow reader may then use that much; rmem_max limits programs that set "
                    + "SO_RCVBUF"
            )
        ]
    }

    /// The host as a whole waits for memory.
    private func stall(in situation: Situation) -> Finding? {
        guard let share = situation.host.pressure["memory"], share.isFinite,
            share >= Self.stallPercent
        else { return nil }
        let ratio = min(share, 100) / 100
        return Finding(
            rule: id, severity: .notice, subject: "memory of the host",
            observed: "tasks waited for memory \(ratio.percent) of the last 10 s"
                + (situation.host.memory["MemAvailable"].map { ", \($0.bytes) available" } ?? ""),
            evidence: ["stalled_ratio": .number(ratio)],
            cause: "the host reclaims memory; meanwhile programs accept and answer late",
            remedies: [
                Remedy(
                    .application, "find the process that takes the memory, or give the host more",
                    command: "ps -eo rss,pid,comm --sort=-rss | head",
                    effect: "programs run and accept connections without waiting for memory",
                    risk: "none: it only reads", undo: "nothing to revert")
            ],
            proof: "/proc/pressure/memory, `some avg10` (kernel/sched/psi.c)")
    }

    /// In bytes, or in pages if their size is unknown, as in a captured tree.
    private func text(_ pages: Int64, in situation: Situation) -> String {
        let count = count(pages, in: situation)
        guard situation.host.pageSize == nil else { return count.bytes }
        return count == 1 ? "1 page" : "\(count.grouped) pages"
    }

    private func count(_ pages: Int64, in situation: Situation) -> Int64 {
        let size = Int64(max(1, situation.host.pageSize ?? 1))
        let (count, overflow) = pages.multipliedReportingOverflow(by: size)
        return overflow ? .max : count
    }

    private func evidenceName(_ name: String, in situation: Situation) -> String {
        name + (situation.host.pageSize == nil ? "_pages" : "_bytes")
    }
}
