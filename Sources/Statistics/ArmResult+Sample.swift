package import Model

extension ArmResult {
    /// The counted values of a measure.
    package func sample(_ measure: String) -> Sample {
        Sample(trials.filter { $0.void == nil }.compactMap { $0.values[measure] })
    }
}

extension ExperimentResult {
    /// The counted values of a measure in an arm, in the order of the runs; nil where there is no such arm.
    package func sample(_ arm: String, _ measure: String) -> Sample? {
        arms.first { $0.name == arm }.map { $0.sample(measure) }
    }
}
