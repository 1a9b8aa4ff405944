import Model
import Testing

@testable import Audit

@Suite struct `Ports exhausting` {
    private let rule = PortsExhausting()

    @Test func `is found where TIME_WAIT holds nearly all ports`() throws {
        var scene = Scene()
        scene.connect(
            [.timeWait: 27880, .established: 31],
            owner: Owner(
                name: "php-fpm8.2", pids: [4, 5], confidence: .certain,
                reason: "31 live sockets to the same destination"))
        let finding = try #require(scene.findings(of: rule).first)
        #expect(finding.severity == .critical)
        #expect(finding.subject == "10.0.0.5 → 10.0.0.9:5432")
        #expect(
            finding.observed.hasPrefix(
                "connect() is already slow: 27 911 of 28 232 ports are in use (98.9 %), 27 880 of "
                    + "them TIME_WAIT"))
        #expect(finding.count("used_ports") == 27911)
        #expect(finding.count("usable_ports") == 28232)
        // The live sockets are php-fpm's for certain, those in TIME_WAIT only likely.
        #expect(finding.owner?.confidence == .likely)
    }

    @Test
    func `advises the application first, with its snippet, then the knobs, then the last resort`()
        throws
    {
        var scene = Scene()
        scene.connect(
            [.timeWait: 27880, .established: 31],
            owner: Owner(name: "php-fpm8.2", confidence: .certain, reason: ""))
        let finding = try #require(scene.findings(of: rule).first)
        #expect(finding.remedies.map(\.kind) == [.application, .knob, .knob, .lastResort])
        #expect(finding.remedies[0].snippets.map(\.stack) == ["PHP"])
        #expect(finding.remedies[0].effect.contains("99.9 %"))
        #expect(finding.remedies[1].command == "tcptune apply outbound-reuse")
        #expect(finding.remedies[1].text.contains("net.ipv4.tcp_tw_reuse 2 → 1"))
        #expect(finding.profile == "outbound-reuse")
        #expect(
            finding.remedies[1].effect.contains(
                "from 470/s to 28 232/s for this destination if the peer uses timestamps"))
        #expect(finding.remedies[1].undo == "tcptune rollback --last")
        #expect(
            finding.remedies[2].command == "sysctl -w net.ipv4.ip_local_port_range=\"10240 65535\"")
        #expect(finding.remedies[2].effect.contains("55 296 usable ports instead of 28 232"))
        #expect(finding.remedies[3].effect.contains("28 232 ports, 470 connections/s"))
    }

    @Test(arguments: [("32768-60950", true), ("32768-46883", false), ("32768-46884", true)])
    func `blames a list that reserves more than half of the range before the program`(
        list: String, isFirst: Bool
    ) throws {
        var scene = Scene()
        scene.set("net.ipv4.ip_local_reserved_ports", list)
        scene.connect([.established: scene.situation.budget.usable])
        let finding = try #require(scene.findings(of: rule).first)
        #expect(
            (finding.commands.first == "sysctl -w net.ipv4.ip_local_reserved_ports=\"\"")
                == isFirst)
        #expect(
            (finding.remedies.first?.text == "reserve only the ports that services need")
                == isFirst)
    }

    @Test func `switches timestamps on where reuse would need them`() throws {
        var scene = Scene()
        scene.set("net.ipv4.tcp_timestamps", "0")
        scene.connect([.timeWait: 28000])
        let finding = try #require(scene.findings(of: rule).first)
        #expect(
            finding.commands.first
                == "sysctl -w net.ipv4.tcp_timestamps=1 && sysctl -w net.ipv4.tcp_tw_reuse=1")
    }

    @Test func `offers no reuse where live connections hold the ports`() throws {
        var scene = Scene()
        scene.set("net.ipv4.tcp_tw_reuse", "1")
        scene.connect([.established: 28000])
        let finding = try #require(scene.findings(of: rule).first)
        #expect(!finding.commands.contains { $0.contains("tw_reuse") })
        #expect(finding.remedies[0].text.contains("limit the number of connections"))
    }

    @Test func `begins at 95 per cent`() {
        func found(_ used: Int) -> Bool {
            var scene = Scene()
            scene.connect([.established: used])
            return !scene.findings(of: rule).isEmpty
        }
        // 0.95 × 28 232 = 26 820.4
        #expect(!found(26820))
        #expect(found(26821))
    }

    @Test func `counts half full and rising fast, but no burst`() {
        func found(_ closings: [Int]) -> Bool {
            var scene = Scene()
            scene.connect([.timeWait: closings.reduce(0, +)], closings: closings)
            return !scene.findings(of: rule).isEmpty
        }
        let before = Array(repeating: 0, count: 40)
        // 750/s for 20 s: 15 000 taken, 13 232 left, full in 18 s.
        #expect(found(Array(repeating: 750, count: 20) + before + [0]))
        // The same for 10 s: full in 28 s, but only 27 % taken; ports-forecast speaks.
        #expect(!found(Array(repeating: 750, count: 10) + before + Array(repeating: 0, count: 11)))
        // 15 000 within a second, and nothing since.
        #expect(!found(Array(repeating: 0, count: 10) + [15000] + Array(repeating: 0, count: 50)))
    }

    @Test func `is silent where the ports can be reused, and on loopback`() {
        // Within two seconds: more than that, working reuse would have reused.
        var scene = Scene()
        scene.set("net.ipv4.tcp_tw_reuse", "1")
        scene.connect(
            [.timeWait: 28000], closings: [14000, 14000] + Array(repeating: 0, count: 59))
        scene.now.tuples[0].usesTimestamps = true
        #expect(scene.findings(of: rule).isEmpty)
        scene = Scene()
        scene.connect([.established: 28200], from: Scene.loopback, to: Scene.loopback)
        #expect(scene.findings(of: rule).isEmpty)
    }

    private func reusing(
        timestamps: Bool? = nil, recycled: Int64?, closings: [Int]? = nil
    ) -> [Finding] {
        var scene = Scene()
        scene.set("net.ipv4.tcp_tw_reuse", "1")
        scene.connect([.timeWait: 28232], closings: closings)
        scene.now.tuples[0].usesTimestamps = timestamps
        scene.now.counters["TcpExt", "TWRecycled"] = recycled
        return scene.findings(of: rule)
    }

    @Test func `is found where tcp_tw_reuse is on and the peer has no timestamps`() throws {
        let seen = try #require(reusing(timestamps: false, recycled: 9).first)
        #expect(seen.severity == .critical)
        #expect(
            !seen.commands.contains { $0.contains("tw_reuse") || $0.contains("outbound-reuse") })
        #expect(seen.remedies.contains { $0.text.contains("timestamps on at the peer") })
        #expect(seen.cause.contains("the connections use no timestamps"))
        // No live connection to ask: that nothing was ever reused tells it.
        let told = try #require(reusing(recycled: 0).first)
        #expect(told.severity == .critical)
        #expect(told.observed.contains("connect() reuses none of them"))
        #expect(reusing(recycled: 5).map(\.severity) == [.warning])
        #expect(reusing(recycled: nil).map(\.severity) == [.warning])
    }

    @Test func `promises reuse only if the peer uses timestamps`() {
        let fast = [14116, 14116] + Array(repeating: 0, count: 59)
        let untold = reusing(recycled: 0, closings: fast)
        #expect(untold.map(\.severity) == [.warning])
        #expect(
            untold.first?.observed.contains("can be reused if the peer uses timestamps") == true)
        #expect(reusing(recycled: 5, closings: fast).isEmpty)
        #expect(reusing(timestamps: true, recycled: 0, closings: fast).isEmpty)
    }

    @Test(arguments: [TCPState.finWait2, .established, .closeWait, .synSent])
    func `offers reuse only for ports in TIME_WAIT`(state: TCPState) throws {
        var scene = Scene()
        scene.connect([state: 28000, .timeWait: 20])
        let finding = try #require(scene.findings(of: rule).first)
        #expect(finding.severity == .critical)
        #expect(!finding.commands.contains { $0.contains("reuse") })
        #expect(!finding.remedies[0].text.contains("pool"))
        #expect(finding.profile == nil)
    }

    @Test func `names both programs of a destination, and is certain of neither`() throws {
        var scene = Scene()
        let owner = { (name: String) in
            Owner(name: name, pids: [7], confidence: .certain, reason: "14 000 live sockets")
        }
        scene.connect([.established: 27000], owner: owner("java"))
        scene.now.tuples[0].owners = [
            OwnerShare(owner: owner("telegraf"), sockets: 9),
            OwnerShare(owner: owner("java"), sockets: 16),
            OwnerShare(owner: owner("telegraf"), sockets: 1),
        ]
        let finding = try #require(scene.findings(of: rule).first)
        #expect(finding.cause.hasPrefix("this many connections of java and telegraf are"))
        #expect(
            finding.owner?.reason == "java has 16, telegraf 10 of the open connections looked at"
        )
        #expect(finding.owner?.confidence == .likely)
        scene.now.tuples[0].owners = [OwnerShare(owner: owner("java"), sockets: 16)]
        #expect(scene.findings(of: rule).first?.owner?.confidence == .certain)
    }

    @Test func `tells of ports that bound sockets hold beside`() {
        var scene = Scene()
        scene.now.boundPorts = Array(40000..<41000)
        scene.connect([.established: 27232])
        let found = scene.findings(of: rule)
        #expect(found.first?.observed.hasPrefix("no port is left") == true)
        #expect(found.first?.cause.contains("bound, idle sockets hold 1000 more ports") == true)
    }
}

