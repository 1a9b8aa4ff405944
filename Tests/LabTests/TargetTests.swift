import Kernel
import Model
import Testing

@testable import Lab

extension Measured {
    @Suite struct `A target` {
        private static let loopback = IPAddress(v4: 0x7f00_0001)

        private func plan(_ address: IPAddress, _ port: UInt16) -> LoadPlan {
            var plan = LoadPlan()
            plan.target = .addresses([SocketAddress(address, port: port)])
            return plan
        }

        @Test func `that refuses is counted as refusing`() throws {
            // Bound and not listening: nobody else can have the port.
            let socket = TCPSocket(descriptor: TCPSocket.open(isIPv6: false))
            defer { socket.close() }
            #expect(socket.bind(to: SocketAddress(Self.loopback, port: 0)) == 0)
            var plan = plan(Self.loopback, try #require(socket.localPort()))
            plan.count = 20
            let result = try LoadRun(plan).run().0
            #expect(result.errorsByStage == ["connect": ["ECONNREFUSED": 20]])
            #expect(result.completed == 0 && result.total == nil)
            #expect(result.clientStates == nil && result.serverCPUSeconds == nil)
        }

        @Test func `that never answers is given up`() throws {
            let socket = TCPSocket(descriptor: TCPSocket.open(isIPv6: false))
            defer { socket.close() }
            #expect(socket.bind(to: SocketAddress(Self.loopback, port: 0)) == 0)
            #expect(socket.listen(backlog: 0) == 0)
            var plan = plan(Self.loopback, try #require(socket.localPort()))
            plan.count = 4
            plan.connections = 4
            plan.timeout = 0.3
            let result = try LoadRun(plan).run().0
            // A backlog of 0 holds one connection; the SYNs of the others are dropped.
            #expect(result.errorsByStage == ["connect": ["TIMEOUT": 3], "receive": ["TIMEOUT": 1]])
        }

        @Test func `elsewhere needs the user's word, a rate and an end`() throws {
            let other = IPAddress(v4: 0xC000_0201)
            var plan = plan(other, 80)
            plan.pace = .open(from: 10, to: 10, spacing: .even)
            plan.seconds = 1
            #expect(throws: Refusal.self) { try TargetRules.check(plan, isOwned: false) }
            try TargetRules.check(plan, isOwned: true)
            plan.seconds = nil
            #expect(throws: Refusal.self) { try TargetRules.check(plan, isOwned: true) }
            plan.seconds = 1
            plan.pace = .closed
            #expect(throws: Refusal.self) { try TargetRules.check(plan, isOwned: true) }
            plan.pace = .open(from: 10, to: 6000, spacing: .even)
            #expect(throws: Refusal.self) { try TargetRules.check(plan, isOwned: true) }
            try TargetRules.check(self.plan(Self.loopback, 80), isOwned: false)
        }
    }
}
