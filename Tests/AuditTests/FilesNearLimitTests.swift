import Model
import Testing

@testable import Audit

@Suite struct `Files near limit` {
    private let rule = FilesNearLimit()

    private func situation(_ allocated: Int, of maximum: Int, isInit: Bool = true) -> Situation {
        var host = QueueFixtures.host()
        host.files = FileTable(allocated: Int64(allocated), maximum: Int64(maximum))
        let first = QueueFixtures.snapshot()
        guard !isInit else { return QueueFixtures.situation(first, host: host) }
        let other = QueueFixtures.snapshot(
            namespace: Namespace(inode: 5, name: "c1", isInit: false))
        return QueueFixtures.situation(other, host: host, neighbours: [first, other])
    }

    @Test(arguments: [
        (79999, []), (80000, [.warning]), (94999, [.warning]), (95000, [Severity.critical]),
    ])
    func `warns from four fifths on and is critical from 95 % on`(
        allocated: Int, severities: [Severity]
    ) {
        #expect(rule.severities(in: situation(allocated, of: 100_000)) == severities)
    }

    @Test func `speaks once for the host, not for each namespace`() {
        #expect(rule.findings(in: situation(99000, of: 100_000, isInit: false)).isEmpty)
    }

    @Test func `is silent where the limit is the largest number there is`() {
        #expect(rule.findings(in: situation(955, of: .max)).isEmpty)
        #expect(rule.severities(in: situation(.max, of: .max)) == [.critical])
    }
}
