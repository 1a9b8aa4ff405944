import Testing

@testable import Catalogue

@Suite struct `An experiment's name` {
    @Test func `goes with things that are known`() {
        for (experiment, topics) in ExperimentName.topics {
            #expect(ExperimentName.all.contains(experiment))
            for topic in topics {
                #expect(RuleNames.all.contains(topic) || Topic.find(topic) != nil, "\(topic)")
            }
        }
    }

    @Test func `is found by what it shows, the nearest first`() {
        #expect(
            ExperimentName.showing("TIME_WAIT") == [
                "port-exhaustion", "fin-timeout", "who-closes", "teardown", "simultaneous-close",
                "last-ack-lost",
                "old-duplicates",
            ])
        #expect(ExperimentName.showing("net.ipv4.tcp_tw_reuse") == ["port-reuse"])
        #expect(ExperimentName.showing("net.ipv4.tcp_sack").isEmpty)
    }
}
