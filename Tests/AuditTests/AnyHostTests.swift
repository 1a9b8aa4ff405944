import Model
import Testing

@testable import Audit

/// The same numbers for the same seed, on every machine (SplitMix64).
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
        return z ^ z >> 31
    }
}

extension Scene {
    /// A host of any condition, likely or not; counts and settings reach to their ends.
    fileprivate init(seed: UInt64) {
        self.init()
        var random = Seeded(state: seed)
        let number = { (random: inout Seeded) -> String in
            [
                "", "-1", "0", "1", "2", "5", "61", "70000", "x", "9223372036854775807", "1 2",
                "-9223372036854775808",
            ].randomElement(using: &random) ?? ""
        }
        for setting in now.settings.sorted(by: { $0.key < $1.key })
        where Bool.random(using: &random) {
            set(setting.key, number(&random), in: Bool.random(using: &random) ? "/etc/a" : nil)
        }
        if Bool.random(using: &random) {
            let low = Int.random(in: 1...65535, using: &random)
            set(
                "net.ipv4.ip_local_port_range",
                "\(low) \(Int.random(in: low...65535, using: &random))")
        }
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            listen(.random(in: 0 ... .max, using: &random), Self.states(&random), queue: 50)
        }
        for _ in 0..<Int.random(in: 0...6, using: &random) { connectAny(&random) }
        if Bool.random(using: &random) {
            passTenSeconds()
            for index in now.tuples.indices { now.tuples[index].states = Self.states(&random) }
            if Bool.random(using: &random) { now.uptime -= 10 }
        }
        now.counters["sockstat.TCP", "orphan"] = Int64(number(&random))
        now.counters["sockstat.TCP", "tw"] = Int64(number(&random))
        now.counters["TcpExt", "TCPTimeWaitOverflow"] = Int64.random(in: -5...5, using: &random)
    }

    private static func states(_ random: inout Seeded) -> [TCPState: Int] {
        var states: [TCPState: Int] = [:]
        let most = [500, 4000, 40000].randomElement(using: &random) ?? 0
        for state in TCPState.allCases where Bool.random(using: &random) {
            states[state] = Int.random(in: 0...most, using: &random)
        }
        return states
    }

    private static func states(_ random: inout Seeded) -> StateCounts {
        StateCounts(states(&random))
    }

    private mutating func connectAny(_ random: inout Seeded) {
        let addresses = [Self.source, Self.loopback, Self.destination, IPAddress(high: 1, low: 2)]
        let buckets = (0..<Int.random(in: 0...70, using: &random)).map { _ in
            Int.random(in: -1...1000, using: &random)
        }
        connect(
            Self.states(&random), from: addresses.randomElement(using: &random) ?? Self.source,
            to: addresses.randomElement(using: &random) ?? Self.source,
            port: .random(in: 0 ... .max, using: &random),
            even: .random(in: -5...50000, using: &random), closings: buckets,
            withoutInode: .random(in: -5...50000, using: &random),
            outsideRange: .random(in: -5...50000, using: &random),
            owner: Bool.random(using: &random)
                ? Owner(name: "java", confidence: .certain, reason: "") : .unknown)
    }
}

@Suite struct `Any host` {
    @Test func `is judged without a trap, and every finding can be shown`() {
        var rules: Set<RuleID> = []
        for seed in 0..<120 {
            let scene = Scene(seed: UInt64(seed))
            for tuple in scene.situation.tuples {
                #expect(0...1 ~= tuple.usedRatio && 0...1 ~= tuple.blockedRatio)
                #expect(tuple.secondsToExhaustion ?? 0 >= 0 && tuple.secondsToSlow ?? 0 >= 0)
                #expect(0...tuple.used ~= tuple.blocked)
            }
            for finding in scene.findings {
                rules.insert(finding.rule)
                #expect(!finding.subject.isEmpty && !finding.observed.isEmpty)
                #expect(!finding.cause.isEmpty && !finding.proof.isEmpty)
                #expect(!finding.evidence.isEmpty && !finding.remedies.isEmpty)
                for case .number(let number) in finding.evidence.values {
                    #expect(number.isFinite, "\(finding.rule)")
                }
                for remedy in finding.remedies {
                    #expect(!remedy.effect.isEmpty && !remedy.risk.isEmpty && !remedy.undo.isEmpty)
                }
                let kinds = finding.remedies.map {
                    [.application, .knob, .lastResort].firstIndex(of: $0.kind) ?? 9
                }
                #expect(kinds == kinds.sorted(), "\(finding.rule): application, knob, last resort")
            }
        }
        // Random hosts that never make a rule speak would prove nothing about it.
        #expect(rules.isSuperset(of: Self.aboutSockets))
    }

    /// Rules that go by sockets and settings alone; those by counters and files have tests of their own.
    private static let aboutSockets: [RuleID] = [
        .portsExhausting, .portsSlow, .portsForecast, .bindBeforeConnect,
        .reuseDisabled, .loopbackExhausting, .portRangeNarrow,
        .portRangeOverlapsListener, .timewaitOverflow, .timewaitCapNear,
        .closeWaitLeak, .finWait2Orphans, .finTimeoutTrap, .orphansNearLimit,
        .lastAckStuck,
    ]

    @Test func `that is healthy and idle has no finding`() {
        var scene = Scene()
        #expect(scene.findings.isEmpty)
        scene.listen(443, [.established: 2000, .timeWait: 9000, .closeWait: 12, .finWait2: 40])
        scene.connect([.established: 20, .timeWait: 1200])
        scene.connect(
            [.established: 10, .timeWait: 3000], from: Scene.loopback, to: Scene.loopback)
        #expect(scene.findings.isEmpty)
        scene.passTenSeconds()
        #expect(scene.findings.isEmpty)
    }
}
