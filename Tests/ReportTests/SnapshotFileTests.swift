import Audit
import FoundationEssentials
import Model
import Testing

@testable import Report

@Suite struct `A snapshot file` {
    private static func observation(_ scene: Scene) -> Observation {
        Observation(
            host: scene.host,
            views: scene.assessments.map {
                .init(now: $0.situation.now, earlier: $0.situation.earlier)
            })
    }

    private static func bytes(_ scene: Scene) throws -> [UInt8] {
        try SnapshotFile.encode(observation(scene), tool: Tool(version: "0.0.0"))
    }

    private static func refusal(_ text: String) -> SnapshotFileError? {
        do {
            _ = try SnapshotFile.decode(Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: Scene.all) func `gives back what was written`(scene: Scene) throws {
        #expect(try SnapshotFile.decode(Self.bytes(scene)) == Self.observation(scene))
    }

    @Test func `of a newer tcptune is refused as such`() throws {
        let error = Self.refusal(#"{"format":"tcptune.snapshot/2","data":{"other":true}}"#)
        #expect(error == .newer(number: 2))
        #expect(error?.description.contains("a newer tcptune made it") == true)
    }

    @Test(arguments: [
        "tcptune.audit/1", "tcptune.snapshot/", "tcptune.snapshot/-1", "tcptune.snapshot/0",
        "tcptune.snapshot/1/1", "",
    ])
    func `of another format is refused`(format: String) {
        #expect(Self.refusal(#"{"format":"\#(format)"}"#) == .otherFormat(format))
    }

    @Test(arguments: ["{}", "[]", "1", #"{"format":1}"#, #"{"format":null,"data":{}}"#])
    func `that names no format is refused`(text: String) {
        #expect(Self.refusal(text) == .otherFormat(nil))
    }

    @Test func `says what is wrong and where`() throws {
        let text = String(decoding: try Self.bytes(.idle), as: UTF8.self)
        #expect(Self.refusal("{")?.description.hasPrefix("it is not JSON or is truncated") == true)
        #expect(
            Self.refusal(text.replacing(#""port":22"#, with: #""port":"x""#))
                == .damaged(reason: "data.views[0].now.listeners[0].port has the wrong type"))
        #expect(
            Self.refusal(text.replacing(#""uptime":"#, with: #""downtime":"#))
                == .damaged(reason: "data.views[0].now has no `uptime`"))
    }

    @Test func `that is cut off anywhere is refused`() throws {
        let bytes = try Self.bytes(.idle)
        for length in 0..<bytes.count - 2 {
            #expect(throws: SnapshotFileError.self) {
                try SnapshotFile.decode(Array(bytes[..<length]))
            }
        }
    }

    @Test(arguments: [Scene.idle, .busy])
    func `with any byte changed is shown or refused, never fatal`(scene: Scene) throws {
        let bytes = try Self.bytes(scene)
        for index in stride(from: 0, to: bytes.count, by: max(bytes.count / 300, 1)) {
            for value: UInt8 in [0, 0x2d, 0x39, 0xff] {
                var changed = bytes
                changed[index] = value
                guard let observation = try? SnapshotFile.decode(changed) else { continue }
                let assessments = observation.views.map {
                    Assessment(
                        situation: Situation(host: observation.host, view: $0), findings: [])
                }
                #expect(
                    !AuditReport.text(
                        assessments, host: observation.host, options: Scene.options
                    ).isEmpty)
            }
        }
    }

    @Test(arguments: [
        (#""LISTEN":2"#, #""LISTEN":9223372036854775807"#), (#""LISTEN":2"#, #""LISTEN":-1"#),
        (#""backlog":128"#, #""backlog":9223372036854775807"#),
        (#""uptime":86400"#, #""uptime":1e300"#), (#""uptime":86400"#, #""uptime":-1"#),
        (#""pageSize":4096"#, #""pageSize":-4096"#),
        (#""dumpSeconds":0.0004"#, #""dumpSeconds":1e999"#),
        (#""withoutInode":{}"#, #""withoutInode":{"ESTABLISHED":9223372036854775807}"#),
        (#""retransmitting":{}"#, #""retransmitting":{"ESTABLISHED":-1}"#),
        (#""closings":[]"#, #""closings":[9223372036854775807]"#),
    ])
    func `with numbers that no kernel reports is refused`(was: String, becomes: String) throws {
        let text = String(decoding: try Self.bytes(.idle), as: UTF8.self)
        #expect(text.contains(was))
        guard case .damaged? = Self.refusal(text.replacing(was, with: becomes)) else {
            if Self.refusal(text.replacing(was, with: becomes)) == .notJSON { return }
            Issue.record("\(becomes) was taken")
            return
        }
    }

    @Test func `with texts and lists longer than a host has is refused`() throws {
        let cases: [(String, (inout Observation) -> Void)] = [
            ("host", { $0.host.name = String(repeating: "n", count: 10_000_000) }),
            ("namespaces", { $0.views = Array(repeating: $0.views[0], count: 5000) }),
            (
                "settings",
                {
                    $0.views[0].now.settings = [
                        Setting(key: "k", value: String(repeating: "1 ", count: 5_000_000))
                    ]
                }
            ),
            (
                "lines of sysctl files",
                {
                    let line = Assignment(value: "1", file: "/etc/a", line: 1)
                    $0.views[0].now.strayAssignments = Array(
                        repeating: StrayAssignment(key: "net.ipv4.tcp_x", assignment: line),
                        count: 50_000)
                }
            ),
            (
                "names",
                {
                    $0.views[0].now.listeners[0].owner.name = String(
                        repeating: "<b>", count: 100_000)
                }
            ),
        ]
        for (word, enlarge) in cases {
            var observation = Self.observation(.idle)
            enlarge(&observation)
            let text = String(
                decoding: try SnapshotFile.encode(observation, tool: Tool(version: "0.0.0")),
                as: UTF8.self)
            guard case .damaged(let reason)? = Self.refusal(text), reason.contains(word) else {
                Issue.record("\(word): taken, or refused for another reason")
                continue
            }
        }
    }

    @Test func `of no namespace is refused`() throws {
        let none = try SnapshotFile.encode(
            Observation(host: Scene.idle.host, views: []), tool: Tool(version: "0.0.0"))
        #expect(
            Self.refusal(String(decoding: none, as: UTF8.self))
                == .damaged(reason: "it contains no namespace"))
    }

    @Test func `nested without end is refused`() {
        #expect(Self.refusal(String(repeating: "[", count: 200_000)) != nil)
        #expect(Self.refusal(String(repeating: #"{"a":"#, count: 200_000)) != nil)
    }
}
