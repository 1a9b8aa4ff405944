import Audit
import FoundationEssentials
import Model
import Testing

@testable import Report

/// Snapshots that `tcptune audit --save` wrote on other kernels, where programs had made the condition.
///
/// `Tests/OtherKernels/record` makes and records them; the snapshots lie in AuditTests/Fixtures/recorded.
@Suite struct `A recorded host` {
    struct Recording: CustomTestStringConvertible {
        let kernel: String
        let condition: String

        var testDescription: String { "\(condition) on Linux \(kernel)" }

        func assessment() throws -> Assessment {
            try #require(Assessment.all(of: try observation()).first)
        }

        func observation() throws -> Observation {
            let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
            let path = "/\(tests)/AuditTests/Fixtures/recorded/\(kernel)-\(condition).json"
            let observation = try SnapshotFile.decode(
                Array(try Data(contentsOf: URL(filePath: path))))
            #expect(observation.host.kernel.hasPrefix(kernel + "."))
            return observation
        }
    }

    static let kernels = ["5.10", "6.1", "6.12", "7.3"]

    /// What an audit finds, all of it, by rule.
    private static let findings: [String: [RuleID: Severity]] = [
        "healthy": [:],
        "ports": [
            .portsExhausting: .critical, .portRangeNarrow: .warning,
            .reuseDisabled: .notice, .kernelUpgradeHelps: .notice,
        ],
        "close-wait": [.closeWaitLeak: .warning],
        // Nobody accepts there: no backlog is long enough.
        "accept-queue": [.queueOverflowing: .critical],
        "syn-flood": [.synQueueFull: .warning, .synCookiesSent: .warning],
        "fin-wait2": [.finTimeoutTrap: .warning],
        "timewait-cap": [.timewaitOverflow: .warning],
        "paws": [.pawsRejecting: .warning],
        "descriptors": [.descriptorsNearLimit: .critical],
        "conntrack": [
            // Entries of UDP: the timer of closed connections has no part in them.
            .conntrackNearFull: .critical, .conntrackDropping: .critical,
        ],
        "orphans": [.orphansNearLimit: .warning, .settingHarmful: .warning],
        "memory": [.memoryPressure: .critical],
        // The last of the conditions in its virtual machine: what was before still shows in the counters since boot.
        "files": [
            .filesNearLimit: .critical, .conntrackDropping: .notice,
            .memoryPressure: .notice, .retransmitting: .notice,
        ],
    ]

    static let recordings = kernels.flatMap { kernel in
        findings.keys.sorted().map { Recording(kernel: kernel, condition: $0) }
    }

    @Test(arguments: recordings)
    func `shows what was made, and nothing else`(_ recording: Recording) throws {
        let assessment = try recording.assessment()
        var expected = try #require(Self.findings[recording.condition])
        // No release newer than 7.3 is known to make ports cheaper.
        if recording.kernel == "7.3" { expected[.kernelUpgradeHelps] = nil }
        // The peers that take nothing: newer kernels had dropped these orphans by then.
        if ["5.10", "6.1"].contains(recording.kernel),
            ["orphans", "memory", "files"].contains(recording.condition)
        {
            expected[.finWait1Stuck] = .notice
        }
        let found = Dictionary(
            assessment.findings.map { ($0.rule, $0.severity) }, uniquingKeysWith: max)
        #expect(found == expected)
        #expect(assessment.situation.now.source == .diag)
    }

    @Test(arguments: recordings)
    func `is judged the same without the settings that nothing looks at`(
        _ recording: Recording
    ) throws {
        let whole = try recording.observation()
        var less = whole
        for index in less.views.indices {
            less.views[index].now.settings.removeAll {
                !Situation.settingsJudged.contains($0.key) && $0.boot == nil
            }
        }
        #expect(less.views[0].now.settings.count < whole.views[0].now.settings.count / 3)
        let pages = [whole, less].map { observation in
            let options = AuditReport.Options(
                top: 10, width: 100, colour: false, tool: Tool(version: "0"))
            let assessments = Assessment.all(of: observation)
            let page = AuditReport.document(assessments, host: observation.host, options: options)
            return HTMLRenderer().render(page)
        }
        #expect(pages[0] == pages[1])
    }

