import Model
import Testing

@testable import Audit

@Suite struct `What is known of reuse` {
    private func evidence(
        _ closings: [Int]? = nil, _ states: [TCPState: Int] = [.timeWait: 14000],
        to address: IPAddress = Scene.destination, change: (inout Scene) -> Void = { _ in }
    ) throws -> ReuseEvidence {
        var scene = Scene()
        scene.set("net.ipv4.tcp_tw_reuse", "1")
        scene.connect(
            closings.map { [.timeWait: $0.reduce(0, +)] } ?? states,
            from: address == Scene.loopback
                ? address : Scene.source, to: address, closings: closings)
        change(&scene)
        return try #require(scene.situation.tuples.first).reuse
    }

    @Test func `is told by a live connection, or by both ends being here`() throws {
        #expect(try evidence { $0.now.tuples[0].usesTimestamps = true } == .confirmed)
        #expect(try evidence { $0.now.tuples[0].usesTimestamps = false } == .excluded)
        #expect(try evidence(to: Scene.loopback) == .confirmed)
        #expect(try evidence { $0.set("net.ipv4.tcp_timestamps", "0") } == .excluded)
        #expect(try evidence { $0.set("net.ipv4.tcp_tw_reuse", "2") } == .excluded)
    }

    @Test func `is probable where the namespace has reused ports, and otherwise open`() throws {
        #expect(try evidence { $0.now.counters["TcpExt", "TWRecycled"] = 1 } == .probable)
        #expect(try evidence { $0.now.counters["TcpExt", "TWRecycled"] = 0 } == .unconfirmed)
        #expect(try evidence() == .unconfirmed)
    }

    @Test func `is refuted by more TIME_WAIT than reuse leaves`() throws {
        let recycled = { (count: Int64) in
            { (scene: inout Scene) in scene.now.counters["TcpExt", "TWRecycled"] = count }
        }
        // 300/s for a minute: reuse would have kept to the 14 116 of the first half.
        let steady = Array(repeating: 300, count: 60) + [0]
        #expect(try evidence(steady, change: recycled(0)) == .refuted)
        #expect(try evidence(steady, change: recycled(1)) == .doubtful)
        // 15 000 in two seconds, then a few: none of them was old enough when the next came.
        let burst = [10, 10, 7500, 7500] + Array(repeating: 0, count: 57)
        #expect(try evidence(burst, change: recycled(0)) == .unconfirmed)
        // The first half within a second, and the second half slowly, where the first could be had again.
        let late = Array(repeating: 1000, count: 12) + [14116] + Array(repeating: 0, count: 48)
        #expect(try evidence(late, change: recycled(0)) == .refuted)
        // Live connections fill the first half: any port of the second may be taken.
        let live: [TCPState: Int] = [.established: 14000, .timeWait: 8000]
        #expect(try evidence(nil, live, change: recycled(0)) == .unconfirmed)
    }

    @Test func `is refuted over an interval in which connections closed and nothing was reused`()
        throws
    {
        let steady = Array(repeating: 300, count: 60) + [0]
        func later(_ growth: Int64) throws -> ReuseEvidence {
            try evidence(steady) {
                $0.now.counters["TcpExt", "TWRecycled"] = 5
                $0.passTenSeconds()
                $0.now.counters["TcpExt", "TWRecycled"] = 5 + growth
            }
        }
        #expect(try later(0) == .refuted)
        #expect(try later(40) == .doubtful)
    }

    /// 500 ports, all in TIME_WAIT, with these ages, at two looks two seconds apart.
    private func full(
        before: [Int], now: [Int], recycled: Int64 = 900
    ) throws -> TupleAssessment {
        var scene = Scene()
        scene.set("net.ipv4.tcp_tw_reuse", "1")
        scene.set("net.ipv4.ip_local_port_range", "40000\t40499")
        scene.connect([.timeWait: 500], even: 250, closings: before)
        scene.now.counters["TcpExt", "TWRecycled"] = 100
        scene.earlier = scene.now
        scene.now.uptime += 2
        scene.now.tuples = []
        scene.connect([.timeWait: 500], even: 250, closings: now)
        scene.now.counters["TcpExt", "TWRecycled"] = recycled
        return try #require(scene.situation.tuples.first)
    }

    private func ages(_ counts: [Int: Int]) -> [Int] { (0..<61).map { counts[$0] ?? 0 } }

    @Test func `is told by the tuple's own ports over an interval`() throws {
        // 150/s go on though all ports are taken and none is a minute old.
        let old = ages([20: 200, 1: 150, 2: 150])
        let reusing = try full(before: old, now: ages([22: 200, 0: 150, 1: 150]))
        #expect(reusing.reuse == .confirmed)
        #expect(!PortsExhausting.applies(to: reusing))
        // None of its own was reused, whatever TWRecycled says of others.
        let burst = try full(before: ages([8: 250, 7: 250]), now: ages([10: 250, 9: 250]))
        #expect(burst.reuse == .unconfirmed)
        #expect(PortsExhausting.applies(to: burst))
        #expect(burst.observed.contains("connect() reused none of its ports in the interval"))
        // Only what had been there for a minute was taken again.
        let expiring = try full(
            before: ages([59: 20, 58: 20, 30: 460]), now: ages([0: 20, 1: 20, 32: 460]))
        #expect(expiring.reuse == .refuted)
        #expect(PortsExhausting.severity(expiring) == .critical)
    }

    @Test func `is not probable for a full tuple at rest, by one look`() throws {
        func once(_ closings: [Int]) throws -> ReuseEvidence {
            var scene = Scene()
            scene.set("net.ipv4.tcp_tw_reuse", "1")
            scene.set("net.ipv4.ip_local_port_range", "40000\t40499")
            scene.connect([.timeWait: 500], even: 250, closings: closings)
            scene.now.counters["TcpExt", "TWRecycled"] = 900
            return try #require(scene.situation.tuples.first).reuse
        }
        #expect(try once(ages([8: 250, 7: 250])) == .unconfirmed)
        #expect(try once(ages([0: 150, 1: 150, 20: 200])) == .probable)
    }
}
