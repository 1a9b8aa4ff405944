import Model
import Testing

@testable import Audit

extension Scene {
    /// A range of 15 000 ports and so many destinations, each with as many connections.
    fileprivate static func spread(
        over destinations: Int, each: Int, port: UInt16 = 443, from source: IPAddress = source,
        owner: Owner = .unknown
    ) -> Scene {
        var scene = Scene()
        scene.set("net.ipv4.ip_local_port_range", "40000 54999")
        for index in 0..<destinations {
            scene.connect(
                [.established: each], from: source, to: IPAddress(v4: 0x0a42_0200 + UInt32(index)),
                port: port, even: each / 2, owner: owner)
        }
        return scene
    }
}

@Suite struct `Ports that bind() takes before connect()` {
    private let rule = BindBeforeConnect()

    private func found(_ distinct: Int, shared: Int = 0, even: Int? = nil) -> [Finding] {
        var scene = Scene.spread(over: 50, each: distinct / 50)
        scene.count(
            distinct, of: distinct, shared: shared, even: even ?? max(0, distinct - 7500),
            destinations: 50)
        return scene.findings(of: rule)
    }

    @Test func `are found at 60 per cent, and critical when none is left`() throws {
        let most = try #require(found(9000).first)
        #expect(most.severity == .warning)
        #expect(most.subject == "10.0.0.5")
        #expect(most.count("destinations") == 50)
        let full = try #require(found(15000).first)
        #expect(full.severity == .critical)
        #expect(full.observed.hasPrefix("bind() with port 0 fails (EADDRINUSE)"))
        #expect(full.observed.contains("15 000 of 15 000 ports of 10.0.0.5 are in use (100 %)"))
        #expect(full.remedies[0].text.contains("IP_BIND_ADDRESS_NO_PORT"))
    }

    @Test func `are weighed at 45 and at 95 per cent`() {
        #expect(found(6749, even: 0).map(\.severity) == [.notice])
        #expect(found(6750, even: 0).map(\.severity) == [.warning])
        #expect(found(14249).map(\.severity) == [.warning])
        #expect(found(14250).map(\.severity) == [.critical])
    }

    @Test func `are proven by what is not shared, whatever the parity`() throws {
        // Half even, as connect() with IP_LOCAL_PORT_RANGE takes them; 50 destinations of 180.
        let finding = try #require(found(9000, even: 4500).first)
        #expect(finding.observed.contains("none of them serves two destinations"))
        // (9000² − 50 × 180²) / 2 / 15 000
        #expect(finding.number("expected_shared_ports") == 2646)
        #expect(found(9000, shared: 2646, even: 4500).isEmpty)
        // Chance: 2646 are expected, 27 are too many to be none.
        #expect(found(9000, shared: 27, even: 4500).isEmpty)
        #expect(found(9000, shared: 26, even: 4500).count == 1)
    }

    @Test func `are not proven where runs of few destinations miss each other by chance`() {
        // Three runs of 1500 on 15 000 ports: (10 500 / 15 000)² is 49 %, though 450 shared ports are expected.
        var scene = Scene.spread(over: 3, each: 1500)
        scene.count(4500, of: 4500, even: 4500, destinations: 3)
        #expect(scene.sources?.expectedShared ?? 0 > 20)
        #expect(scene.findings(of: rule).isEmpty)
        // The same of one destination: nothing can be shared.
        scene = Scene.spread(over: 1, each: 4500)
        scene.count(4500, of: 4500, even: 4500, destinations: 1)
        #expect(scene.findings(of: rule).isEmpty)
    }

    @Test func `are not those of a proxy with three backends, nor of a crawler`() {
        var proxy = Scene.spread(over: 3, each: 7000)
        proxy.count(7000, of: 21000, shared: 7000, even: 7000, destinations: 3)
        #expect(proxy.findings(of: rule).isEmpty)
        #expect(proxy.findings(of: BindPortsExhausting()).isEmpty)
        var crawler = Scene.spread(over: 500, each: 1)
        crawler.now.tupleCount = 20000
        crawler.now.socketsInTuplesLeftOut = 19500
        // 20 000 on 7500: each port twice and more.
        crawler.count(6980, of: 20000, shared: 5600, even: 6980, destinations: 20000)
        #expect(crawler.findings(of: rule).isEmpty)
        #expect(crawler.findings(of: BindPortsExhausting()).isEmpty)
    }

