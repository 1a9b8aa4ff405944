import Model
import Testing

@testable import Audit

@Suite struct `Unix queue overflowing` {
    private let rule = UnixQueueOverflowing()

    private func snapshot(_ queue: Int, _ backlog: Int, uptime: Double = 2485) -> Snapshot {
        var snapshot = QueueFixtures.snapshot(uptime: uptime)
        snapshot.unixListeners = UnixListeners(
            count: 3,
            waiting: queue == 0
                ? []
                : [
                    UnixListener(
                        path: "/run/php/php-fpm.sock", inode: 77, queue: queue, backlog: backlog,
                        owner: Owner(
                            name: "php-fpm8.2", pids: [9], confidence: .certain, reason: ""))
                ])
        return snapshot
    }

    private func severities(_ queue: Int, _ backlog: Int, before: Int? = nil) -> [Severity] {
        rule.severities(
            in: QueueFixtures.situation(
                snapshot(queue, backlog),
                earlier: before.map { snapshot($0, backlog, uptime: 2483) }))
    }

    @Test func `is critical where ten or more wait in a full queue, for the next gets EAGAIN`()
        throws
    {
        #expect(severities(512, 511) == [.critical])
        #expect(severities(511, 511) == [.warning])
        // 0.9 × 511 = 459.9
        #expect(severities(460, 511) == [.warning])
        #expect(severities(459, 511) == [.notice])
        #expect(severities(9, 10).isEmpty)
        #expect(severities(10, 9) == [.critical])
        #expect(severities(9, 8) == [.warning])
        #expect(severities(5, 4) == [.warning])
        #expect(severities(4, 3) == [.notice])
        #expect(severities(1, 0) == [.notice])
        let finding = try #require(
            rule.findings(in: QueueFixtures.situation(snapshot(512, 511))).first)
        #expect(finding.subject == "unix:/run/php/php-fpm.sock")
        #expect(finding.owner?.name == "php-fpm8.2")
        #expect(finding.cause.contains("Resource temporarily unavailable"))
        #expect(finding.remedies.first?.snippets.contains { $0.stack == "PHP-FPM" } == true)
        #expect(!finding.commands.contains { $0.contains("somaxconn") })
    }

    @Test func `raises somaxconn where it is what limits the backlog`() throws {
        let finding = try #require(
            rule.findings(in: QueueFixtures.situation(snapshot(4097, 4096))).first)
        #expect(finding.commands.contains("sysctl -w net.core.somaxconn=16384"))
    }

    @Test func `judges a queue with room by what waits at both looks`() {
        #expect(severities(49, 511).isEmpty)
        #expect(severities(50, 511) == [.notice])
        #expect(severities(50, 511, before: 50) == [.warning])
        #expect(severities(50, 511, before: 51).isEmpty)
        #expect(severities(50, 511, before: 0).isEmpty)
    }

    @Test func `is silent where the kernel was not asked`() {
        #expect(rule.findings(in: QueueFixtures.once()).isEmpty)
    }

    @Test func `warns where ten or more wait at both looks and no fewer at the second`() {
        func severities(_ before: Int, _ now: Int, seconds: Double = 5) -> [Severity] {
            func snapshot(_ queue: Int, _ uptime: Double) -> Snapshot {
                var snapshot = QueueFixtures.snapshot(uptime: uptime)
                snapshot.unixListeners = UnixListeners(
                    count: 1,
                    waiting: [
                        UnixListener(path: "/run/app.sock", inode: 7, queue: queue, backlog: 128)
                    ])
                return snapshot
            }
            return UnixQueueOverflowing().findings(
                in: QueueFixtures.situation(
                    snapshot(now, 2485), earlier: snapshot(before, 2485 - seconds))
            ).map(\.severity)
        }
        #expect(severities(45, 45) == [.warning])
        #expect(severities(10, 12) == [.warning])
        #expect(severities(9, 12).isEmpty)
        #expect(severities(45, 44).isEmpty)
        #expect(severities(45, 45, seconds: 0.5).isEmpty)
    }
}
