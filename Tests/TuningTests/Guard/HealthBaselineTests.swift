import Model
import Testing

@testable import Tuning

@Suite struct `What was usual` {
    private let quiet = HealthBaseline(overflows: 0, failures: 0, retransmissions: 0)
    private let busy = HealthBaseline(overflows: 20, failures: 100, retransmissions: 0.05)

    private static let before = sample(at: 100)

    private static func sample(
        at time: Double, overflows: Int64 = 0, failures: Int64 = 0, retransmitted: Int64 = 0,
        sent: Int64 = 0
    ) -> CounterSample {
        var sample = CounterSample(time: time)
        sample[.listenOverflows] = 7 + overflows
        sample[.attemptFails] = 8 + failures
        sample[.segmentsRetransmitted] = 9 + retransmitted
        sample[.segmentsSent] = 1000 + sent
        return sample
    }

    /// What is said of two seconds in which the counters grew so.
    private func excess(
        over usual: HealthBaseline, overflows: Int64 = 0, failures: Int64 = 0,
        retransmitted: Int64 = 0, sent: Int64 = 0
    ) -> String? {
        usual.excess(
            in: Self.sample(
                at: 102, overflows: overflows, failures: failures, retransmitted: retransmitted,
                sent: sent), since: Self.before)
    }

    @Test func `is exceeded by far more overflows`() {
        #expect(excess(over: quiet, overflows: 20) == nil)
        #expect(
            excess(over: quiet, overflows: 21)?.contains("accept queue full")
                == true)
        #expect(excess(over: busy, overflows: 400) == nil)
        #expect(excess(over: busy, overflows: 402) != nil)
    }

    @Test func `is exceeded by far more failed connections`() {
        #expect(excess(over: quiet, failures: 100) == nil)
        #expect(excess(over: quiet, failures: 101) != nil)
        #expect(excess(over: busy, failures: 2000) == nil)
    }

    @Test func `is exceeded by a higher share of segments sent again, of many`() {
        #expect(excess(over: quiet, retransmitted: 999, sent: 999) == nil)
        #expect(excess(over: quiet, retransmitted: 100, sent: 1000) == nil)
        #expect(excess(over: quiet, retransmitted: 101, sent: 1000) != nil)
        #expect(excess(over: busy, retransmitted: 149, sent: 1000) == nil)
    }

    @Test func `is told by the counters since the start`() {
        let usual = HealthBaseline(sinceBoot: Self.sample(at: 10, sent: 800))
        #expect(usual.overflows == 0.7)
        #expect(usual.failures == 0.8)
        #expect(usual.retransmissions == 0.005)
    }

    @Test func `is not exceeded by what this kernel does not report`() {
        let later = CounterSample(time: 102)
        #expect(quiet.excess(in: later, since: CounterSample(time: 100)) == nil)
    }

    @Test func `is read back from a record`() {
        let odd = HealthBaseline(overflows: 1.0 / 3, failures: 1e-12, retransmissions: 0.7)
        #expect(HealthBaseline(record: odd.description) == odd)
        for text in ["", "1 2", "1 2 x", "1 2 3 4", "-1 0 0", "inf 0 0", "nan 0 0"] {
            #expect(HealthBaseline(record: text) == nil)
        }
    }
}
