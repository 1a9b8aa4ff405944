import Kernel
import Model
import Report
import Text
import Tuning

/// What `tcptune apply` is to do.
struct ApplyRequest {
    var profile: String
    var mode: Mode
    var options: ApplyOptions
    var netns: String?
    var showing: ShowingRequest

    enum Mode {
        /// Shows the plan and writes nothing.
        case dryRun
        /// Applies and confirms.
        case atOnce
        /// Applies, and leaves the rest to `tcptune confirm`.
        case unattended
        /// Asks before, and asks after.
        case asking
    }

    func run() throws {
        let output = try showing.claim()
        let profile = profile
        let source = try Workbench.inside(nil) { () throws(Refusal) in
            try PlanSource(named: profile)
        }
        if mode == .dryRun { return try show(source, output) }
        guard Caller.isRoot else { throw CommandFailure.needsRoot("apply \(profile)") }
        guard mode != .asking || Question.canAsk else {
            throw CommandFailure(
                status: .usage,
                message:
                    "not a terminal, so tcptune cannot ask: use --yes, or --confirm 2m and then tcptune confirm"
            )
        }
        let signals = try hold()
        let netns = netns
        let place = try Workbench.inside(nil) { () throws(Refusal) in
            try netns.map { (netns) throws(Refusal) in try Planning.place(netns) }
        }
        if mode == .asking, try !agree(to: source, signals) {
            return try showing.show(
                TransactionReport(nothing: "every value is already set", now: BootClock.now),
                to: output)
        }
        let (application, leftOut) = try apply(source, in: place, signals)
        try finish(application, leftOut, in: place, output, signals)
    }

    /// The very plan, and the status of `tcptune plan`.
    private func show(_ source: PlanSource, _ output: ClaimedOutput) throws {
        let netns = netns
        let result = try Workbench.inside(nil) { () throws(Refusal) in
            try source.planned(netns: netns)
        }
        try showing.show(
            PlanReport.document(result.plan, host: result.host, next: []), to: output
        ) {
            try PlanReport.json(result.plan, host: result.host, tool: Tcptune.tool, notes: [])
        }
        if result.plan.isWorthApplying(persisting: options.persists) {
            throw CommandFailure(status: .found, message: "")
        }
    }

    private func hold() throws -> HeldSignals {
        do throws(KernelError) { return try HeldSignals.hold() } catch {
            throw CommandFailure.working(error)
        }
    }

    /// Shows the plan and asks whether it is to be applied; false where there is nothing to apply.
    private func agree(to source: PlanSource, _ signals: HeldSignals) throws -> Bool {
        let netns = netns
        let result = try Workbench.inside(nil) { () throws(Refusal) in
            try source.planned(netns: netns)
        }
        let isToBeDone = try Workbench.inside(nil) { () throws(Refusal) in
            try Self.isToBeDone(result.plan, options)
        }
        guard isToBeDone else { return false }
        Question.show(PlanReport.document(result.plan, host: result.host, next: []))
        let count = result.plan.changes.count
        let words =
            count == 0
            ? "Set these values at boot?"
            : count == 1 ? "Apply this change?" : "Apply these \(count) changes?"
        switch Question.ask(words, signals) {
        case .yes: return true
        case .signal(let number):
            throw CommandFailure(signal: number, message: "tcptune changed nothing")
        case .no, .hungUp, .late:
            throw CommandFailure(status: .failed, message: "tcptune changed nothing")
        }
    }

    /// The plan is made, or held against what is there, when nobody else can change anything through us.
    ///
    /// - Returns: nil where there was nothing to apply; and what could not be had and was left out.
    private func apply(
        _ source: PlanSource, in place: NetworkNamespace?, _ signals: HeldSignals
    ) throws -> (Application?, leftOut: [ImpossibleSetting]) {
        var wanted = options
        wanted.namespacePath = place?.path
        let options = wanted
        let netns = netns
        // To find that all of it is set already takes no state that can be written.
        let unwritten = {
            @Sendable () throws(Refusal) -> (Application?, [ImpossibleSetting])? in
            if let record = try Journal.glance(), !record.isSettled { return nil }
            let plan = try source.ready(netns: netns).plan
            return try Self.isToBeDone(plan, options) ? nil : (nil, plan.impossible)
        }
        return try Workbench.run(
            in: place, command: "apply \(profile)", whereNothingCanBeWritten: unwritten
        ) {
            (journal, recovery) throws(Refusal) -> (Application?, [ImpossibleSetting]) in
            if let pending = recovery.pending { throw Self.busy(pending) }
            let plan = try source.ready(netns: netns).plan
            guard try Self.isToBeDone(plan, options) else { return (nil, plan.impossible) }
            var ready = options
            ready.probe = try options.probe.map { (probe) throws(Refusal) in
                try Self.resolved(probe)
            }
            let application = try Application.run(plan, options: ready, journal: journal) {
                signals.next()
            }
            return (application, plan.impossible)
        }
    }

