import Histogram
import Model
import Statistics
import Testing

@testable import Lab

@Suite struct `What is measured` {
    @Test func `of times agrees with the sorted samples to a thousandth`() throws {
        var random = SeededGenerator(seed: 7)
        var histogram = Tally.histogram()
        var samples: [Double] = []
        for _ in 0..<20_000 {
            // From 10 µs to 10 s, as many in each decade.
            var value = 10_000.0
            for _ in 0..<6 { value *= 1 + 9 * random.unit() * random.unit() }
            samples.append(value.rounded())
            let isWithin = histogram.record(UInt64(value.rounded()))
            #expect(isWithin)
        }
        samples.sort()
        let latency = try #require(Latency(histogram))
        for (share, value) in [(0.5, latency.p50), (0.9, latency.p90), (0.99, latency.p99)] {
            let exact = samples[Int((share * 20_000).rounded(.up)) - 1] / 1e9
            #expect(abs(value - exact) <= exact * 0.001, "\(share)")
        }
        #expect(latency.count == 20_000)
        #expect(latency.curve.count == 101)
        for share in 1...100 {
            let exact = samples[share * 200 - 1] / 1e9
            #expect(abs(latency.curve[share] - exact) <= exact * 0.001, "\(share)")
        }
        #expect(latency.curve[0] == latency.minimum && latency.curve[100] == latency.maximum)
        #expect(Latency(Tally.histogram()) == nil)
    }

    @Test func `of arrivals is the rate asked for, and the same for the same seed`() {
        func times(_ spacing: Pace.Spacing, seed: UInt64) -> [Int64] {
            var arrivals = Arrivals(
                from: 1000, to: 1000, spacing: spacing, seconds: 10, seed: seed)
            return (0..<10_000).map { _ in arrivals.next() }
        }
        #expect(abs(Double(times(.even, seed: 1)[9999]) / 1e9 - 10) < 0.01)
        let random = times(.poisson, seed: 1)
        // 10 000 exponential gaps: the sum strays by 1 % (one standard deviation).
        #expect(abs(Double(random[9999]) / 1e9 - 10) < 0.5)
        #expect(random == times(.poisson, seed: 1))
        #expect(random != times(.poisson, seed: 2))
        #expect(zip(random, random.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test(arguments: [2, 3, 7])
    func `of arrivals is the same on several threads as on one`(count: Int) {
        func arrivals(_ share: ClientShare) -> Arrivals {
            Arrivals(
                from: 500, to: 900, spacing: .poisson, seconds: 4, seed: 5, share: share)
        }
        var whole = arrivals(ClientShare())
        var shares = (0..<count).map { arrivals(ClientShare(index: $0, count: count)) }
        for number in 0..<2000 {
            #expect(shares[number % count].next() == whole.next())
        }
    }

    @Test func `by several threads has all places and requests once`() {
        for total in [1, 7, 8, 1000] {
            let shares = (0..<8).map { ClientShare(index: $0, count: 8) }
            #expect(shares.reduce(0) { $0 + $1.part(of: total) } == total)
            for (one, next) in zip(shares, shares.dropFirst()) {
                #expect(one.first(of: total) + one.part(of: total) == next.first(of: total))
            }
        }
    }

    @Test(arguments: [50.0, 400, 997, 1000])
    func `of even arrivals is all that the time has room for, and none at its end`(rate: Double) {
        var arrivals = Arrivals(from: rate, to: rate, spacing: .even, seconds: 3, seed: 1)
        var times: [Int64] = []
        while let last = times.last ?? 0 as Int64?, last < 3_000_000_000 {
            times.append(arrivals.next())
        }
        times.removeLast()
        #expect(times.count == Int(rate * 3))
        #expect(3_000_000_000 - (times.last ?? 0) > Int64(0.4e9 / rate))
    }

    @Test func `over time has a median and a slow end for each tenth`() {
        var series = LatencySeries()
        for place in 1...1000 { series.record(Int64(place) * 10_000, at: 50_000_000) }
        // Nothing in the second tenth; two of unlike times in the third.
        series.record(2_000_000, at: 250_000_000)
        series.record(4_000_000, at: 260_000_000)
        var other = LatencySeries()
        for _ in 0..<1000 { other.record(15_000_000, at: 0) }
        let (p50, p99) = LatencySeries.columns([series])
        #expect(p50.count == 3 && p50[1] == 0 && p99[1] == 0)
        #expect((p50[0] - 0.005).magnitude < 0.000_05 && (p99[0] - 0.0099).magnitude < 0.000_1)
        #expect((p50[2] - 0.002).magnitude < 0.000_02 && (p99[2] - 0.004).magnitude < 0.000_04)
        let both = LatencySeries.columns([series, other]).p50
        #expect((both[0] - 0.01).magnitude < 0.000_1 && both[2] == p50[2])
    }

    @Test func `by several threads is added up`() {
        var (one, other) = (Tally(), Tally())
        one.attempt(at: 0)
        one.complete(at: 50_000_000)
        other.attempt(at: 0)
        other.fail(.connect, Failure.timeout, at: 310_000_000)
        other.total.record(5_000)
        one.add(other)
        #expect(one.attempted == 2 && one.completed == 1)
        #expect(one.errorsByStage == ["connect": ["TIMEOUT": 1]])
        #expect(one.total.totalCount == 1)
        #expect(one.timeline.series["attempted"] == [2, 0, 0, 0])
        #expect(one.timeline.series["TIMEOUT"] == [0, 0, 0, 1])
    }

    @Test func `beside a run stays as it was where nobody looked`() {
        var columns = SampleColumns()
        columns.set("ports_used", at: 1, to: 7)
        columns.set("ports_used", at: 1, to: 9)
        columns.set("ports_used", at: 3, to: 8)
        columns.set("client_FIN_WAIT2", at: 0, to: 2)
        #expect(columns.rows == 4)
        #expect(
            columns.filled(to: 5) == [
                "ports_used": [0, 7, 7, 8, 8], "client_FIN_WAIT2": [2, 2, 2, 2, 2],
            ])
    }

    @Test func `over time falls into tenths of a second`() {
        var timeline = Timeline()
        timeline.add(0, at: 0)
        timeline.add(0, at: 99_999_999)
        timeline.add(1, at: 250_000_000)
        #expect(
            timeline.series == [
                "attempted": [2, 0, 0], "completed": [0, 0, 1], "dropped": [0, 0, 0],
            ])
    }
}
