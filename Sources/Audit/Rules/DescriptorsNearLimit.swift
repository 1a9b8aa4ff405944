import Model
import Text

/// A process with sockets of interest has nearly used up its open files.
///
/// Every socket takes a descriptor. At the soft limit (RLIMIT_NOFILE) socket() and accept() fail
/// with EMFILE, `Too many open files`. A connection that accept() could not take stays in the
/// accept queue (measured), so the listener overflows next, and a program that calls accept() again
/// at once burns a processor. The limit is per process; `fs.file-max` does not cure EMFILE, and
/// `fs.nr_open` only caps the limit (`fs/file.c:alloc_fd`).
///
/// Confirm: compare `ls /proc/PID/fd | wc -l` with `grep 'open files' /proc/PID/limits`. A warning
/// from 80 % on; critical from 95 % on, or from 40 % on if the growth of the interval fills the
/// rest within a minute. Silent about processes whose descriptors tcptune may not count (other
/// users' processes, without root), and about processes without a limit.
struct DescriptorsNearLimit: Rule {
    static let id = RuleID.descriptorsNearLimit
    static let severities: [Severity] = [.critical, .warning]
    static let needs = RuleNeeds([.processes])

    /// A fifth left: a doubled burst of a program that usually uses a third of its limit still
    /// fits.
    static let warningRatio = 0.80
    static let criticalRatio = 0.95
    /// Where growth counts: below it a burst at the start of a program looks like a leak.
    static let growingRatio = 0.4
    static let criticalSeconds = 60.0

    func findings(in situation: Situation) -> [Finding] {
        situation.now.processes
            .compactMap { finding($0, in: situation) }
            .sorted { $0.severity > $1.severity }
    }

    private func finding(_ process: ProcessInUse, in situation: Situation) -> Finding? {
        guard let open = process.openFiles, open >= 0, let limit = process.openFilesLimit, limit > 0
        else { return nil }
        let ratio = Double(open) / Double(limit)
        let seconds = secondsToFull(process, open: open, limit: limit, in: situation)
        let isCritical =
            ratio >= Self.criticalRatio
            || (ratio >= Self.growingRatio && seconds.map { $0 < Self.criticalSeconds } ?? false)
        guard ratio >= Self.warningRatio || isCritical else { return nil }
        let waiting = situation.now.listeners.first {
            $0.owner.pids.contains(process.pid) && AcceptQueue($0)?.isFull == true
        }
        let closeWait = max(0, process.states?[.closeWait] ?? 0)
        var evidence: [String: Evidence] = [
            "open_files": .count(open), "limit": .count(limit), "used_ratio": .number(ratio),
            "pid": .count(Int(process.pid)),
        ]
        evidence["seconds_to_full"] = seconds.map { .number($0) }
        if process.states != nil { evidence["close_wait"] = .count(closeWait) }
        return Finding(
            rule: id, severity: isCritical ? .critical : .warning,
            subject: "\(process.name) (\(process.pid))",
            owner: Owner(
                name: process.name, pids: [process.pid], unit: process.unit, confidence: .certain,
                reason: "its own descriptors"),
            observed: "\(open.grouped) of \(limit.grouped) open files (\(ratio.percent))"
                + (seconds.map { ", full in about \($0.duration) at this rate" } ?? "")
                + (closeWait > 0 ? "; \(closeWait.grouped) sockets in CLOSE_WAIT" : "")
                + (waiting.map {
                    "; its accept queue \($0.address.with(port: $0.port)) is full, as EMFILE "
                        + "leaves it"
                } ?? ""),
            evidence: evidence,
            cause: closeWait > open / 2
                ? "the program does not close sockets that the peer has closed"
                : "the process has more files and sockets than the limit was meant for, or never "
                    + "closes some of them",
            remedies: remedies(process, limit: limit, in: situation),
            proof:
                "fs/file.c:alloc_fd (EMFILE); measured: an accept() that fails with EMFILE leaves "
                + "the connection in the accept queue")
    }

    private func secondsToFull(
        _ process: ProcessInUse, open: Int, limit: Int, in situation: Situation
    ) -> Double? {
        guard let interval = situation.interval,
            let before = situation.earlier?.processes.first(where: {
                $0.pid == process.pid && $0.name == process.name
            })?.openFiles, before >= 0, open > before
        else { return nil }
        return Double(max(0, limit - min(limit, open))) / (Double(open - before) / interval)
    }

    private func remedies(
        _ process: ProcessInUse, limit: Int, in situation: Situation
    ) -> [Remedy] {
        let wanted = limit < Int.max / 8 ? max(65536, limit * 4) : limit
        let ceiling = situation.number("fs.nr_open")
        var remedies = [
            Remedy(
                .application,
                "see what the descriptors are, and close those that are no longer used",
                command:
                    "ls -l /proc/\(process.pid)/fd | awk '{print $NF}' | cut -d: -f1 | sort | "
                    + "uniq -c",
                effect: "shows a leak as one kind that only grows; no limit is high enough for a "
                    + "leak",
                risk: "none: it only reads", undo: "nothing to revert"),
            Remedy(
                .application,
                "raise the limit in the place that starts the program, and restart it",
                effect: "\(wanted.grouped) files instead of \(limit.grouped)",
                risk: "memory for the additional sockets",
                undo: "remove the line and restart the program",
                snippets: [
                    Snippet(
                        "systemd unit", programs: [],
                        code: "# systemctl edit UNIT\n[Service]\nLimitNOFILE=\(wanted)"),
                    Snippet("nginx", programs: ["nginx"], code: "worker_rlimit_nofile \(wanted);"),
                    Snippet(
                        "HAProxy", programs: ["haproxy"],
                        code:
                            "global\n    maxconn \(wanted / 3)   # it sets its own limit from "
                            + "this"),
                ]),
            Remedy(
                .knob,
                "raise the soft limit of the running process; prlimit refuses values above its "
                    + "hard limit",
                command: "prlimit --pid \(process.pid) --nofile=\(wanted):",
                effect:
                    "takes effect at once, until the process ends; programs that sized their "
                    + "tables at start do not notice it",
                risk: "programs that use select() break above 1024",
                undo: "prlimit --pid \(process.pid) --nofile=\(limit):"),
        ]
        if let ceiling, ceiling > 0, ceiling < Int64(wanted) {
            remedies.append(
                .writing(
                    "fs.nr_open", String(wanted), in: situation,
                    text: "raise fs.nr_open first: the kernel refuses limits above it",
                    effect:
                        "allows limits up to \(wanted.grouped) instead of \(ceiling.grouped)",
                    risk: "a process that uses them all takes a lot of kernel memory"))
        }
        return remedies
    }
}
