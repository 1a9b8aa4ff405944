import Model
import Testing

@testable import Audit

@Suite struct `Descriptors near limit` {
    private let rule = DescriptorsNearLimit()

    private func situation(
        open: Int?, limit: Int?, before: Int? = nil, listeners: [Listener] = [], closeWait: Int = 0
    ) -> Situation {
        let process = { (open: Int?) in
            ProcessInUse(
                pid: 812, name: "nginx", openFiles: open, openFilesLimit: limit,
                states: StateCounts([.closeWait: closeWait]))
        }
        var now = QueueFixtures.snapshot(listeners: listeners)
        now.processes = [process(open)]
        guard let before else { return QueueFixtures.situation(now) }
        var earlier = QueueFixtures.snapshot(uptime: 2483)
        earlier.processes = [process(before)]
        return QueueFixtures.situation(now, earlier: earlier)
    }

    @Test(arguments: [
        (799, []), (800, [.warning]), (949, [.warning]), (950, [Severity.critical]),
    ])
    func `warns from four fifths on and is critical from 95 % on`(
        open: Int, severities: [Severity]
    ) {
        #expect(rule.severities(in: situation(open: open, limit: 1000)) == severities)
    }

    @Test func `is critical where the limit is reached within a minute`() {
        #expect(rule.severities(in: situation(open: 800, limit: 1000, before: 793)) == [.critical])
        #expect(rule.severities(in: situation(open: 800, limit: 1000, before: 794)) == [.warning])
        // Half of it is there still, and will not be in 16 s; a program that starts is let be.
        #expect(rule.severities(in: situation(open: 519, limit: 1024, before: 455)) == [.critical])
        #expect(rule.severities(in: situation(open: 519, limit: 1024, before: 510)).isEmpty)
        #expect(rule.severities(in: situation(open: 300, limit: 1024, before: 100)).isEmpty)
    }

    @Test func `names the full accept queue as what EMFILE looks like, and sockets never closed`()
        throws
    {
        let finding = try #require(
            rule.findings(
                in: situation(
                    open: 1024, limit: 1024,
                    listeners: [QueueFixtures.listener(queue: 129)], closeWait: 600)
            ).first)
        #expect(finding.observed.contains("its accept queue 0.0.0.0:443 is full"))
        #expect(finding.cause == "the program does not close sockets that the peer has closed")
        #expect(
            finding.remedies.contains { $0.command == "prlimit --pid 812 --nofile=65536:" })
    }

    @Test func `offers the ceiling where it is in the way`() throws {
        let finding = try #require(
            rule.findings(in: situation(open: 1_000_000, limit: 1_000_000)).first)
        #expect(finding.remedies.last?.command == "sysctl -w fs.nr_open=4000000")
    }

    @Test func `is silent where descriptors could not be counted or are not limited`() {
        #expect(rule.findings(in: situation(open: nil, limit: 10)).isEmpty)
        #expect(rule.findings(in: situation(open: 10, limit: nil)).isEmpty)
        #expect(rule.findings(in: situation(open: 10, limit: 0)).isEmpty)
    }
}
