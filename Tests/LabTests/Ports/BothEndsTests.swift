import Kernel
import Model
import Testbed
import Testing

@testable import Lab

extension Measured {
    /// What the experiments count is what ss(8) sees in the same namespace.
    @Suite(.serialized, .enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `Connections made one after another` {
        private static let arm = Arm("any", .baseline, settings: [.ports(150), .reuse(0)])

        /// A number that a command prints, in the namespace of the calling thread.
        private static func number(_ command: String) throws(KernelError) -> Int {
            let child = try ChildProcess.run("/bin/sh", ["-c", command], within: 120)
            return Int(child.output.filter(\.isNumber)) ?? -1
        }

        @Test func `leave the ports and states that ss counts`() throws {
            let ss = "ss -Htan"
            let seen = try BothEnds.run(Self.arm, ground: []) {
                (ends) throws(KernelError) -> [String: Int] in
                var seen = ["opened": 0, "EADDRNOTAVAIL": 0]
                for _ in 0..<200 {
                    switch ends.connect() {
                    case .open(let connection):
                        seen["opened", default: 0] += 1
                        ends.close(connection, first: .client)
                    case .failed(SocketErrno.noAddress): seen["EADDRNOTAVAIL", default: 0] += 1
                    case .failed(let error): seen["errno \(error)"] = 1
                    }
                }
                let totals = try ends.totals()
                seen["totals"] = totals.client.inTimeWait
                seen["server's totals"] = totals.server.inTimeWait
                seen["counted"] = try NamespaceSampler.open().counters().inTimeWait
                seen["census"] = try NamespaceSampler.open().census().states[.timeWait]
                for port in UInt16(20_000)..<20_200 {
                    let own = SocketAddress(PrivateNetwork.address(.client, 0), port: port)
                    if try TimeWaits.left(from: own, to: ends.destinations[0]) != nil {
                        seen["found", default: 0] += 1
                    }
                }
                seen["ss"] = try Self.number("\(ss) state time-wait | wc -l")
                seen["ss ports"] = try Self.number(
                    "\(ss) state time-wait | awk '{print $3}' | sed 's/.*://' | sort -u | wc -l")
                seen["proc"] = try Self.number("grep -c ' 06 ' /proc/thread-self/net/tcp")
                return seen
            }
            #expect(
                seen == [
                    "opened": 150, "EADDRNOTAVAIL": 50, "totals": 150, "server's totals": 0,
                    "counted": 150, "census": 150, "found": 150, "ss": 150, "ss ports": 150,
                    "proc": 150,
                ])
        }

        @Test func `keep TIME_WAIT where the first to close is`() throws {
            for (first, client, server) in [(BothEnds.First.client, 30, 0), (.server, 0, 30)] {
                let totals = try BothEnds.run(Self.arm, ground: []) {
                    (ends) throws(KernelError) in
                    for number in 0..<30 {
                        // A port that the client has again would take the place of a TIME_WAIT at the server.
                        let own = SocketAddress(
                            PrivateNetwork.address(.client, 0), port: UInt16(30_000 + number))
                        if case .open(let connection) = ends.connect(prepare: { $0.bind(to: own) })
                        {
                            ends.close(connection, first: first)
                        }
                    }
                    return try ends.totals()
                }
                #expect(totals.client.inTimeWait == client)
                #expect(totals.server.inTimeWait == server)
            }
        }

        @Test func `say that a setting is not there`() {
            let arm = Arm(
                "odd", .baseline, settings: [.setting("net.ipv4.tcp_tw_recycle", "1")])
            #expect {
                try BothEnds.run(arm, ground: []) { _ in 0 }
            } throws: { error in
                (error as? Refusal)?.kind == .unavailable
                    && "\(error)".contains("net.ipv4.tcp_tw_recycle")
            }
        }

        @Test func `have the seconds left that ss tells`() throws {
            let (left, said) = try BothEnds.run(Self.arm, ground: []) {
                (ends) throws(KernelError) -> (Double?, Int) in
                let own = SocketAddress(PrivateNetwork.address(.client, 0), port: 30_000)
                if case .open(let connection) = ends.connect(prepare: { $0.bind(to: own) }) {
                    ends.close(connection, first: .client)
                }
                // timer:(timewait,59sec,0), and at its very beginning timer:(timewait,1min,0)
                let said = try Self.number(
                    "ss -Htano state time-wait | sed 's/.*timewait,//; s/1min/60sec/; s/sec.*//'")
                return (try TimeWaits.left(from: own, to: ends.destinations[0]), said)
            }
            // ss leaves out the part of a second, and may have looked some seconds before on a busy machine.
            #expect(
                (Int(left ?? 0)...60).contains(said) && left ?? 99 <= 60.1, "\(said) \(left ?? -1)")
        }
    }
}
