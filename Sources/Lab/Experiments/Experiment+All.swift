extension Experiment {
    /// The shipped experiments, in the order of the catalogue.
    package static let all: [Experiment] =
        [
            portExhaustion, portReuse, FinTimeout.experiment, whoCloses, portScanCliff,
            bindBeforeConnect, timeWaitCap, AcceptQueue.experiment, SynQueue.experiment,
            CloseWait.experiment, keepAlive, ConntrackFull.experiment,
        ] + onWire + [DNSPorts.experiment, Resolution.experiment]

    /// Those whose segments pass through this process.
    package static let onWire: [Experiment] = [
        Handshake.experiment, SimultaneousOpen.experiment, ClosedPort.experiment,
        Teardown.experiment, SimultaneousClose.experiment, RetransmissionTimeout.experiment,
        KeepaliveProbes.experiment,
        LastAckLost.experiment, OldDuplicates.experiment, TimeWaitRestart.experiment,
        SynOverTimeWait.experiment,
    ]
}
