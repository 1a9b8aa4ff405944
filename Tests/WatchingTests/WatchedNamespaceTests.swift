import Audit
import Model
import Testing
import Watching

@Suite struct `A watched namespace` {
    private static func counters(at time: Double, opens: Int64, timeWaits: Int64) -> CounterSample {
        var sample = CounterSample(time: time)
        sample[.activeOpens] = opens
        sample[.timeWaits] = timeWaits
        return sample
    }

    private static func listener(port: UInt16, drops: Int?) -> Listener {
        var listener = Listener(address: .unspecifiedV4, port: port)
        listener.drops = drops
        return listener
    }

    @Test func `tells rates by the time that has passed`() throws {
        var watched = WatchedNamespace(share: 0.01, at: 100)
        _ = watched.take(Self.counters(at: 100, opens: 1000, timeWaits: 50), [])
        #expect(watched.rate(of: .activeOpens) == nil)
        _ = watched.take(Self.counters(at: 102, opens: 1100, timeWaits: 80), [])
        #expect(watched.rate(of: .activeOpens) == 50)
        #expect(watched.closedPerSecond == 15)
        _ = watched.take(Self.counters(at: 103, opens: 1110, timeWaits: 80), [])
        #expect(watched.curve(of: .activeOpens, last: 5) == [50, 10])
        #expect(watched.rate(of: .listenDrops) == nil)
    }

    @Test func `tells each listener's drops per second, and nothing of one that is new`() throws {
        var watched = WatchedNamespace(share: 0.01, at: 100)
        _ = watched.take(
            Self.counters(at: 100, opens: 0, timeWaits: 0),
            [Self.listener(port: 80, drops: 5), Self.listener(port: 81, drops: nil)])
        _ = watched.take(
            Self.counters(at: 102, opens: 0, timeWaits: 0),
            [
                Self.listener(port: 80, drops: 25), Self.listener(port: 81, drops: nil),
                Self.listener(port: 82, drops: 9),
            ])
        let place = WatchedNamespace.ListenerPlace(Self.listener(port: 80, drops: nil))
        #expect(watched.drops == [place: 10])
        _ = watched.take(
            Self.counters(at: 103, opens: 0, timeWaits: 0), [Self.listener(port: 80, drops: 25)])
        #expect(watched.drops.isEmpty)
    }

    @Test func `asks for everything first, and then by what that cost`() throws {
        var watched = WatchedNamespace(share: 0.01, at: 100)
        #expect(watched.take(Self.counters(at: 100, opens: 0, timeWaits: 0), []) == .everything)
        let host = Host(name: "h", kernel: "6.1.0", machine: "x86_64")
        let snapshot = Snapshot(
            namespace: Namespace(inode: 1, name: "init"), time: 0, uptime: 100, source: .diag)
        let assessment = Assessment(host: host, view: Observation.View(now: snapshot))
        watched.take(
            assessment, counters: Self.counters(at: 100, opens: 0, timeWaits: 0), cost: 0.595)
        #expect(watched.take(Self.counters(at: 101, opens: 0, timeWaits: 0), []) == .counters)
        #expect(watched.schedule.age(at: 103) == 3)
        #expect(watched.take(Self.counters(at: 160, opens: 0, timeWaits: 0), []) == .everything)
    }

    @Test func `keeps ten minutes`() {
        var watched = WatchedNamespace(share: 0.01, at: 0)
        for second in 0..<700 {
            _ = watched.take(
                Self.counters(at: Double(second), opens: Int64(second), timeWaits: 0), [])
        }
        #expect(watched.samples.count == WatchedNamespace.usualSeconds)
        #expect(watched.samples.first?.time == 100)
    }
}
