import Model
import Testing

@testable import Audit

@Suite struct `A port forecast` {
    /// 61 buckets, each of the same number.
    private func every(_ count: Int) -> ClosingHistory {
        ClosingHistory(Array(repeating: count, count: 61))
    }

    @Test func `is level at a steady rate`() {
        // 100/s for longer than a minute: each second frees the 100 of 61 s ago.
        let forecast = PortForecast(taken: 6100, history: every(100), openedPerSecond: 100)
        #expect(forecast.seconds(until: 6101) == nil)
        #expect(forecast.seconds(until: 6100) == 0)
    }

    @Test func `counts a young rate up to its level`() throws {
        // 100/s for 10 s: nothing is freed for 51 s, and the level will be 61 × 100.
        let history = ClosingHistory(
            Array(repeating: 100, count: 10) + Array(repeating: 0, count: 51))
        let forecast = PortForecast(taken: 1000, history: history, openedPerSecond: 100)
        #expect(try #require(forecast.seconds(until: 2000)).rounded() == 10)
        #expect(try #require(forecast.seconds(until: 6099)).rounded() == 51)
        #expect(forecast.seconds(until: 6101) == nil)
    }

    @Test func `sees no end of a burst that is over`() {
        let history = ClosingHistory(
            Array(repeating: 0, count: 20) + [5000] + Array(repeating: 0, count: 40))
        let forecast = PortForecast(
            taken: 5000, history: history, openedPerSecond: history.recentPerSecond)
        #expect(forecast.seconds(until: 5001) == nil)
    }

    @Test func `reaches a limit in the part of a second`() {
        let forecast = PortForecast(
            taken: 0, history: ClosingHistory([]), openedPerSecond: 100)
        #expect(forecast.seconds(until: 250) == 2.5)
    }

    @Test func `holds a reused port for the delay only`() {
        // 1000/s with a delay of 1 s: 1000 ports are held at any time, and no more.
        let forecast = PortForecast(
            taken: 1000, history: every(1000), openedPerSecond: 1000, hold: 1)
        #expect(forecast.seconds(until: 1001) == nil)
        // With 0.5 s 500 of the last second's are still held, and 500 stay so.
        let half = PortForecast(taken: 500, history: every(1000), openedPerSecond: 1000, hold: 0.5)
        #expect(half.seconds(until: 1100) == nil)
    }

    @Test func `lets live connections grow to the horizon and not beyond`() throws {
        let forecast = PortForecast(
            taken: 100, history: ClosingHistory([]), openedPerSecond: 0, growthPerSecond: 2,
            horizon: 600)
        #expect(forecast.seconds(until: 1100) == 500)
        #expect(forecast.seconds(until: 1500) == nil)
    }

    @Test func `frees only the share that is among its ports`() {
        // Half of the history's sockets are of these ports: 50 of 100 come free each second.
        let forecast = PortForecast(
            taken: 3050, history: every(100), share: 0.5, openedPerSecond: 50)
        #expect(forecast.seconds(until: 3051) == nil)
    }

    @Test func `has reached a limit of nothing`() {
        #expect(
            PortForecast(taken: 0, history: ClosingHistory([]), openedPerSecond: 0)
                .seconds(until: 0) == 0)
    }
}

@Suite struct `A closing history` {
    @Test func `tells the rate of the minute and of the last seconds`() {
        let history = ClosingHistory([90, 10, 20, 30, 40, 50] + Array(repeating: 6, count: 55))
        #expect(history.perSecond == 9.4)
        #expect(history.recentPerSecond == 30)
        // What is older than a second may have been reused: only the last second is sure.
        #expect(history.recentPerSecond(reusedAfter: 1) == 90)
        #expect(history.recentPerSecond(reusedAfter: 2.5) == 50)
    }

    @Test func `counts by age, parts of a second as parts`() {
        let history = ClosingHistory([100, 50, 10])
        #expect(history.older(than: 0) == 160)
        #expect(history.older(than: 0.25) == 135)
        #expect(history.older(than: 2) == 10)
        #expect(history.older(than: 3) == 0)
        #expect(ClosingHistory([]).older(than: 1) == 0)
    }

    @Test func `bears counts that no host has`() {
        let history = ClosingHistory(Array(repeating: .max, count: 100) + [-5])
        #expect(history.perSecond.isFinite)
        #expect(ClosingHistory([-5, .min]).older(than: 0) == 0)
    }
}
