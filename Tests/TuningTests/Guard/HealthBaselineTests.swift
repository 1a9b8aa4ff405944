import Kernel
import Model
import Testing

@testable import Tuning

@Suite struct `What was usual` {
    private let quiet = HealthBaseline(overflows: 0, failures: 0, retransmissions: 0)
    private let busy = HealthBaseline(overflows: 20, failures: 100, retransmissions: 0.05)

    private func counters(
        overflows: Int64 = 0, failures: Int64 = 0, retransmitted: Int64 = 0, sent: Int64 = 0
    ) -> HealthCounters {
        HealthCounters(
            overflows: overflows, failures: failures, retransmitted: retransmitted, sent: sent)
    }

    @Test func `is exceeded by far more overflows`() {
        #expect(quiet.excess(of: counters(overflows: 20), over: 2) == nil)
        #expect(
            quiet.excess(of: counters(overflows: 21), over: 2)?.contains("accept queue full")
                == true)
        #expect(busy.excess(of: counters(overflows: 400), over: 2) == nil)
        #expect(busy.excess(of: counters(overflows: 402), over: 2) != nil)
    }

    @Test func `is exceeded by far more failed connections`() {
        #expect(quiet.excess(of: counters(failures: 100), over: 2) == nil)
        #expect(quiet.excess(of: counters(failures: 101), over: 2) != nil)
        #expect(busy.excess(of: counters(failures: 2000), over: 2) == nil)
    }

    @Test func `is exceeded by a higher share of segments sent again, of many`() {
        #expect(quiet.excess(of: counters(retransmitted: 999, sent: 999), over: 2) == nil)
        #expect(quiet.excess(of: counters(retransmitted: 100, sent: 1000), over: 2) == nil)
        #expect(quiet.excess(of: counters(retransmitted: 101, sent: 1000), over: 2) != nil)
        #expect(busy.excess(of: counters(retransmitted: 149, sent: 1000), over: 2) == nil)
    }

    @Test func `is read back from a record`() {
        let odd = HealthBaseline(overflows: 1.0 / 3, failures: 1e-12, retransmissions: 0.7)
        #expect(HealthBaseline(record: odd.description) == odd)
        for text in ["", "1 2", "1 2 x", "1 2 3 4", "-1 0 0", "inf 0 0", "nan 0 0"] {
            #expect(HealthBaseline(record: text) == nil)
        }
    }
}
