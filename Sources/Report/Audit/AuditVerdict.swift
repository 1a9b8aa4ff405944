import Audit
import Model
import Text

/// What an audit comes to: a sentence, and the numbers that matter.
struct AuditVerdict {
    let assessments: [Assessment]

    private var findings: [Finding] { assessments.flatMap(\.findings) }

    var severity: Severity? { findings.map(\.severity).max() }

    var sentence: String {
        let worst = findings.filter { $0.severity == severity }
        guard let severity, let first = worst.first else {
            return ([health] + [notChecked].compactMap { $0 } + [limits])
                .joined(separator: " ")
        }
        let count = worst.count
        switch severity {
        case .critical:
            let more = count > 1 ? "; \((count - 1).counted("more critical finding"))" : ""
            return Self.news(first) + more + "."
        case .warning:
            let more = count > 1 ? "; \((count - 1).counted("more warning"))" : ""
            return Self.news(first) + more + "."
        case .notice:
            let myths = findings.count { $0.severity == .myth }
            return "No connection is known to fail: \(count.counted("notice"))"
                + (myths > 0
                    ? " and \(myths.counted("setting")) that \(myths == 1 ? "does" : "do") not do what "
                        + "\(myths == 1 ? "it seems" : "they seem") to." : ".")
        case .myth:
            return count == 1
                ? "No problems found, but one setting does not do what it seems to."
                : "No problems found, but \(count.grouped) settings do not do what they seem to."
        }
    }

    /// What was read, and that it is well.
    ///
    /// `No problems found in 2 011 sockets, 14 listeners and 231 settings.`
    var health: String {
        let snapshots = assessments.map(\.situation.now)
        let sockets = snapshots.reduce(0) { $0 + $1.states.total }
        let isRead = snapshots.contains { $0.source != .none }
        let listeners = snapshots.reduce(0) { $0 + $1.listeners.count }
        let settings = snapshots.reduce(0) { sum, one in
            // Those that rules look at; others may have been read, for tools.
            sum
                + one.settings.count { setting in
                    setting.value != nil
                        && (Situation.settingsJudged.contains(setting.key) || setting.boot != nil)
                }
        }
        let counters = snapshots.reduce(0) {
            $0 + $1.counters.groups.values.reduce(0) { $0 + $1.count }
        }
        let read = [
            sockets > 0 ? Self.count(sockets, "socket") : nil,
            listeners > 0 ? Self.count(listeners, "listener") : nil,
            settings > 0 ? Self.count(settings, "setting") : nil,
            counters > 0 ? Self.count(counters, "counter") : nil,
        ].compactMap { $0 }
        let space = assessments.count == 1 ? "this namespace" : "these namespaces"
        let none = !isRead ? "tcptune did not read sockets. " : "No TCP socket in \(space). "
        let found = "No problems found" + (read.isEmpty ? "." : " in \(Self.list(read)).")
        return (sockets > 0 ? "" : none) + found
    }

    /// What no audit looks at, and this one did not.
    var limits: String {
        Coverage.limits(
            besides: assessments.count == 1 ? ["other network namespaces (--netns all)"] : [])
    }

    /// What a verdict without findings leaves out: the one place where it is said.
    var notChecked: String? { Coverage.summary(of: assessments.map(\.situation)) }

    private static func count(_ count: Int, _ noun: String) -> String {
        "\(count.grouped) \(noun)" + (count == 1 ? "" : "s")
    }

    /// `a`, `a and b`, `a, b and c`.
    private static func list(_ parts: [String]) -> String {
        guard parts.count > 1, let last = parts.last else { return parts.joined() }
        return parts.dropLast().joined(separator: ", ") + " and " + last
    }

    var keys: [KeyFigure] {
        [deadline, fullestTuple ?? freePorts, fullestQueue, closing, sockets, listeners]
            .compactMap { $0 }.prefix(3).map { $0 }
    }

    /// `1 critical · 2 warnings`.
    var counts: Phrase {
        let words = Severity.allCases.compactMap { severity -> Phrase? in
            let count = findings.count { $0.severity == severity }
            guard count > 0 else { return nil }
            let plural = count > 1 && severity != .critical ? "s" : ""
            return .severity(severity, "\(count.grouped) \(severity.rawValue)\(plural)")
        }
        return words.isEmpty ? .good("no problems found") : words.joined(by: " · ")
    }

