import Catalogue

extension Experiment {
    /// The shipped experiments, in the order of the catalogue.
    package static let all: [Experiment] = [
        FinTimeout.experiment,
        AcceptQueue.experiment,
        SynQueue.experiment,
        CloseWait.experiment,
        ConntrackFull.experiment,
    ]
}
