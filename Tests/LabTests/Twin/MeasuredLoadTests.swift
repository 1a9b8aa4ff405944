import Model
import Testbed
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
        // Those that are open have their ports besides.
        #expect(workload.scaling == .measured(ports: 0.225, minute: 0.05, held: 20))
        #expect(workload.plan.seconds == 3 && workload.hostRate == 200)
        #expect(workload.text.contains("900/s stand in for its 200/s on 10.0.0.5 → 10.0.0.9:5432"))
    }

    @Test(arguments: [2.0, 3, 5, 10, 60, 90])
    func `fills its ports as far in a run of any length as the host does in a minute`(
        seconds: Double
    ) throws {
        // 40/s hold 2400 ports, of 2000 that there are: too many, in whatever time that is shown.
        let now = snapshot(uptime: 100) {
            $0.tuples = [ledger(closing: 40, established: 0, timeWait: 800)]
        }
        let workload = try Workload.measured(.init(now: now), lasting: seconds)
        #expect(workload.plan.seconds == seconds)
        guard case .measured(let share, let minute, _) = workload.scaling else {
            Issue.record("it is not scaled as a measured load")
            return
        }
        let connections = (workload.rate ?? 0) * min(seconds, 60)
        #expect((connections / (2000 * share) - 1.2).magnitude < 0.01)
        #expect(minute == min(seconds / 60, 1) && share <= 1)
    }

    @Test func `leaves out the ports that bound, idle sockets hold`() throws {
        let now = snapshot(uptime: 100) {
            $0.tuples = [ledger(closing: 30, established: 5, timeWait: 1000)]
            $0.bound = [
                BoundSockets(address: Self.tuple.source, sockets: 600, portsInRange: 600),
                BoundSockets(address: IPAddress(v4: 0), sockets: 9, portsInRange: 7),
                BoundSockets(address: Self.tuple.destination, sockets: 50, portsInRange: 50),
            ]
        }
        let workload = try Workload.measured(.init(now: now))
        guard case .measured(let share, _, let held) = workload.scaling else {
            Issue.record("it is not scaled as a measured load")
            return
        }
        #expect(held == 612)
        // 30/s hold 1800 ports, of 2000 less those: the twin has as many too few.
        let values = [Scaler.range: "20000 21999"]
        let scaler = Scaler(workload.scaling, now: values, then: values, rate: workload.rate)
        let ports = try #require(Scaler.usable(scaler.scaled(values)))
        #expect(ports == Int((1388 * share).rounded()))
        #expect((600.0 * 3 / Double(ports) - 1800.0 / 1388).magnitude < 0.01)
    }

    @Test func `over loopback is shown over loopback`() throws {
        let tuple = Tuple(
            source: IPAddress(v4: 0x7F00_0001), destination: IPAddress(v4: 0x7F00_0001), port: 80)
        let now = snapshot(uptime: 100) {
            $0.tuples = [
                PortLedger(
                    tuple: tuple, states: StateCounts([.timeWait: 100]),
                    closings: [Int](repeating: 9, count: 61))
            ]
        }
        #expect(try Workload.measured(.init(now: now)).plan.link == .loopback)
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
        #expect(workload.assumed.contains { $0.contains("instead of 4 s") })
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
        #expect(throws: Refusal.self) { try Workload.measured(.init(now: now)) }
    }
}
