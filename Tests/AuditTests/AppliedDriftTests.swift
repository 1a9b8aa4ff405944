import Model
import Testing

@testable import Audit

@Suite struct `A setting that tcptune applied` {
    private static let key = "net.ipv4.tcp_fin_timeout"

    private static func situation(now: String, applied: String?, boot: String? = nil) -> Situation {
        var snapshot =
            boot.map { QueueFixtures.booting(key, line: $0, now: now).now }
            ?? QueueFixtures.snapshot()
        if boot == nil { snapshot.settings = [Setting(key: key, value: now)] }
        for index in snapshot.settings.indices where snapshot.settings[index].key == key {
            snapshot.settings[index].applied = applied.map {
                AppliedSetting(
                    value: $0, profile: "fin-wait-relief",
                    transaction: "0123456789abcdef0123456789abcdef")
            }
        }
        return QueueFixtures.situation(snapshot)
    }

    private func findings(_ situation: Situation) -> [Finding] {
        SettingDrifted().findings(in: situation)
    }

    @Test func `has drifted where it has another value`() throws {
        let found = findings(Self.situation(now: "60", applied: "30"))
        let finding = try #require(found.first)
        #expect(found.count == 1 && finding.severity == .notice)
        #expect(
            finding.observed
                == "net.ipv4.tcp_fin_timeout is 60, tcptune applied 30 (profile fin-wait-relief, transaction 01234567)"
        )
        #expect(finding.remedies.first?.command == "sysctl -w net.ipv4.tcp_fin_timeout=30")
        #expect(finding.remedies.last?.command == "tcptune rollback 01234567")
    }

    @Test func `has not drifted where it has its value, whatever stands between the numbers`() {
        #expect(findings(Self.situation(now: "30", applied: "30")).isEmpty)
        #expect(findings(Self.situation(now: "4096\t87380", applied: "4096 87380")).isEmpty)
        #expect(findings(Self.situation(now: "60", applied: nil)).isEmpty)
    }

    @Test func `is told from one that somebody wrote by hand where boot sets another`() throws {
        let finding = try #require(
            findings(Self.situation(now: "30", applied: "30", boot: "50")).first)
        #expect(finding.observed.contains("boot will set 50"))
        #expect(finding.cause.contains("tcptune applied it after boot"))
    }
}
