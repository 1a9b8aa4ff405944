extension Experiment {
    /// The shipped experiments, in the order of the catalogue.
    package static let all: [Experiment] = [
        portExhaustion, portReuse, FinTimeout.experiment, whoCloses, portScanCliff,
        bindBeforeConnect, timeWaitCap, AcceptQueue.experiment, SynQueue.experiment,
        CloseWait.experiment, keepAlive, ConntrackFull.experiment, Handshake.experiment,
        DNSPorts.experiment,
    ]
}