    /// Looks its name up, once for all that follows, and says so.
    private static func resolved(_ probe: TCPProbe) throws(Refusal) -> TCPProbe {
        do throws(KernelError) {
            let probe = try probe.resolved()
            if probe.hasName {
                Tcptune.say(
                    "tcptune: the probe connects to \(probe.host) at \(probe.addresses.joined(separator: ", ")); it does "
                        + "not look up the name again")
            }
            return probe
        } catch {
            throw Refusal(.failed, "tcptune changed nothing: \(error.description)")
        }
    }

    private static func busy(_ pending: TransactionRecord) -> Refusal {
        let guardian = pending.guardian.map { " (its guard is process \($0.pid))" } ?? ""
        return Refusal(
            .locked,
            "transaction \(pending.id.prefix(8)) (\(pending.profile)) is waiting for confirmation\(guardian); "
                + "first run tcptune confirm or tcptune rollback")
    }

    /// False where all of it holds already.
    ///
    /// - Throws: where not all of it can be had: to leave nothing to do is no success then.
    private static func isToBeDone(
        _ plan: Plan, _ options: ApplyOptions
    ) throws(Refusal) -> Bool {
        if !plan.impossible.isEmpty, !options.keepsGoing {
            let reasons = plan.impossible.map { "\($0.key): \($0.why)" }
            throw Refusal(
                .failed,
                "tcptune changed nothing, because not every value is possible here (--keep-going applies the rest): "
                    + reasons.joined(separator: "; "))
        }
        guard plan.isWorthApplying(persisting: options.persists) else {
            guard plan.impossible.isEmpty || !plan.unchanged.isEmpty else {
                throw Refusal(
                    .failed,
                    "tcptune changed nothing: no value is possible here (\(plan.impossible[0].why))"
                )
            }
            return false
        }
        if options.persists, !options.force, let shadow = plan.shadowed.first {
            throw Refusal(
                .conflict,
                "tcptune changed nothing: at boot \(shadow.by.place) sets \(shadow.key) = \(shadow.by.value) and overrides "
                    + "\(Persistence.path); edit that line, or use --force")
        }
        return true
    }
}

/// How it ends.
extension ApplyRequest {
    private func finish(
        _ application: Application?, _ leftOut: [ImpossibleSetting], in place: NetworkNamespace?,
        _ output: ClaimedOutput, _ signals: HeldSignals
    ) throws {
        guard let application else {
            return try showing.show(
                TransactionReport(
                    nothing: leftOut.isEmpty
                        ? "every value is already set" : "no value can be set here",
                    leftOut: leftOut, now: BootClock.now),
                to: output)
        }
        switch application.end {
        case .applied:
            let report = TransactionReport(
                .applied, application.record, leftOut: leftOut, now: BootClock.now,
                clock: WallClock.now,
                isOfContainer: BootPlace.isContainer)
            guard mode == .asking else { return try showing.show(report, to: output) }
            Question.show(report.document())
            try keepOrTakeBack(application.record, leftOut, in: place, output, signals)
        case .confirmed(let confirmation):
            try showing.show(confirmation, leftOut: leftOut, to: output)
        case .takenBack(let error, let rollback):
            try showing.show(rollback, after: CommandFailure(error), to: output)
        case .interrupted(let signal, let rollback):
            try showing.show(rollback, after: .interrupted(by: signal), to: output)
        }
    }

    /// Asks whether the change is to stay; no answer is an answer.
    private func keepOrTakeBack(
        _ record: TransactionRecord, _ leftOut: [ImpossibleSetting], in place: NetworkNamespace?,
        _ output: ClaimedOutput, _ signals: HeldSignals
    ) throws {
        let left = (record.deadlineSeconds ?? 0) - BootClock.now
        let changes =
            record.knobs.count == 1 ? "this change? It reverts" : "these changes? They revert"
        let answer =
            left <= 0
            ? .late
            : Question.ask(
                "Keep \(changes)", signals, until: record.deadlineSeconds)
        switch answer {
        case .yes:
            let confirmation = try Workbench.run(in: place, command: "confirm") {
                (journal, recovery) throws(Refusal) -> Confirmation in
                try Confirmation.run(try Pending.record(record.id, recovery), journal: journal)
            }
            try showing.show(confirmation, leftOut: leftOut, to: output)
        case .no, .hungUp, .signal:
            let rollback = try Workbench.run(in: place, command: "rollback") {
                (journal, recovery) throws(Refusal) -> Rollback? in
                try RollbackRequest.id(record.id).run(recovery, journal: journal)
            }
            var failure = CommandFailure(status: .restored, message: "")
            if case .signal(let number) = answer { failure = .interrupted(by: number) }
            guard let rollback else { throw failure }
            try showing.show(rollback, after: failure, to: output)
        case .late:
            throw CommandFailure(
                status: .restored, message: "nobody answered in time: the guard reverts the change")
        }
    }
}
