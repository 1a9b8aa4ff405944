import Kernel
package import Model
import TOML
import Tuning

/// An experiment of the user's own: arms of settings under a workload of `tcptune load`, in a file.
package enum ExperimentFile {
    /// The options of `tcptune load` as a plan; a message where they make none.
    package typealias Workload = ([String]) -> Result<LoadPlan, ExperimentFileRefusal>

    private static let tables = ["experiment", "workload", "arm", "claim"]

    /// Reads the file; all that is wrong is told at once.
    ///
    /// - Parameters:
    ///   - path: for the messages.
    ///   - workload: makes a plan from options: `["--close", "client"]`.
    package static func read(
        bytes: [UInt8], path: String, workload: Workload
    ) throws(TextError) -> Experiment {
        var findings = TextFindings(path: path, bytes: bytes)
        let top = try TOMLText(bytes, findings: &findings).reader(named: "the experiment")
        top.refuse(except: tables, &findings)
        let head = top.subtable("experiment", &findings)
        if head == nil, findings.problems.isEmpty {
            findings.add(
                at: 0, "the table [experiment] is missing; it begins with a line [experiment]")
        }
        head?.refuse(except: ["name", "question", "claim", "runs"], &findings)
        let common = top.subtable("workload", &findings)?.words(&findings) ?? []
        let arms = arms(of: top, common, workload, &findings)
        let name = head?.text("name", else: "a short name", &findings) ?? ""
        let measures = LoadMeasureName.all(on: CounterFiles.read(root: .host).0)
        let claims = ClaimReader(arms: arms.map(\.arm), measures: measures)
            .claims(of: top, &findings)
        let runs = head?.number("runs", &findings) ?? 5
        if !(1...1000 ~= runs) || runs != runs.rounded() {
            findings.add(
                at: head?.valueOffset(of: "runs") ?? 0,
                "'runs' must be a whole number from 1 to 1000")
        }
        let experiment = Experiment(
            named: name,
            question: head?.text("question", &findings) ?? "What do these settings change?",
            claim: head?.text("claim", &findings) ?? claims.map(\.text).joined(separator: "; "),
            source: [], arms: arms.map(\.arm), measures: Measure.ofLoad, claims: claims,
            runs: Int(min(max(runs, 1), 1000))
        ) { (arm, conditions) throws(Refusal) in
            guard let plan = arms.first(where: { $0.arm.name == arm.name })?.plan else {
                throw Refusal(.failed, "unknown arm '\(arm.name)'")
            }
            var (trial, result) = try LoadTrial.run(plan, arm, conditions)
            // What this kernel counts and did not grow, and what could occur and did not, is 0.
            for claim in claims where result.clientStates != nil {
                trial.values.merge([claim.condition.measure: 0]) { measured, _ in measured }
            }
            return trial
        }
        try findings.check()
        return experiment
    }

    private static func arms(
        of top: TOMLReader, _ common: [TOMLReader.Word], _ workload: Workload,
        _ findings: inout TextFindings
    ) -> [(arm: Arm, plan: LoadPlan)] {
        let tables = top.subtables("arm", &findings)
        if tables.count < 2 {
            findings.add(
                at: top.offset(of: "arm"),
                "an experiment needs at least two arms to compare: [[arm]]")
        }
        var arms: [(arm: Arm, plan: LoadPlan)] = []
        for (index, table) in tables.enumerated() {
            table.refuse(except: ["name", "settings", "workload"], &findings)
            let name = table.text("name", else: "a few words", &findings) ?? "\(index)"
            if arms.contains(where: { $0.arm.name == name }) {
                findings.add(
                    at: table.valueOffset(of: "name"), "two arms are named '\(name)'")
            }
            let settings = table.subtable("settings", &findings)?.words(&findings) ?? []
            let own = table.subtable("workload", &findings)?.words(&findings) ?? []
            let options = common.filter { word in !own.contains { $0.key == word.key } } + own
            arms.append(
                (
                    Arm(
                        name, index == 0 ? .baseline : .variant,
                        settings: settings.compactMap { assignment($0, &findings) }),
                    plan(options, workload, at: table.offset(of: "name"), &findings)
                ))
        }
        return arms
    }

    private static func assignment(
        _ word: TOMLReader.Word, _ findings: inout TextFindings
    ) -> LoadPlan.Assignment? {
        do throws(Refusal) {
            return try LoadPlan.Assignment(checking: word.key, word.text)
        } catch {
            findings.add(at: word.offset, error.description)
            return nil
        }
    }

    private static func plan(
        _ options: [TOMLReader.Word], _ workload: Workload, at offset: Int,
        _ findings: inout TextFindings
    ) -> LoadPlan {
        var words: [String] = []
        for option in options where option.text != "false" {
            // In one word: behind an option that there is not, the value would be another word of the command.
            words.append("--" + option.key + (option.text == "true" ? "" : "=" + option.text))
        }
        switch workload(words) {
        case .failure(let refusal):
            findings.add(at: options.first?.offset ?? offset, refusal.message)
        case .success(let plan) where !plan.isOwnPair:
            findings.add(
                at: options.first?.offset ?? offset,
                "an experiment uses its own namespaces: leave out 'to'")
        case .success(let plan): return plan
        }
        return LoadPlan()
    }
}

/// Why options are no workload.
package struct ExperimentFileRefusal: Error, Sendable {
    package var message: String

    package init(message: String) { self.message = message }
}
