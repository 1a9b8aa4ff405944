import Model
import Testing
import Text

@testable import Audit

@Suite struct `Memory pressure` {
    private let rule = MemoryPressure()
    private let levels = ["net.ipv4.tcp_mem": "100\t200\t1000"]

    @Test(arguments: [
        (199, []), (200, [.warning]), (899, [.warning]), (900, [Severity.critical]),
    ])
    func `warns from the second number of tcp_mem on, critical near the third`(
        pages: Int, severities: [Severity]
    ) {
        let situation = QueueFixtures.once(["sockstat.TCP.mem": pages], settings: levels)
        #expect(rule.severities(in: situation) == severities)
    }

    @Test func `shows bytes, and doubles the three numbers`() throws {
        let situation = QueueFixtures.once(["sockstat.TCP.mem": 256], settings: levels)
        let finding = try #require(rule.findings(in: situation).first)
        #expect(finding.observed == "TCP uses 1.0 MiB; pressure from 800 KiB, limit 3.9 MiB")
        #expect(finding.remedies.last?.command == "sysctl -w net.ipv4.tcp_mem=\"200 400 2000\"")
        #expect(finding.remedies.last?.undo == "sysctl -w net.ipv4.tcp_mem=\"100 200 1000\"")
    }

    @Test func `shows pages where nobody knows how large they are`() throws {
        var host = QueueFixtures.host()
        host.pageSize = nil
        let snapshot = QueueFixtures.snapshot(["sockstat.TCP.mem": 20_000], settings: levels)
        let finding = try #require(
            rule.findings(in: QueueFixtures.situation(snapshot, host: host)).first)
        #expect(
            finding.observed
                == "TCP uses \(20_000.grouped) pages; pressure from 200 pages, limit "
                + "\(1000.grouped) pages")
        #expect(finding.count("used_pages") == 20_000 && finding.count("used_bytes") == nil)
        #expect(finding.remedies.last?.effect.contains("MiB") == false)
        host.pageSize = 65536
        let known = rule.findings(in: QueueFixtures.situation(snapshot, host: host)).first
        #expect(known?.observed.hasPrefix("TCP uses 1.2 GiB") == true)
    }

    @Test func `follows the counters of pressure and of aborts`() {
        #expect(
            rule.severities(in: QueueFixtures.grown(["TcpExt.TCPMemoryPressures": 1])) == [.warning]
        )
        #expect(
            rule.severities(
                in: QueueFixtures.grown([
                    "TcpExt.TCPAbortOnMemory": 1, "TcpExt.TCPMemoryPressures": 1,
                ])) == [.critical])
        #expect(
            rule.severities(in: QueueFixtures.once(["TcpExt.TCPMemoryPressures": 1])) == [.notice])
    }

    @Test func `does not take resets of orphans for want of memory`() {
        let aborts = ["TcpExt.TCPAbortOnMemory": 200, "TcpExt.TCPMemoryPressures": 0]
        let limits = levels.merging(["net.ipv4.tcp_max_orphans": "300"]) { $1 }
        for (pages, isMemory) in [(99, false), (100, true)] {
            let counters = aborts.merging(["sockstat.TCP.mem": pages, "sockstat.TCP.orphan": 3]) {
                $1
            }
            let grown = QueueFixtures.grown(counters, settings: limits)
            #expect(rule.severities(in: grown) == (isMemory ? [.critical] : []))
            #expect(OrphansNearLimit().severities(in: grown) == (isMemory ? [] : [.warning]))
            let once = QueueFixtures.once(counters, settings: limits)
            #expect(rule.severities(in: once) == (isMemory ? [.notice] : []))
            #expect(OrphansNearLimit().findings(in: once).isEmpty)
        }
        let pressed = aborts.merging(["sockstat.TCP.mem": 9, "TcpExt.TCPMemoryPressures": 1]) { $1 }
        #expect(rule.severities(in: QueueFixtures.grown(pressed, settings: limits)) == [.critical])
    }

    @Test func `warns of data thrown away, notes data squeezed, and forgives what is long ago`() {
        #expect(rule.severities(in: QueueFixtures.grown(["TcpExt.TCPRcvQDrop": 1])) == [.warning])
        #expect(rule.severities(in: QueueFixtures.grown(["TcpExt.PruneCalled": 1])) == [.notice])
        #expect(rule.findings(in: QueueFixtures.once(["TcpExt.PruneCalled": 900])).isEmpty)
    }

    @Test(arguments: [(9.9, 0), (10.0, 1), (Double.nan, 0)])
    func `notes a host that waits for memory a tenth of the time`(share: Double, count: Int) {
        var host = QueueFixtures.host()
        host.pressure["memory"] = share
        let situation = QueueFixtures.situation(QueueFixtures.snapshot(), host: host)
        #expect(rule.findings(in: situation).count == count)
    }
}
