import HostState
import Testing

@testable import Lab

@Suite struct `A measured load` {
    private static let tuple = Tuple(
        source: IPAddress(v4: 0x0A00_0005), destination: IPAddress(v4: 0x0A00_0009), port: 5432)

    private func snapshot(uptime: Double, _ change: (inout Snapshot) -> Void) -> Snapshot {
        var snapshot = Snapshot(
            namespace: Namespace(inode: 1, name: "init"), time: 0, uptime: uptime, source: .diag)
        change(&snapshot)
        return snapshot
    }

    private func ledger(closing perSecond: Int, established: Int, timeWait: Int) -> PortLedger {
        PortLedger(
            tuple: Self.tuple,
            states: StateCounts([.established: established, .timeWait: timeWait]),
            closings: [Int](repeating: perSecond, count: 61))
    }

    @Test func `of one snapshot is told by the ages of TIME_WAIT`() throws {
        let now = snapshot(uptime: 100) {
            $0.tuples = [ledger(closing: 200, established: 20, timeWait: 12_000)]
        }
        let load = try #require(MeasuredLoad(.init(now: now)))
        #expect(load.isOutbound && load.ratePerSecond == 200)
        #expect(load.closedByLocalRatio == 1)
        // 20 open at a time, 200 a second.
        #expect(load.lifetime == 0.1)
        let workload = try Workload.measured(.init(now: now))
        #expect(workload.plan.close == .client && workload.plan.hold == 0.1)
        #expect(workload.rate == 900)
        // 900/s in 3 s fill as much of a quarter less of the ports as 200/s in a minute of all of them.
        #expect(workload.scaling == .measured(ports: 0.225, minute: 0.05))
        #expect(workload.text.contains("900/s stand for its 200/s of 10.0.0.5 → 10.0.0.9:5432"))
    }

    @Test func `of two snapshots knows who closes`() throws {
        let earlier = snapshot(uptime: 98) { $0.counters["Tcp", "PassiveOpens"] = 5 }
        let now = snapshot(uptime: 100) {
            $0.tuples = [ledger(closing: 10, established: 400, timeWait: 600)]
            $0.endings = [Ending(tuple: Self.tuple, count: 200)]
            $0.counters["Tcp", "PassiveOpens"] = 25
        }
        let load = try #require(MeasuredLoad(.init(now: now, earlier: earlier)))
        #expect(load.ratePerSecond == 100 && load.closedByLocalRatio == 0.1)
        let workload = try Workload.measured(.init(now: now, earlier: earlier))
        #expect(workload.plan.close == .server)
        #expect(workload.assumed.contains { $0.contains("the peer closes first") })
        #expect(workload.assumed.contains { $0.contains("in place of the 4.0 s") })
    }

    @Test func `comes in where more is accepted than opened`() throws {
        let earlier = snapshot(uptime: 90) { $0.counters["Tcp", "PassiveOpens"] = 0 }
        let now = snapshot(uptime: 100) {
            $0.counters["Tcp", "PassiveOpens"] = 20_000
            $0.listeners = [
                Listener(
                    address: .unspecifiedV4, port: 443,
                    states: StateCounts([.established: 100, .timeWait: 9000]))
            ]
        }
        let load = try #require(MeasuredLoad(.init(now: now, earlier: earlier)))
        #expect(!load.isOutbound && load.ratePerSecond == 2000)
        let workload = try Workload.measured(.init(now: now, earlier: earlier), of: "web-3")
        #expect(workload.plan.close == .server && workload.rate == 900)
        #expect(workload.text.hasPrefix("what web-3 accepts"))
    }

    @Test func `is none where nothing moved`() {
        let now = snapshot(uptime: 1) { _ in }
        #expect(MeasuredLoad(.init(now: now)) == nil)
        #expect(throws: LabError.self) { try Workload.measured(.init(now: now)) }
    }
}
