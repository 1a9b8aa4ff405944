import Audit
import FoundationEssentials
import Model
import Testing

@Suite struct `Severities of rules` {
    private static let folder: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return parts.dropLast(3).joined(separator: "/") + "/Sources/Audit/Rules"
    }()

    @Test func `are listed for every rule, in the order of a report`() {
        #expect(RuleSeverities.all.map(\.rule) == RuleID.allCases)
        for (rule, severities) in RuleSeverities.all {
            #expect(!severities.isEmpty, "\(rule)")
            #expect(severities == severities.sorted(by: >), "\(rule)")
        }
    }

    /// A severity that a rule's source names and the table does not would come as a series of its own, out of nothing.
    @Test func `have every one that the source of a rule names`() throws {
        let listed = Dictionary(
            uniqueKeysWithValues: RuleSeverities.all.map { ($0.rule, $0.severities) })
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
        var seen = 0
        for file in files where file.hasSuffix(".swift") {
            let data = try Data(contentsOf: URL(filePath: "\(Self.folder)/\(file)"))
            let code = String(decoding: data, as: UTF8.self).split(separator: "\n")
                .map { $0.prefix(upTo: $0.firstRange(of: "//")?.lowerBound ?? $0.endIndex) }
                .joined(separator: "\n")
            let name = try #require(
                code.firstMatch(of: /static let id = RuleID\.([A-Za-z0-9]+)/)?.output.1)
            let rule = try #require(
                RuleID(
                    rawValue: name.map { $0.isUppercase ? "-\($0.lowercased())" : "\($0)" }.joined()
                )
            )
            seen += 1
            for match in code.matches(of: /[^A-Za-z"]\.(critical|warning|notice|myth)\b/) {
                let severity = try #require(Severity(rawValue: String(match.output.1)))
                #expect(listed[rule]?.contains(severity) == true, "\(rule) \(severity)")
            }
        }
        #expect(seen == RuleSeverities.all.count)
    }
}