    @Test func `are told once where one destination is full`() {
        var scene = Scene.spread(over: 1, each: 15000)
        scene.count(15000, of: 15000, even: 7500, destinations: 1)
        #expect(
            scene.findings.map(\.rule).filter { $0 != .kernelUpgradeHelps } == [
                .portsExhausting
            ])
    }

    @Test func `name every program that holds some`() throws {
        var scene = Scene.spread(
            over: 50, each: 180,
            owner: Owner(name: "ss-server", pids: [9], confidence: .certain, reason: "holds it"))
        scene.count(9000, of: 9000, even: 1500, destinations: 50)
        #expect(scene.findings(of: rule).first?.owner?.confidence == .certain)
        scene.now.tuples[3].owner.name = "curl"
        let owner = try #require(scene.findings(of: rule).first?.owner)
        #expect(owner.name == "ss-server" && owner.confidence == .likely)
        #expect(owner.reason == "ss-server: 8820, curl: 180 ports of the destinations looked at")
    }

    @Test func `are not judged where the range was not read`() {
        var scene = Scene.spread(over: 50, each: 180)
        scene.count(9000, of: 9000, even: 1500, destinations: 50)
        scene.set("net.ipv4.ip_local_port_range", nil)
        #expect(scene.findings(of: rule).isEmpty)
    }
}

extension Scene {
    fileprivate var sources: SourceAssessment? { situation.sources.first }
}

@Suite struct `Ports that bind() with port 0 finds taken` {
    private let rule = BindPortsExhausting()

    /// A listener for each transfer: one connection a port, from any port of the peer.
    private func transfers(_ count: Int, to port: (Int) -> UInt16) -> Scene {
        var scene = Scene()
        scene.set("net.ipv4.ip_local_port_range", "30000 44999")
        for index in 0..<400 {
            scene.connect(
                [.timeWait: 1], to: IPAddress(v4: 0x0a42_0002 + UInt32(index % 2)),
                port: port(index), even: index % 2, closings: Array(repeating: 0, count: 61))
        }
        scene.now.tupleCount = count
        scene.now.socketsInTuplesLeftOut = count - 400
        scene.count(count, of: count, even: count / 2, destinations: count)
        return scene
    }

    @Test func `are found behind a server that listens on port 0 for each transfer`() throws {
        let scene = transfers(15000) { UInt16(32768 + $0 * 7) }
        let finding = try #require(scene.findings(of: rule).first)
        #expect(finding.severity == .critical)
        #expect(finding.observed.contains("bind() to 10.0.0.5 with port 0 finds no port"))
        #expect(finding.cause.contains("the sockets do not show which"))
        #expect(scene.findings(of: BindBeforeConnect()).isEmpty)
        #expect(
            transfers(6750) { UInt16(32768 + $0 * 7) }.findings(of: rule).map(\.severity)
                == [.warning])
        #expect(transfers(6749) { UInt16(32768 + $0 * 7) }.findings(of: rule).isEmpty)
    }

    @Test func `are a client's where the destinations have a service's port`() {
        let scene = transfers(15000) { _ in 443 }
        #expect(scene.findings(of: rule).isEmpty)
        #expect(scene.findings(of: BindBeforeConnect()).map(\.severity) == [.critical])
    }

    @Test func `are a notice where connect() still shares them`() throws {
        var scene = Scene.spread(over: 40, each: 7400)
        // Sockets with IP_LOCAL_PORT_RANGE take both halves, and share.
        scene.count(14250, of: 296_000, shared: 14000, even: 7125, destinations: 40)
        let finding = try #require(scene.findings(of: rule).first)
        #expect(finding.severity == .notice)
        #expect(finding.observed.contains("connect() still works"))
        #expect(finding.cause.contains("connect() shares ports among destinations"))
        #expect(scene.findings(of: BindBeforeConnect()).isEmpty)
        scene.now.sourcePorts?[0].distinct = 14249
        #expect(scene.findings(of: rule).isEmpty)
    }

    @Test func `are not judged where they were not counted`() {
        var scene = transfers(15000) { UInt16(32768 + $0 * 7) }
        scene.now.sourcePorts = nil
        #expect(scene.findings(of: rule).isEmpty)
    }
}

