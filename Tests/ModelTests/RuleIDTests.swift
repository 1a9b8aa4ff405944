import FoundationEssentials
import Model
import Testing

@Suite struct `The id of a rule` {
    @Test func `is typed as one of the words, each of which names one rule`() {
        #expect(Set(RuleID.words).count == RuleID.words.count)
        #expect(RuleID.words.allSatisfy { RuleID(rawValue: $0)?.rawValue == $0 })
        #expect(RuleID(rawValue: "ports-slow") == .portsSlow)
        #expect(RuleID(rawValue: "ports-slwo") == nil)
        #expect(RuleID.nearest(to: "ports-slwo").first == "ports-slow")
    }

    @Test func `is a bare word in a document, also one of another version`() throws {
        let words = ["ports-slow", "of-another-version"]
        let rules = try JSONDecoder().decode([RuleID].self, from: JSONEncoder().encode(words))
        #expect(rules.first == .portsSlow && rules.map(\.rawValue) == words)
        #expect(try JSONDecoder().decode([String].self, from: JSONEncoder().encode(rules)) == words)
    }
}
