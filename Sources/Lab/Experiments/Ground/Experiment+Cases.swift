import Kernel
import Model
import Testbed

extension Experiment {
    /// The trial of an experiment whose errors are the kernel's: what the kernel does not have is not available.
    static func trial(
        _ body: @escaping @Sendable (Arm, TrialConditions) throws(KernelError) -> Trial
    ) -> @Sendable (Arm, TrialConditions) throws(Refusal) -> Trial {
        { (arm, conditions) throws(Refusal) in
            do throws(KernelError) {
                return try body(arm, conditions)
            } catch {
                if error.code == TCPSocket.timedOut { return Trial(void: error.description) }
                // Namespaces can be made, or nothing would run: what is denied now is something else.
                guard error.isAbsent || error.isDenied else { throw Refusal(error) }
                throw Refusal(.unavailable, error.description)
            }
        }
    }

    /// The trial of an experiment whose arms differ in more than settings.
    ///
    /// One that is void, for the machine was too slow for it, is tried again, twice.
    static func trial<Case: ExperimentCase>(
        of cases: [Case],
        _ body: @escaping @Sendable (Case, StopSign) throws(KernelError) -> Trial
    ) -> @Sendable (Arm, TrialConditions) throws(Refusal) -> Trial {
        trial { (arm, conditions) throws(KernelError) in
            guard var scene = cases.first(where: { $0.arm.name == arm.name }) else {
                throw .absent("run", arm.name, detail: "no such arm")
            }
            // Its settings may be others that are tried in their place.
            scene.arm = arm
            for _ in 0..<2 {
                let trial = try body(scene, conditions.stop)
                if trial.void == nil || conditions.stop.isSet { return trial }
            }
            return try body(scene, conditions.stop)
        }
    }
}

/// An arm, and what its programs do beside its settings.
protocol ExperimentCase: Sendable {
    var arm: Arm { get set }
}