@Suite struct `Ports slow` {
    private let rule = PortsSlow()

    private func findings(_ states: [TCPState: Int], even: Int? = nil) -> [Finding] {
        var scene = Scene()
        scene.connect(states, even: even)
        return scene.findings(of: rule)
    }

    @Test func `begins at 45 per cent`() {
        // 0.45 × 28 232 = 12 704.4
        #expect(findings([.timeWait: 12704]).isEmpty)
        #expect(findings([.timeWait: 12705]).map(\.severity) == [.warning])
    }

    @Test func `tells that the first half is used up`() {
        let found = findings([.established: 15000])
        #expect(
            found.first?.observed.hasSuffix("the half that connect() tries first is used up")
                == true)
        #expect(found.first?.cause.contains("14 116 taken ports") == true)
    }

    @Test func `leaves full tuples to ports exhausting`() {
        #expect(findings([.established: 28000]).isEmpty)
    }

    @Test func `notes a burst that is over past half, and passes over a smaller one`() {
        func found(_ closed: Int, secondsAgo: Int) -> [Finding] {
            var scene = Scene()
            var closings = Array(repeating: 0, count: 61)
            closings[secondsAgo] = closed
            scene.connect([.timeWait: closed], closings: closings)
            return scene.findings(of: rule)
        }
        #expect(found(14000, secondsAgo: 12).isEmpty)
        #expect(found(14000, secondsAgo: 1).map(\.severity) == [.warning])
        #expect(found(15000, secondsAgo: 12).map(\.severity) == [.notice])
    }

    @Test func `names the socket option where the kernel has it`() throws {
        var scene = Scene()
        scene.connect([.timeWait: 14000])
        #expect(!scene.findings(of: rule)[0].remedies.contains { $0.text.contains("(51)") })
        scene.host.kernel = "6.12.1"
        let remedy = try #require(
            scene.findings(of: rule)[0].remedies.first { $0.text.contains("(51)") })
        // 32768 | 60999 << 16
        #expect(remedy.text.contains("3997663232"))
    }
}

