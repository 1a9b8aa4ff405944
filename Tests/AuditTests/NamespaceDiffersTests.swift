import Model
import Testing

@testable import Audit

@Suite struct `Namespace differs` {
    private let rule = NamespaceDiffers()

    private func situation(
        here: [String: String], host: [String: String], sockets: Int = 3,
        seesHost hostToo: Bool = true
    ) -> Situation {
        var now = QueueFixtures.snapshot(
            settings: here, namespace: Namespace(inode: 5, name: "shop", isInit: false))
        now.states[.established] = sockets
        let first = QueueFixtures.snapshot(settings: host)
        return QueueFixtures.situation(now, neighbours: hostToo ? [first, now] : [now])
    }

    @Test func `lists what the host was given and the namespace was not`() throws {
        let finding = try #require(
            rule.findings(
                in: situation(
                    here: [:],
                    host: [
                        "net.core.somaxconn": "65535",
                        "net.ipv4.ip_local_port_range": "1024\t65535",
                    ])
            ).first)
        #expect(finding.severity == .notice)
        #expect(finding.subject == "shop")
        #expect(
            finding.observed
                == "2 settings of the host do not apply to this namespace: net.core.somaxconn 4096 (host 65535), "
                + "net.ipv4.ip_local_port_range 32768 60999 (host 1024 65535)")
        #expect(
            finding.remedies.first?.snippets.first?.code.contains(
                "--sysctl net.core.somaxconn=65535")
                == true)
    }

    @Test func `leaves a namespace alone that was set on purpose`() {
        let own = ["net.core.somaxconn": "1024"]
        #expect(rule.findings(in: situation(here: own, host: [:])).isEmpty)
        #expect(
            rule.findings(in: situation(here: own, host: ["net.core.somaxconn": "65535"])).isEmpty)
    }

    @Test func `is silent about values of the whole host, empty namespaces and unseen hosts`() {
        let host = ["net.core.somaxconn": "65535"]
        #expect(rule.findings(in: situation(here: [:], host: ["fs.file-max": "9"])).isEmpty)
        #expect(rule.findings(in: situation(here: [:], host: host, sockets: 0)).isEmpty)
        #expect(rule.findings(in: situation(here: [:], host: host, seesHost: false)).isEmpty)
        #expect(rule.findings(in: situation(here: [:], host: host)).count == 1)
    }
}
