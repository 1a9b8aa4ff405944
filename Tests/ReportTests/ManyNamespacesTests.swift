import Audit
import Model
import Testing

@testable import Report

@Suite struct `An audit of many namespaces` {
    private static let host = Host(name: "node-1", kernel: "6.18.0", machine: "x86_64")

    private func assessment(
        _ name: String, sockets: Int = 12, findings: [Finding] = []
    ) -> Assessment {
        var snapshot = Snapshot(
            name, inode: 7, isInit: name == "init",
            states: sockets > 0 ? [.established: sockets] : [:])
        snapshot.namespace.entry = .named(name)
        return Assessment(
            situation: Situation(host: Self.host, view: .init(now: snapshot)), findings: findings)
    }

    private func finding(
        _ rule: RuleID, _ severity: Severity, subject: String = "10.0.0.9:5432"
    ) -> Finding {
        Finding(
            rule: rule, severity: severity, subject: subject, observed: "observed of \(rule)",
            evidence: [:], cause: "the cause", remedies: [], proof: "proof")
    }

    private func page(_ assessments: [Assessment]) -> String {
        AuditReport.text(
            assessments, host: Self.host,
            options: .init(width: 100, tool: Tool(name: "tcptune", version: "0")))
    }

    private func lines(_ page: String) -> [String] {
        page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test func `takes a line for each that is well, behind those that are not`() throws {
        let well = (1...82).map { assessment("web-\($0)", sockets: $0 == 5 ? 0 : 12) }
        let ill = assessment("db", findings: [finding(.portsExhausting, .critical)])
        let page = page(well + [ill])
        let lines = lines(page)
        #expect(lines.count <= 110, "\(lines.count) lines")
        let first = try #require(lines.firstIndex { $0.contains("observed of ports-exhausting") })
        let second = try #require(
            lines.firstIndex { $0.contains("web-2: 12 sockets, no problems found") })
        let tenth = try #require(
            lines.firstIndex { $0.contains("web-10: 12 sockets, no problems found") })
        #expect(first < second && second < tenth)
        #expect(lines.count { $0.contains("no problems found") } == 82)
        #expect(page.contains("web-5: no TCP socket, no problems found"))
        #expect(page.contains("1 critical in 1 of 83 network namespaces"))
        #expect(page.contains("tcptune explain ports-exhausting --netns db"))
    }

    @Test func `says once what is the same and not urgent in many`() {
        let alike = (1...80).map { number in
            assessment(
                "web-\(number)",
                findings: [finding(.namespaceDiffers, .notice, subject: "web-\(number)")])
        }
        let page = page(alike)
        #expect(lines(page).count < 40)
        #expect(page.contains("80 network namespaces alike"))
        // Once in its place, once as the most severe at the end.
        #expect(lines(page).count { $0.contains("observed of namespace-differs") } == 2)
    }

    @Test func `shows by themselves those that are urgent, or few`() {
        let urgent = (1...5).map {
            assessment("web-\($0)", findings: [finding(.portsSlow, .warning)])
        }
        let few = (1...2).map { assessment("db-\($0)", findings: [finding(.rfc1337, .myth)]) }
        let lines = lines(page(few + urgent))
        #expect(lines.count { $0.contains("observed of ports-slow") } == 5 + 1)
        #expect(lines.count { $0.contains("observed of rfc1337") } == 2)
        #expect(!lines.contains { $0.contains("alike") })
        let warning = lines.firstIndex { $0.contains("ports-slow") } ?? .max
        let myth = lines.firstIndex { $0.contains("observed of rfc1337") } ?? 0
        #expect(warning < myth)
    }
}
