import Audit
import FoundationEssentials
import Model
import Report
import Testing

@Suite struct `A summary of an audit` {
    private struct Document: Decodable {
        struct Data: Decodable {
            struct Row: Decodable {
                let rule: String?
                let port: UInt16?
            }
            struct LeftOut: Decodable {
                let findings: Int
                let tuples: Int
            }
            let findings: [Row]
            let tuples: [Row]
            let leftOut: LeftOut
            let severityCounts: [String: Int]

            enum CodingKeys: String, CodingKey {
                case findings, tuples
                case leftOut = "left_out"
                case severityCounts = "severity_counts"
            }
        }
        let format: String
        let data: Data
    }

    private static func summary(of assessments: [Assessment], host: Host) throws -> (
        text: String, document: Document
    ) {
        let text = try AuditReport.summary(assessments, host: host, tool: Scene.options.tool)
        return (text, try JSONDecoder().decode(Document.self, from: Data(text.utf8)))
    }

    @Test func `has the worst of what was found, and counts the rest`() throws {
        let (text, document) = try Self.summary(of: Scene.busy.assessments, host: Scene.busy.host)
        #expect(document.format == "tcptune.summary/1")
        let all = Scene.busy.assessments.flatMap(\.findings)
        let worst = all.map(\.severity).max()
        let first = document.data.findings.first?.rule
        #expect(all.first { $0.rule.rawValue == first }?.severity == worst)
        #expect(document.data.findings.count + document.data.leftOut.findings == all.count)
        #expect(document.data.severityCounts.values.reduce(0, +) == all.count)
        #expect(text.hasSuffix("}\n") && !text.dropLast().contains("\n"))
    }

    @Test func `is 4 kB at most, however long the names and however many the findings`() throws {
        var findings: [Finding] = []
        for number in 0..<400 {
            findings.append(
                Finding(
                    rule: .portsSlow, severity: .warning,
                    subject: String(repeating: "\u{1F}ß", count: 200) + "\(number)", observed: "",
                    evidence: [:], cause: "", remedies: [], proof: ""))
        }
        let busy = try #require(Scene.busy.assessments.first)
        let (text, document) = try Self.summary(
            of: [Assessment(situation: busy.situation, findings: findings)], host: Scene.busy.host)
        #expect(text.utf8.count <= 4096)
        #expect(document.data.findings.count + document.data.leftOut.findings == 400)
    }
}
