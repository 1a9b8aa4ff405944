import Kernel
package import Model
import Statistics
import Text
import Tuning

/// Proves a profile: makes the twin, runs the workload under both sets of settings in turn, and judges.
package struct ProofRun: Sendable {
    package struct Request: Sendable {
        package var plan: Plan
        package var host: HostValues
        package var workload: Workload
        /// Why that one.
        package var reason: String
        package var runs: Int
        package var seed: UInt64
        /// Also say which of the settings matter.
        package var attributes: Bool

        package init(
            plan: Plan, host: HostValues, workload: Workload, reason: String, runs: Int = 5,
            seed: UInt64 = 1, attributes: Bool = false
        ) {
            self.plan = plan
            self.host = host
            self.workload = workload
            self.reason = reason
            self.runs = runs
            self.seed = seed
            self.attributes = attributes
        }
    }

    private let request: Request
    private let stop: StopSign

    /// - Parameter stop: ends it after the run that is under way; the rest is judged as it is.
    package init(_ request: Request, stop: StopSign = StopSign()) {
        self.request = request
        self.stop = stop
    }

    /// The private namespaces must be possible, see ``LabGround/prepare()``.
    package func run(
        progress: @Sendable (ExperimentRun.Progress) -> Void = { _ in }
    ) throws(Refusal) -> Proof {
        let start = LoadClock.now
        let (plan, workload) = (request.plan, request.workload)
        let twin = try Twin(
            host: request.host, plan: plan, scaling: workload.scaling, rate: workload.rate)
        var proof = Proof(
            profile: ProfileIdentity(
                name: plan.profile.name, path: plan.profile.path, digest: plan.profile.digest),
            workload: ProvedWorkload(workload, reason: request.reason, scale: twin.scale),
            verdict: .nothingTried, sentence: "", settings: twin.tried,
            unchanged: twin.unchanged, carried: twin.carried, notCarried: twin.notCarried,
            metrics: [], lawChecks: [], notShown: twin.notShown, attribution: nil, arms: [],
            measures: workload.measures.map(\.measure), runs: request.runs, seed: request.seed,
            seconds: 0, wasInterrupted: false, void: nil, notes: [])
        if !twin.tried.isEmpty {
            try measure(&proof, twin, progress)
            if request.attributes, !stop.isSet {
                proof.attribution = try Attribution.run(
                    proof, twin, workload, elapsed: Double(LoadClock.now - start) / 1e9,
                    stop: stop, progress: progress)
            }
        }
        proof.wasInterrupted = stop.isSet
        proof.seconds = Double(LoadClock.now - start) / 1e9
        proof.sentence = ProofSentence(proof).text
        return proof
    }

    private func measure(
        _ proof: inout Proof, _ twin: Twin, _ progress: @Sendable (ExperimentRun.Progress) -> Void
    ) throws(Refusal) {
        // A profile may be called as the other arm is.
        let name = proof.profile.name == Twin.now ? "then" : proof.profile.name
        let arms = [try twin.armNow(), try twin.arm(name)]
        let bench = LawBench(
            workload: request.workload, twin: twin, seed: request.seed, stop: stop)
        var checks = try bench.run(progress: progress)
        let result = try ExperimentRun(
            request.workload.experiment(arms), runs: request.runs, seed: request.seed, stop: stop
        ).run(progress: progress)
        proof.arms = result.arms
        proof.notes += result.notes
        if let unavailable = result.unavailable {
            throw Refusal(.unavailable, unavailable)
        }
        guard let before = result.arms.first, let after = result.arms.last else { return }
        proof.metrics = ProofJudge.metrics(
            request.workload.measures, before: before, after: after, seed: request.seed)
        proof.verdict = ProofVerdict(proof.metrics)
        let trials = result.arms.flatMap(\.trials)
        if !trials.isEmpty, trials.allSatisfy({ $0.void != nil }) { proof.void = trials[0].void }
        checks += bench.check(before)
        proof.lawChecks = checks
        if let broken = checks.first(where: { !$0.holds }), !stop.isSet {
            proof.void =
                "the twin did not follow its scaling law, which predicts that \(broken.text) (\(LawCheck.figure(broken.predicted))); observed: \(broken.observed.map(LawCheck.figure) ?? "not measured")"
        }
        let least = Power.fewestRuns(for: proof.metrics.count)
        if request.runs < least {
            proof.notes.append(
                "with \(request.runs.counted("run")) each and \(proof.metrics.count.counted("quantity", "quantities")), no change can be told from chance: use at least --runs \(least)"
            )
        }
        guard proof.void != nil else { return }
        proof.verdict = .inconclusive
        for index in proof.metrics.indices { proof.metrics[index].loseVerdict() }
    }
}

extension Workload {
    /// An experiment that runs it under the settings of each arm.
    func experiment(_ arms: [Arm]) -> Experiment {
        let workload = self
        return Experiment(
            named: name, question: "What changes for \(text)?", claim: "", source: [], arms: arms,
            measures: measures.map(\.measure), claims: []
        ) { (arm, conditions) throws(Refusal) in
            try workload.trial(arm, conditions)
        }
    }

    /// How often a run that the machine was too busy for is made again.
    private static let mostAgain = 4

    private func trial(_ arm: Arm, _ conditions: TrialConditions) throws(Refusal) -> Trial {
        var again = 0
        while true {
            var (trial, _) = try LoadTrial.run(plan, arm, conditions)
            if trial.void != nil, again < Self.mostAgain, !conditions.stop.isSet {
                again += 1
                continue
            }
            fill(&trial)
            if again > 0 { trial.values["made_again"] = Double(again) }
            return trial
        }
    }

    /// What did not occur is left out of a trial; of what is measured here it is 0.
    private func fill(_ trial: inout Trial) {
        trial.values["failed_otherwise"] =
            (trial.values["failed"] ?? 0) - (trial.values["errors_EADDRNOTAVAIL"] ?? 0)
        for name in measures.map(\.measure.name) where trial.values[name] == nil {
            let isCount = ["errors_", "client_", "server_"].contains { name.hasPrefix($0) }
            if isCount, !name.hasSuffix("_seconds") { trial.values[name] = 0 }
        }
    }

    /// The same for another time; nil for one that ends by itself.
    package func lasting(_ seconds: Double) -> Workload? {
        guard plan.seconds != nil else { return nil }
        var workload = self
        workload.plan.seconds = seconds
        if plan.close == .never, let rate {
            workload.plan.connections = Int(rate * seconds) + 100
        }
        return workload
    }
}
