import Model
import Testing

@testable import Catalogue

@Suite struct `An experiment's name` {
    @Test func `goes with things that are known`() {
        for experiment in ExperimentID.allCases {
            for topic in experiment.topics {
                #expect(Topic.find(topic) != nil, "\(topic)")
            }
        }
    }

    @Test func `is found by what it shows, the nearest first`() {
        #expect(
            ExperimentID.showing("TIME_WAIT") == [
                .portExhaustion, .finTimeout, .whoCloses, .teardown, .simultaneousClose,
                .lastAckLost, .oldDuplicates,
            ])
        #expect(ExperimentID.showing("net.ipv4.tcp_tw_reuse") == [.portReuse])
        #expect(ExperimentID.showing("net.ipv4.tcp_sack").isEmpty)
        #expect(ExperimentID.showing(.rfc1337) == [.timeWaitRestart, .synOverTimeWait])
        #expect(ExperimentID.showing(.loopbackDown).isEmpty)
    }
}
