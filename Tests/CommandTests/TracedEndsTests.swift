import FoundationEssentials
import Testing

/// What a trace says of the end, beside a capture of the wire; and what it asks for, beside curl.
@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `What a trace says` {
    private static func lines<Line: Decodable>(_ scene: String, of kind: Line.Type) throws -> [Line]
    {
        let outcome = try Program.run(
            ["unshare"] + Scene.namespaces + ["python3", Scene.path(scene), Program.tcptune],
            within: 240)
        guard outcome.status == 0 else { throw Program.Failure(outcome.errors) }
        return try outcome.output.split(separator: "\n").map {
            try JSONDecoder().decode(kind, from: Data($0.utf8))
        }
    }

    private struct End: Decodable {
        let server: String
        let wire: String?
        let wire_reset: String?
        let first: String?
        let reset: String?
        let states: [String]
        let peer_states: [String]
    }

    /// Figure 5 of RFC 9293; to CLOSE a reset leads from anywhere.
    private static let steps: Set<[String]> = [
        ["SYN_SENT", "ESTABLISHED"], ["SYN_RECV", "ESTABLISHED"], ["ESTABLISHED", "FIN_WAIT1"],
        ["ESTABLISHED", "CLOSE_WAIT"], ["FIN_WAIT1", "FIN_WAIT2"], ["FIN_WAIT1", "CLOSING"],
        ["FIN_WAIT1", "TIME_WAIT"], ["CLOSING", "TIME_WAIT"], ["FIN_WAIT2", "TIME_WAIT"],
        ["CLOSE_WAIT", "LAST_ACK"],
    ]

    @Test func `of who ended the connection is what went over the wire`() throws {
        let ends = try Self.lines("closers.py", of: End.self)
        #expect(ends.count == 48)
        // On a busy machine a trace may have given up before it was connected.
        #expect(ends.count { $0.states.isEmpty } <= 3)
        for end in ends where !end.states.isEmpty {
            // It may say that it did not see; it must not say what is not so.
            #expect(end.first == end.wire || end.first == "unknown", "\(end)")
            #expect(end.reset == nil || end.reset == end.wire_reset, "\(end)")
            for states in [end.states, end.peer_states] {
                for step in zip(states, states.dropFirst()).map({ [$0, $1] }) {
                    #expect(
                        Self.steps.contains(step)
                            || step[1] == "CLOSE" && !["CLOSE", "TIME_WAIT"].contains(step[0]),
                        "\(end)")
                }
            }
        }
        #expect(ends.count { $0.first == "unknown" } <= 4)
    }

    private struct Asked: Decodable {
        let kind: String
        let what: String
        let curl: [String]
        let own: [String]
    }

    @Test(
        .enabled(
            if: (try? Program.run(["sh", "-c", "command -v curl"]).status) == 0,
            "curl is not installed"))
    func `and asks for is what curl asks for`() throws {
        let asked = try Self.lines("redirects.py", of: Asked.self)
        #expect(asked.count == 44)
        for one in asked {
            #expect(one.own == one.curl && !one.own.isEmpty, "\(one)")
        }
    }

    @Test(.enabled(if: Scene.isRoot, "an interface of its own needs root"))
    func `reaches an address with its interface`() throws {
        try Scene.run("web") { scene in
            let made = try scene.run([
                "sh", "-c",
                "ip link add lonely type veth peer name other && ip link set lonely up && ip link set other up && ip address add fe80::77/64 dev lonely nodad",
            ])
            try #require(made.status == 0, "\(made.errors)")
            let index = try scene.run(["sh", "-c", "ip -o link show lonely | cut -d: -f1"]).output
            for host in [
                "fe80::77%25lonely", "fe80::77%lonely", "fe80::77%" + index.filter(\.isNumber),
                "::1%lo",
                "::1%25lo",
            ] {
                let outcome = try scene.run([
                    Program.tcptune, "trace", "http://[\(host)]:8080/", "--json",
                ])
                #expect(outcome.status == 0, "\(host): \(outcome.errors)")
                let request = try #require(try TraceOutput(outcome.output).data.requests.first)
                #expect(request.response?.head?.status == 200, "\(host)")
                #expect(request.close?.first == "local" && request.close?.held == "TIME_WAIT")
                #expect(request.connect?.connection?.peer?.name == "nginx", "\(host)")
            }
            // The looks may come too late for the server's socket, though not each time.
            let isPeerSeen = try (0..<20).contains { _ in
                let outcome = try scene.run([
                    Program.tcptune, "trace", "http://[fe80::77%lonely]:8080/", "--json",
                ])
                return try TraceOutput(outcome.output).data.requests.first?.states
                    .contains { $0.side == "peer" } == true
            }
            #expect(isPeerSeen)
            let none = try scene.run([Program.tcptune, "trace", "http://[fe80::77%none0]:8080/"])
            #expect(none.status == 64 && none.errors.contains("no interface none0"))
        }
    }

    @Test func `of when bytes came is the kernel's note, however late they are read`() throws {
        try Scene.run("web") { scene in
            // Stopped while the server answers, it wakes long after the bytes have come; on a busy machine the signal may
            // meet it before it has asked.
            let isTold = try (0..<10).contains { _ in
                let program = try scene.program([
                    "sh", "-c",
                    "\"$0\" trace http://127.0.0.1:8081/slow --json & sleep 0.15; kill -STOP $!; sleep 1.2; kill -CONT $!; wait $!",
                    Program.tcptune,
                ])
                let outcome = try program.outcome(within: 60)
                let trace = try TraceOutput(outcome.output)
                let response = try #require(trace.data.requests.first?.response)
                let read = try #require(response.first_byte_seconds)
                let arrived = try #require(response.first_byte_arrived_seconds)
                // The server waits 0.3 s from when it has the request.
                #expect(arrived >= 0.29 && read >= arrived)
                #expect(response.last_byte_arrived_seconds ?? 0 >= arrived)
                return read - arrived > 0.3
            }
            #expect(isTold)
        }
    }
}
