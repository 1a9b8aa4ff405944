import Model
import Testing

@testable import Audit

@Suite struct `A program's own range of ports` {
    private static func scene(
        _ low: UInt16, _ high: UInt16, fullest: Int? = nil, destinations: Int = 1, others: Int = 0,
        timeWait: Int = 0
    ) -> Scene {
        var scene = Scene()
        let count = Int(high) - Int(low) + 1
        let held = fullest ?? count
        let isInRange = low >= 32768
        scene.connect(
            [.established: held + others - timeWait, .timeWait: timeWait],
            outsideRange: isInRange ? 0 : held)
        let tuple = Tuple(source: Scene.source, destination: Scene.destination, port: 5432)
        scene.now.portBlocks = [
            PortBlock(
                source: Scene.source, low: low, high: high, destinations: destinations,
                fullest: tuple, fullestSockets: held,
                states: StateCounts([.established: count - timeWait, .timeWait: timeWait]),
                portsElsewhere: others,
                samples: (1...4).map {
                    SocketSample(
                        inode: $0, uid: 0, cgroup: 0, localPort: low, state: .established)
                },
                owners: [
                    OwnerShare(
                        owner: Owner(
                            name: "pgbouncer", pids: [7], confidence: .certain, reason: ""),
                        sockets: 4)
                ])
        ]
        return scene
    }

    @Test func `that is used to the last is a warning, says looks, and no sysctl is a remedy`()
        throws
    {
        let scene = Self.scene(45000, 45099)
        let finding = try #require(scene.findings(of: OwnRangeExhausting()).first)
        #expect(finding.severity == .warning)
        #expect(finding.subject == "10.0.0.5 → 10.0.0.9:5432")
        #expect(finding.observed.contains("all 100 ports from 45000 to 45099"))
        #expect(finding.observed.contains("this looks like pgbouncer's own port range"))
        #expect(finding.owner?.confidence == .likely)
        #expect(finding.settingsThatHelp.isEmpty && finding.commands.isEmpty)
        #expect(finding.remedies.allSatisfy { $0.kind == .application })
    }

    @Test(arguments: [(64, true), (63, false)])
    func `begins at 64 ports`(ports: Int, isTold: Bool) {
        let scene = Self.scene(45000, UInt16(45000 + ports - 1))
        #expect(scene.findings(of: OwnRangeExhausting()).isEmpty != isTold)
    }

    @Test
    func `is not seen where the destination has many ports elsewhere, as connect() leaves them`() {
        // 100 in the block and 11 elsewhere are nine tenths; 12 are less.
        #expect(!Self.scene(45000, 45099, others: 11).findings(of: OwnRangeExhausting()).isEmpty)
        #expect(Self.scene(45000, 45099, others: 12).findings(of: OwnRangeExhausting()).isEmpty)
    }

    @Test func `inside the range must lead to one destination`() {
        #expect(
            Self.scene(45000, 45099, fullest: 60, destinations: 5)
                .findings(of: OwnRangeExhausting()).isEmpty)
    }

    @Test(arguments: [
        (10000, 10999, true), (10001, 11000, true), (20480, 21503, true), (10000, 10129, false),
        (10003, 10999, false),
    ])
    func `outside the range begins and ends at numbers that somebody chose`(
        low: UInt16, high: UInt16, isTold: Bool
    ) {
        let scene = Self.scene(low, high, fullest: 20, destinations: 50)
        #expect(scene.findings(of: OwnRangeExhausting()).isEmpty != isTold)
    }

    @Test func `that nobody looked for is not called free`() {
        let scene = Scene()
        #expect(scene.now.portBlocks == nil)
        #expect(
            Coverage.of(scene.situation).missing.contains {
                $0.text.contains("programs' own") && $0.rules == [.ownRangeExhausting]
            })
    }

    @Test func `of a program that is gone names nobody`() throws {
        var scene = Self.scene(45000, 45099, timeWait: 100)
        scene.now.portBlocks?[0].owners = []
        let finding = try #require(scene.findings(of: OwnRangeExhausting()).first)
        #expect(finding.owner == nil)
        #expect(finding.observed.contains("100 of them TIME_WAIT"))
        #expect(finding.remedies[1].text.contains("keep connections open"))
    }
}