    /// How long until ports run out; nil where no destination's do within a day at its present rate.
    private var deadline: KeyFigure? {
        let ends = assessments.lazy.flatMap(\.situation.tuples).compactMap { tuple in
            tuple.secondsToExhaustion.map { (tuple: tuple, seconds: $0) }
        }
        guard let first = ends.min(by: { $0.seconds < $1.seconds }), first.seconds < 86_400,
            first.tuple.blocked < first.tuple.usable
        else { return nil }
        let tuple = first.tuple.tuple
        return KeyFigure(
            first.seconds.duration,
            "until the ports to \(tuple.destination.with(port: tuple.port)) run out, at this rate",
            severity: first.seconds < 60 ? .critical : .warning)
    }

    private var fullestTuple: KeyFigure? {
        let all = assessments.lazy.flatMap(\.situation.tuples)
        guard let tuple = all.max(by: { $0.blockedRatio < $1.blockedRatio }), tuple.used > 0 else {
            return nil
        }
        return KeyFigure(
            tuple.blockedRatio.percent,
            "of the ports to \(tuple.tuple.destination.with(port: tuple.tuple.port)) in use: "
                + "\(tuple.blocked.grouped) of \(tuple.usable.grouped)",
            severity: TupleText.severity(tuple))
    }

    /// Shown only where a queue is at least half full.
    private var fullestQueue: KeyFigure? {
        let listeners = assessments.flatMap(\.situation.now.listeners)
        let queues = listeners.compactMap { AcceptQueue($0) }
        guard let fullest = queues.max(by: { $0.fill < $1.fill }), fullest.fill >= 0.5 else {
            return nil
        }
        let listener = fullest.listener
        return KeyFigure(
            "\(listener.queue.grouped)/\(fullest.backlog.grouped)",
            "accept queue of \(listener.address.with(port: listener.port))",
            severity: fullest.isFull ? .critical : .warning)
    }

    /// Of all sockets: those of listeners leave TIME_WAIT here as well.
    private var closing: KeyFigure? {
        let rates = assessments.compactMap(\.situation.closingRate)
        guard let longest = rates.map(\.seconds).max() else { return nil }
        let sum = rates.reduce(0) { $0 + $1.perSecond }
        let isLowerBound = rates.contains { $0.isLowerBound }
        return KeyFigure(
            (isLowerBound ? "≥ " : "") + sum.figure + "/s",
            "connections closed by this host" + (isLowerBound ? " at least" : "")
                + ", last \(longest.grouped) s")
    }

    private var sockets: KeyFigure? {
        guard assessments.contains(where: { $0.situation.now.source != .none }) else { return nil }
        let states = assessments.reduce(StateCounts()) { $0 + $1.situation.now.states }
        let share = Double(states[.timeWait]) / Double(max(states.total, 1))
        return KeyFigure(
            states.total.grouped,
            states.total == 1
                ? "socket"
                : "sockets" + (states.total > 0 ? ", \(share.percent) of them in TIME_WAIT" : ""))
    }

    /// What there is to hold, where nothing is held.
    private var freePorts: KeyFigure? {
        guard let first = assessments.first?.situation, first.now.source != .none else {
            return nil
        }
        return KeyFigure(
            first.budget.usable.grouped, "local ports free for each destination, none in use")
    }

    private var listeners: KeyFigure? {
        let all = assessments.flatMap(\.situation.now.listeners)
        let waiting = all.reduce(0) { $0 + $1.queue }
        return all.isEmpty
            ? nil
            : KeyFigure(
                all.count.grouped,
                (all.count == 1 ? "listener, " : "listeners, ")
                    + (waiting == 0 ? "no connection" : waiting.counted("connection"))
                    + " waiting to be accepted"
            )
    }

    /// On what, and what is wrong with it: the first clause of what was observed.
    private static func news(_ finding: Finding) -> String {
        var clause = finding.observed
        for end in ["; ", " · "] {
            if let place = clause.firstRange(of: end) {
                clause = String(clause[..<place.lowerBound])
            }
        }
        if clause.last == "." { clause.removeLast() }
        return clause.isEmpty ? finding.subject : "\(finding.subject): \(clause)"
    }
}