@Suite struct `Ports forecast` {
    private let rule = PortsForecast()

    private func findings(_ closings: [Int]) -> [Finding] {
        var scene = Scene()
        let closings = closings + Array(repeating: 0, count: 61 - closings.count)
        scene.connect([.timeWait: closings.reduce(0, +)], closings: closings)
        return scene.findings(of: rule)
    }

    @Test func `warns of ports that will run out`() throws {
        // 600/s for 10 s: level at 36 600, more than there are.
        let finding = try #require(findings(Array(repeating: 600, count: 10)).first)
        #expect(finding.severity == .warning)
        // (28 232 − 6000) / 600
        #expect(try #require(finding.number("seconds_to_exhaustion")).rounded() == 37)
    }

    @Test func `notes that the slow half will be reached`() {
        // 300/s: level at 18 300.
        #expect(findings(Array(repeating: 300, count: 20)).map(\.severity) == [.notice])
    }

    @Test func `is silent where the level fits, the traffic is over, or hardly begun`() {
        #expect(findings(Array(repeating: 200, count: 20)).isEmpty)
        #expect(findings(Array(repeating: 200, count: 61)).isEmpty)
        #expect(findings(Array(repeating: 0, count: 6) + [6000]).isEmpty)
        // A tenth of the ports is 2823.2.
        #expect(findings([0, 565, 565, 565, 564, 564]).isEmpty)
        #expect(!findings([0, 565, 565, 565, 565, 564]).isEmpty)
    }

    @Test func `is silent without ages`() {
        var scene = Scene()
        scene.connect([.timeWait: 10000], closings: [])
        #expect(scene.findings(of: rule).isEmpty)
    }
}
