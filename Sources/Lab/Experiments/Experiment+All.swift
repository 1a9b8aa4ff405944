import Catalogue

extension Experiment {
    /// The shipped experiments, in the order of the catalogue.
    package static let all: [Experiment] = [
        portExhaustion, portReuse, whoCloses, portScanCliff, bindBeforeConnect, timeWaitCap,
        keepAlive,
    ]
}
