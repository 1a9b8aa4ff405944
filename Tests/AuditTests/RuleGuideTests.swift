import FoundationEssentials
import Model
import Testing

@testable import Audit

@Suite struct `The guide to the rules` {
    /// What the sources say, read here in another way than the script does.
    private func comments() throws -> [RuleID: String] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Audit/Rules").standardized
        var texts: [RuleID: String] = [:]
        let ids = Dictionary(uniqueKeysWithValues: Rules.all.map { ("\(type(of: $0))", $0.id) })
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let source = try String(
                contentsOf: folder.appending(path: name), encoding: .utf8)
            let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
            guard
                let head = lines.firstIndex(where: {
                    $0.contains("struct ") && $0.contains(": Rule {")
                }),
                let type = lines[head].split(separator: " ").last(where: { $0.hasSuffix(":") }),
                let id = ids[String(type.dropLast())]
            else { continue }
            let comment = lines[..<head].reversed().prefix { $0.hasPrefix("///") }.reversed()
            texts[id] = comment.map { $0.dropFirst($0 == "///" ? 3 : 4) + "\n" }.joined()
        }
        return texts
    }

    @Test func `says what the comments in the source say: run scripts/rule-texts.sh`() throws {
        #expect(try comments().mapValues { $0.dropLast() } == RuleTexts.byID.mapValues { $0[...] })
    }

    @Test func `has a page for every rule, and no rule twice`() throws {
        #expect(Set(RuleGuide.ids).count == RuleGuide.ids.count)
        for id in RuleGuide.ids {
            let lines = try #require(RuleGuide.text(for: id)).split(separator: "\n")
            #expect(lines.count >= 6, "\(id)")
            #expect(lines.contains { $0.contains("ilent") }, "\(id) tells when it is silent")
            #expect(lines.contains { $0.contains("Confirm:") }, "\(id) tells how to confirm it")
        }
        #expect(RuleGuide.rule(named: "Ports-Slow") == .portsSlow)
        #expect(RuleGuide.rule(named: "no-such-rule") == nil)
    }
}
