import Audit
import HostState
import Testing

@testable import Report

@Suite struct `The words of an audit` {
    private func verdict(_ severities: Severity...) -> AuditVerdict {
        let findings = severities.map {
            Finding(
                rule: "a-rule", severity: $0, subject: "a subject", observed: "", evidence: [:],
                cause: "", remedies: [], proof: "")
        }
        let situation = Situation(
            host: Scene.web,
            view: .init(now: Snapshot("init", inode: 1, isInit: true, states: [.listen: 1])))
        return AuditVerdict(assessments: [Assessment(situation: situation, findings: findings)])
    }

    @Test func `name the worst that was found`() {
        #expect(
            verdict(.critical, .critical, .myth).sentence
                == "Connections are failing, or will within a minute: a-rule, a subject, and 1 more."
        )
        #expect(
            verdict(.warning, .notice).sentence
                == "Nothing fails now. One thing will within the day or under a peak: a-rule, a subject."
        )
        #expect(
            verdict(.notice, .notice).sentence
                == "In good health; 2 things are wasteful or misleading.")
        #expect(
            verdict(.myth).sentence
                == "In good health; one setting does not do what it seems to.")
        #expect(verdict().sentence == "Nothing found: TCP on this host is in good health.")
    }

    @Test func `count what was found`() {
        #expect(
            verdict(.critical, .critical, .warning, .warning, .notice).counts.plain
                == "2 critical · 2 warnings · 1 notice")
        #expect(verdict().counts.plain == "nothing found")
    }

    @Test func `say how sure an owner is`() {
        var owner = Owner(name: "nginx", confidence: .certain, reason: "it holds the socket")
        #expect(OwnerText.phrase(owner).plain == "nginx")
        owner.confidence = .likely
        #expect(OwnerText.phrase(owner).plain == "nginx (likely: it holds the socket)")
        #expect(OwnerText.short(owner).plain == "nginx")
        owner.confidence = .possible
        #expect(OwnerText.short(owner).plain == "nginx?")
        #expect(OwnerText.phrase(.unknown).plain == "owner unknown (no live socket to tell by)")
    }
}