    private func finding(_ rule: RuleID, _ condition: String, _ kernel: String) throws -> Finding {
        let assessment = try Recording(kernel: kernel, condition: condition).assessment()
        return try #require(assessment.findings.first { $0.rule == rule })
    }

    private func count(_ name: String, of finding: Finding) -> Int? {
        if case .count(let number) = finding.evidence[name] { return number }
        return nil
    }

    @Test(arguments: kernels) func `shows the numbers of its tables`(kernel: String) throws {
        let ports = try finding(.portsExhausting, "ports", kernel)
        #expect(count("usable_ports", of: ports) == 600)
        #expect(570...588 ~= count("used_ports", of: ports) ?? 0)
        let tracking = try finding(.conntrackNearFull, "conntrack", kernel)
        #expect(count("limit", of: tracking) == 2000)
        #expect(1990...2000 ~= count("entries", of: tracking) ?? 0)
        let orphans = try finding(.orphansNearLimit, "orphans", kernel)
        #expect(count("limit_orphans", of: orphans) == 300)
        #expect(150...300 ~= count("orphans", of: orphans) ?? 0)
        let descriptors = try finding(.descriptorsNearLimit, "descriptors", kernel)
        #expect(descriptors.observed.hasPrefix("196 of 200 open files"))
        #expect(descriptors.owner?.name == "many-files")
        let queue = try finding(.queueOverflowing, "accept-queue", kernel)
        #expect(queue.subject == "0.0.0.0:8080")
        #expect(queue.observed.hasPrefix("accept queue 17/16"))
        #expect(queue.owner?.name == "slow-server")
    }

    @Test(arguments: kernels)
    func `is told of reuse as its kernel does it`(kernel: String) throws {
        let commands = try finding(.portsExhausting, "ports", kernel).remedies
        let reuse = try #require(commands.first { $0.command == "tcptune apply outbound-reuse" })
        // The delay is a setting since 6.14; before, another second of the clock is enough.
        #expect(
            reuse.text == "allow connect() to reuse a TIME_WAIT port "
                + (kernel == "7.3" ? "after 1 s" : "from the next second on")
                + " (net.ipv4.tcp_tw_reuse 2 → 1)")
        #expect(reuse.effect.hasPrefix("raises the limit from 10/s to 600/s"))
    }

    @Test(arguments: ["5.10", "6.1", "6.12"])
    func `is told what a newer kernel would bring`(kernel: String) throws {
        let helps = try finding(.kernelUpgradeHelps, "ports", kernel)
        let releases = kernel == "6.12" ? "6.14 6.15" : "6.3 6.8 6.14 6.15"
        #expect(helps.evidence["releases"] == .text(releases))
    }

    @Test(arguments: kernels)
    func `is told which segments PAWS refused as far as its kernel counts them apart`(
        kernel: String
    ) throws {
        let paws = try finding(.pawsRejecting, "paws", kernel)
        #expect(
            paws.observed.contains(
                kernel == "7.3"
                    ? "timestamp: SYNs over TIME_WAIT"
                    : "timestamp: segments of live connections or SYNs over TIME_WAIT"))
    }

    @Test func `has orphans reset, and TCP's memory is not blamed`() throws {
        // On 7.3 the kernel reset the orphans within the two seconds, which TCPAbortOnMemory counts.
        let assessment = try Recording(kernel: "7.3", condition: "orphans").assessment()
        #expect(assessment.situation.growth("TcpExt", "TCPAbortOnMemory") == 200)
        #expect(assessment.findings.map(\.rule) == [.orphansNearLimit, .settingHarmful])
    }
}
