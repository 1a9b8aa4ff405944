import Catalogue
import Model
import Testing

@testable import Audit

@Suite struct `Kernel upgrade helps` {
    private func situation(used: Int, kernel: String) -> Situation {
        var now = QueueFixtures.snapshot(settings: ["net.ipv4.ip_local_port_range": "20000\t29999"])
        now.tuples = [
            PortLedger(
                tuple: Tuple(
                    source: IPAddress(v4: 0x0a00_0005), destination: IPAddress(v4: 0x0a00_0009),
                    port: 5432), states: StateCounts([.established: used]))
        ]
        return QueueFixtures.situation(now, host: QueueFixtures.host(kernel: kernel))
    }

    @Test func `names newer releases that ease a shortage of ports`() throws {
        let finding = try #require(
            KernelUpgradeHelps().findings(in: situation(used: 9900, kernel: "6.1.0-18-amd64")).first
        )
        #expect(finding.severity == .notice)
        #expect(finding.observed.contains("99 % of the ports to 10.0.0.9:5432"))
        #expect(finding.observed.contains("6.15"))
        #expect(!finding.observed.contains("4.19"))
        #expect(finding.remedies.map(\.kind) == [.lastResort])
    }

    @Test(arguments: [(4499, 0), (4500, 1)])
    func `speaks from 45 % of the ports on`(used: Int, count: Int) {
        let findings = KernelUpgradeHelps().findings(in: situation(used: used, kernel: "6.1.0"))
        #expect(findings.count == count)
    }

    @Test(arguments: [("6.14.2", 1), ("6.15.0", 0), ("custom", 0)])
    func `is silent where nothing newer helps or the release is not known`(
        kernel: String, count: Int
    ) {
        let rule = KernelUpgradeHelps(improvements: [
            KernelImprovement(
                KernelRelease(6, 15), "The search takes no lock.", rules: [.portsSlow],
                source: ["net/ipv4/inet_hashtables.c:__inet_hash_connect"]),
            KernelImprovement(
                KernelRelease(6, 16), "Of no help here.", rules: [.pawsRejecting], source: []),
        ])
        #expect(rule.findings(in: situation(used: 5000, kernel: kernel)).count == count)
    }

    @Test func `is silent where the range leaves no port at all`() {
        var now = situation(used: 5000, kernel: "6.1.0").now
        now.settings.append(
            Setting(key: "net.ipv4.ip_local_reserved_ports", value: "20000-29999"))
        now.settings.removeAll {
            $0.key == "net.ipv4.ip_local_reserved_ports" && $0.value?.isEmpty == true
        }
        let none = QueueFixtures.situation(now, host: QueueFixtures.host(kernel: "6.1.0"))
        #expect(none.tuples.first?.usable == 0)
        #expect(KernelUpgradeHelps().findings(in: none).isEmpty)
    }
}
