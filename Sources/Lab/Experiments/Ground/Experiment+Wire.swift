import Kernel
import Model

extension Experiment {
    /// The trial of an experiment on a wire.
    ///
    /// One that is void, for the machine was too slow for it, is tried again, twice.
    static func wireTrial<Case: ExperimentCase>(
        of cases: [Case],
        _ body: @escaping @Sendable (Case, WireGround) throws(KernelError) -> Trial
    ) -> @Sendable (Arm, TrialConditions) throws(Refusal) -> Trial {
        let once = trial { (arm, conditions) throws(KernelError) in
            guard var scene = cases.first(where: { $0.arm.name == arm.name }) else {
                throw .absent("run", arm.name, detail: "no such arm")
            }
            // Its settings may be others that are tried in their place.
            scene.arm = arm
            let tried = scene
            return try WireGround.run(arm, conditions) { (ground) throws(KernelError) in
                try body(tried, ground)
            }
        }
        return { (arm, conditions) throws(Refusal) in
            for _ in 0..<2 {
                let trial = try once(arm, conditions)
                if trial.void == nil || conditions.stop.isSet { return trial }
            }
            return try once(arm, conditions)
        }
    }
}