@Suite struct `Bound, idle sockets` {
    private let rule = BoundIdle()

    private func scene(_ ports: Int, at address: IPAddress = .unspecifiedV4) -> Scene {
        var scene = Scene()
        scene.now.boundPorts = (0..<ports).map { UInt16(32768 + $0) }
        scene.now.bound = [
            BoundSockets(
                address: address, sockets: ports, portsInRange: ports,
                owner: Owner(
                    name: "leaky-agent", pids: [5, 6], confidence: .likely, reason: "looked at 16"))
        ]
        return scene
    }

    @Test func `are critical when they hold every port, and the range is not to blame`() throws {
        let scene = scene(28232)
        #expect(scene.findings.map(\.rule) == [.boundIdle])
        let finding = try #require(scene.findings.first)
        #expect(finding.severity == .critical)
        #expect(finding.observed.hasPrefix("connect() fails everywhere (EADDRNOTAVAIL): 28 232 of"))
        #expect(finding.owner?.pids == [5, 6])
        #expect(finding.cause.contains("leaky-agent calls bind()"))
    }

    @Test func `begin at 45 per cent of what listeners and reservations leave`() {
        // 0.45 × 28 232 = 12 704.4; 0.8 × 28 232 = 22 585.6
        #expect(scene(12704).findings(of: rule).isEmpty)
        #expect(scene(12705).findings(of: rule).map(\.severity) == [.warning])
        #expect(scene(22585).findings(of: rule).map(\.severity) == [.warning])
        #expect(scene(22586).findings(of: rule).map(\.severity) == [.critical])
        var half = scene(7058)
        half.set("net.ipv4.ip_local_reserved_ports", "46884-60999")
        #expect(half.findings(of: rule).map(\.severity) == [.warning])
    }

    @Test func `leave other addresses to bind() where they are bound to one`() {
        #expect(
            scene(28232, at: Scene.source).findings(of: rule).first?.cause
                .contains("still finds a port at other addresses") == true)
        #expect(
            scene(28232).findings(of: rule).first?.cause.contains(
                "cannot have the port on any address either") == true)
    }

    @Test func `are not judged where they were not asked for`() {
        var scene = scene(28232)
        scene.now.boundPorts = nil
        #expect(scene.findings(of: rule).isEmpty)
    }
}

@Suite struct `Privileged ports` {
    private let rule = PrivilegedPortsNearLimit()

    private func found(_ used: Int, to port: UInt16 = 514) -> [Finding] {
        var scene = Scene()
        scene.connect([.established: used], port: port, outsideRange: used)
        scene.count(0, of: 0, even: 0, destinations: 1, privileged: used)
        return scene.findings(of: rule)
    }

    @Test func `are near their limit from 70 per cent of the NFS client's range on`() {
        // 0.7 × 359 = 251.3; 0.95 × 512 = 486.4
        #expect(found(251).isEmpty)
        #expect(found(252).map(\.severity) == [.warning])
        #expect(found(486).map(\.severity) == [.warning])
        #expect(found(487).map(\.severity) == [.critical])
    }

    @Test func `are fewer where connections to NFS show whose they are`() {
        // 0.95 × 359 = 341.05
        #expect(found(341, to: 2049).map(\.severity) == [.warning])
        #expect(found(342, to: 2049).map(\.severity) == [.critical])
        #expect(found(342, to: 2049).first?.cause.contains("NFS") == true)
        #expect(found(342).map(\.severity) == [.warning])
    }
}
