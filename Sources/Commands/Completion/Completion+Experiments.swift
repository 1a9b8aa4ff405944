import Lab
import Model

extension Completion {
    /// The experiments of the lab.
    enum Experiments {
        static var all: [OfferedWord] {
            Experiment.all.map { OfferedWord($0.name, $0.question) }
        }

        /// Those of the experiments that are named, or of all.
        static func arms(of words: [String]) -> [OfferedWord] {
            let named = Experiment.all.filter { words.contains($0.name) }
            return (named.isEmpty ? Experiment.all : named).flatMap { experiment in
                experiment.arms.filter { $0.role != .tried }
                    .map { OfferedWord($0.name, experiment.name) }
            }
        }
    }
}
