import Catalogue

extension Experiment {
    /// The shipped experiments, in the order of the catalogue.
    package static let all: [Experiment] = ExperimentID.allCases.map(of)

    /// Those whose segments pass through this process.
    package static let onWire: [Experiment] = [
        ExperimentID.handshake, .simultaneousOpen, .resetOnClosedPort, .teardown,
        .simultaneousClose, .retransmissionTimeout, .keepalive, .lastAckLost, .oldDuplicates,
        .timeWaitRestart, .synOverTimeWait,
    ].map(of)

    private static func of(_ id: ExperimentID) -> Experiment {
        switch id {
        case .portExhaustion: portExhaustion
        case .portReuse: portReuse
        case .finTimeout: FinTimeout.experiment
        case .whoCloses: whoCloses
        case .portScanCliff: portScanCliff
        case .bindBeforeConnect: bindBeforeConnect
        case .timeWaitCap: timeWaitCap
        case .acceptQueue: AcceptQueue.experiment
        case .synQueue: SynQueue.experiment
        case .closeWait: CloseWait.experiment
        case .keepAlive: keepAlive
        case .conntrackFull: ConntrackFull.experiment
        case .handshake: Handshake.experiment
        case .simultaneousOpen: SimultaneousOpen.experiment
        case .resetOnClosedPort: ClosedPort.experiment
        case .teardown: Teardown.experiment
        case .simultaneousClose: SimultaneousClose.experiment
        case .retransmissionTimeout: RetransmissionTimeout.experiment
        case .keepalive: KeepaliveProbes.experiment
        case .lastAckLost: LastAckLost.experiment
        case .oldDuplicates: OldDuplicates.experiment
        case .timeWaitRestart: TimeWaitRestart.experiment
        case .synOverTimeWait: SynOverTimeWait.experiment
        case .dnsPorts: DNSPorts.experiment
        case .resolution: Resolution.experiment
        }
    }
}
