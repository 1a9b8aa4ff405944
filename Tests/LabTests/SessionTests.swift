import Kernel
import Model
import Statistics
import Synchronization
import Testing

@testable import Lab

extension Measured {
    @Suite(.serialized, .enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `Several experiments in one go` {
        /// One whose second run ends by an error.
        private static func failing() -> Experiment {
            let count = Mutex(0)
            return Experiment(
                named: "failing", question: "", claim: "", source: [], arms: [Arm("a", .baseline)],
                measures: [Measure("x", "x", .count)], claims: []
            ) { (_, _) throws(Refusal) in
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                guard number < 2 else { throw Refusal(.failed, "the disk is on fire") }
                return Trial(values: ["x": 1])
            }
        }

        private func run(_ experiments: [Experiment]) async throws -> [ExperimentResult] {
            let session = LabSession(experiments, runs: Comparison.fewestRuns)
            let thread = try SystemThread.start { () throws(Refusal) in try session.run().0 }
            while !thread.isDone { try await Task.sleep(for: .milliseconds(20)) }
            return try thread.outcome()
        }

        @Test func `keep the results of the others where one fails, and name it`() async throws {
            let results = try await run([
                Experiment.bindBeforeConnect, Self.failing(), Experiment.timeWaitCap,
            ])
            #expect(results.map(\.name) == ["bind-before-connect", "failing", "timewait-cap"])
            #expect(results[0].verdict == .proven && results[2].verdict == .proven)
            #expect(results[1].failure == "the disk is on fire")
            #expect(results[1].verdict == .inconclusive)
            // What it had measured is not lost.
            #expect(results[1].arms[0].trials.count == 1)
        }

        @Test func `that wait run two at a time, and those that work one at a time after them`()
            async throws
        {
            struct Seen {
                var now: [Experiment.Occupation: Int] = [:]
                var most: [Experiment.Occupation: Int] = [:]
                var haveMet = false
            }
            let seen = Mutex(Seen())
            func one(_ name: String, _ occupation: Experiment.Occupation) -> Experiment {
                Experiment(
                    named: name, question: "", claim: "", source: [], arms: [Arm("a", .baseline)],
                    measures: [], claims: [], runs: 1, occupation: occupation
                ) { (_, _) throws(Refusal) in
                    seen.withLock { seen in
                        let count = seen.now[occupation, default: 0] + 1
                        seen.now[occupation] = count
                        seen.most[occupation] = max(seen.most[occupation] ?? 0, count)
                        if seen.now[.waiting] ?? 0 > 0, seen.now[.busy] ?? 0 > 0 {
                            seen.haveMet = true
                        }
                    }
                    LoadClock.rest(milliseconds: 60)
                    seen.withLock { $0.now[occupation, default: 0] -= 1 }
                    return Trial()
                }
            }
            let all =
                (0..<2).map { one("busy \($0)", .busy) }
                + (0..<4).map { one("waiting \($0)", .waiting) } + [one("idle", .idle)]
            let session = LabSession(all, runs: 1)
            let thread = try SystemThread.start { () throws(Refusal) in try session.run().0 }
            while !thread.isDone { try await Task.sleep(for: .milliseconds(5)) }
            // In the order in which they were named.
            #expect(try thread.outcome().map(\.name) == all.map(\.name))
            let outcome = seen.withLock { $0 }
            #expect(outcome.most[.waiting] == 2 && outcome.most[.busy] == 1)
            #expect(!outcome.haveMet)
        }

        @Test func `of which there is one fails as a whole`() async throws {
            await #expect(throws: Refusal.self) { try await run([Self.failing()]) }
        }
    }

    @Suite(.serialized, .enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `A limit of descriptors` {
        @Test func `that is too low for one run is refused, with the number it takes`() {
            let budget = DescriptorBudget(limit: 100)
            let error = #expect(throws: Refusal.self) {
                try budget.take(192, for: "accept-queue", unless: StopSign())
            }
            #expect(error?.description.contains("ulimit -n 224") == true)
        }

        @Test func `that is too low for all runs at a time makes them take turns`() async throws {
            let now = Mutex(0)
            let most = Mutex(0)
            var experiment = Experiment(
                named: "many", question: "", claim: "", source: [], arms: [Arm("a", .baseline)],
                measures: [], claims: [], occupation: .waiting, descriptors: 50
            ) { (_, _) throws(Refusal) in
                let running = now.withLock { now in
                    now += 1
                    return now
                }
                most.withLock { $0 = max($0, running) }
                LoadClock.rest(milliseconds: 20)
                now.withLock { $0 -= 1 }
                return Trial()
            }
            experiment.runs = 8
            let budget = DescriptorBudget(limit: 32 + 3 * 50)
            let thread = try SystemThread.start { [experiment] () throws(Refusal) in
                try ExperimentRun(experiment, descriptors: budget).run()
            }
            while !thread.isDone { try await Task.sleep(for: .milliseconds(5)) }
            #expect(try thread.outcome().arms[0].trials.count == 8)
            #expect(most.withLock { $0 } <= 3)
        }
    }
}
