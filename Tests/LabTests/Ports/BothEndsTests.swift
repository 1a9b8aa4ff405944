import HostState
import Kernel
import Testing

@testable import Lab

/// What the experiments count is what ss(8) sees in the same namespace.
@Suite(.serialized, .enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
struct `Connections made one after another` {
    private static let arm = Arm("any", .baseline, settings: [.ports(150), .reuse(0)])

    /// A number that a command prints, in the namespace of the calling thread.
    private static func number(_ command: String) throws(KernelError) -> Int {
        let child = try ChildProcess.run("/bin/sh", ["-c", command], within: 10)
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
            let census = try ends.census()
            seen["census"] = census.client.states[.timeWait]
            seen["server's census"] = census.server.states[.timeWait]
            seen["counted"] = try TimeWaits.count()
            seen["ports"] = try TimeWaits.ports().count
            let left = try TimeWaits.longest(since: LoadClock.now) ?? 0
            seen["minutes"] = 50...60.1 ~= left ? 1 : 0
            seen["ss"] = try Self.number("\(ss) state time-wait | wc -l")
            seen["ss ports"] = try Self.number(
                "\(ss) state time-wait | awk '{print $3}' | sed 's/.*://' | sort -u | wc -l")
            seen["proc"] = try Self.number("grep -c ' 06 ' /proc/thread-self/net/tcp")
            return seen
        }
        #expect(
            seen == [
                "opened": 150, "EADDRNOTAVAIL": 50, "census": 150, "server's census": 0,
                "counted": 150, "ports": 150, "minutes": 1, "ss": 150, "ss ports": 150,
                "proc": 150,
            ])
    }

    @Test func `keep TIME_WAIT where the first to close is`() throws {
        for (first, client, server) in [(BothEnds.First.client, 30, 0), (.server, 0, 30)] {
            let census = try BothEnds.run(Self.arm, ground: []) {
                (ends) throws(KernelError) in
                for number in 0..<30 {
                    // A port that the client has again would take the place of a TIME_WAIT at the server.
                    let own = SocketAddress(
                        PrivateNetwork.address(.client, 0), port: UInt16(30_000 + number))
                    if case .open(let connection) = ends.connect(prepare: { $0.bind(to: own) }) {
                        ends.close(connection, first: first)
                    }
                }
                return try ends.census()
            }
            #expect(census.client.states[.timeWait] == client)
            #expect(census.server.states[.timeWait] == server)
        }
    }

    @Test func `say that a setting is not there`() {
        let arm = Arm(
            "odd", .baseline, settings: [.setting("net.ipv4.tcp_tw_recycle", "1")])
        #expect {
            try BothEnds.run(arm, ground: []) { _ in 0 }
        } throws: { error in
            (error as? LabError)?.kind == .unavailable
                && "\(error)".contains("net.ipv4.tcp_tw_recycle")
        }
    }
}
