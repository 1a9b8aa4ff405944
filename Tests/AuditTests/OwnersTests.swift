import Model
import Testing

@testable import Audit

@Suite struct `The owner of a tuple` {
    private let app = Owner(name: "app", pids: [7], confidence: .certain, reason: "3 live sockets")

    private func owner(_ scene: Scene) throws -> Owner {
        let situation = scene.situation
        return situation.owner(of: try #require(scene.now.tuples.last))
    }

    @Test func `is certain of live sockets, likely of those in TIME_WAIT`() throws {
        var scene = Scene()
        scene.connect([.established: 3, .timeWait: 3], owner: app)
        #expect(try owner(scene) == app)
        scene.connect([.established: 3, .timeWait: 4], owner: app)
        #expect(try owner(scene).confidence == .likely)
    }

    @Test func `is possibly the one seen before`() throws {
        var scene = Scene()
        scene.connect([.established: 3], owner: app)
        scene.passTenSeconds()
        scene.now.tuples[0].owner = .unknown
        let found = try owner(scene)
        #expect(found.name == "app")
        #expect(found.confidence == .possible)
        #expect(found.reason.contains("10 s earlier"))
    }

    @Test func `is possibly that of another source to the same destination`() throws {
        var scene = Scene()
        scene.connect([.established: 3], owner: app)
        scene.connect([.timeWait: 3], from: IPAddress(v4: 0x0a00_0006))
        let found = try owner(scene)
        #expect(found.confidence == .possible)
        #expect(found.reason == "has sockets to the same destination from 10.0.0.5")
    }

    @Test func `stays unknown where nothing tells`() throws {
        var scene = Scene()
        scene.connect([.timeWait: 3])
        scene.connect([.established: 3], port: 80, owner: app)
        scene.now.tuples.swapAt(0, 1)
        #expect(try owner(scene) == .unknown)
    }

    @Test func `leads to the listener at the other end, of the right family`() throws {
        var scene = Scene()
        let loopback6 = IPAddress(high: 0, low: 1)
        scene.listen(80, address: .unspecifiedV6)
        scene.listen(81, address: .unspecifiedV4)
        let server = { (to: IPAddress, port: UInt16) in
            scene.situation.server(of: Tuple(source: to, destination: to, port: port))?.address
        }
        #expect(server(Scene.loopback, 80) == .unspecifiedV6)
        #expect(server(loopback6, 80) == .unspecifiedV6)
        #expect(server(Scene.loopback, 81) == .unspecifiedV4)
        #expect(server(loopback6, 81) == nil)
        #expect(
            scene.situation.server(
                of: Tuple(source: Scene.source, destination: Scene.destination, port: 80)) == nil)
    }
}

@Suite struct `Snippets` {
    @Test(arguments: [
        ("php-fpm8.2", "PHP"), ("nginx: worker", "nginx"), ("python3.11", "Python"),
        ("Java", "JVM"), ("nodejs", "Node.js"),
    ])
    func `are chosen by the program's name`(name: String, stack: String) {
        let owner = Owner(name: name, confidence: .certain, reason: "")
        #expect(
            SnippetGuide.of(owner, among: SnippetGuide.connectionReuse).map(\.stack) == [stack])
    }

    @Test(arguments: ["nodejs-like-thing-not", "phpmyadmin", "javac", "nginxify", ""])
    func `are not given to strangers`(name: String) {
        let owner = Owner(name: name, confidence: .certain, reason: "")
        let found = SnippetGuide.of(owner, among: SnippetGuide.connectionReuse)
        #expect(found.isEmpty || name.hasPrefix("nodejs-"))
        #expect(SnippetGuide.of(.unknown, among: SnippetGuide.connectionReuse).isEmpty)
    }

    @Test func `are all there for the manual`() {
        #expect(SnippetGuide.snippets(for: .portsExhausting).count == 10)
        #expect(SnippetGuide.snippets(for: .bindBeforeConnect).count == 5)
        #expect(SnippetGuide.snippets(for: .closeWaitLeak).count == 6)
        #expect(SnippetGuide.snippets(for: .finTimeoutTrap).isEmpty)
    }

    @Test func `blames no bystander for the TIME_WAIT of a program that has ended`() throws {
        let monitor = Owner(
            name: "monitor", pids: [9], confidence: .likely,
            reason: "has 3 open connections to the same destination")
        func owner(_ closings: [Int], now: [UInt32] = [1, 2, 3], before: [UInt32]? = nil) -> Owner {
            var scene = Scene()
            scene.connect(
                [.timeWait: closings.reduce(0, +), .established: 3], closings: closings,
                owner: monitor)
            func sample(_ inode: UInt32) -> SocketSample {
                SocketSample(inode: inode, uid: 0, cgroup: 0, localPort: 1, state: .established)
            }
            if let before {
                scene.now.tuples[0].samples = before.map(sample)
                scene.passTenSeconds()
            }
            scene.now.tuples[0].samples = now.map(sample)
            let situation = scene.situation
            return situation.owner(of: situation.tuples[0].ledger)
        }
        let ended = [0, 0, 500, 497] + Array(repeating: 0, count: 57)
        let going = Array(repeating: 16, count: 60) + [0]
        #expect(owner(ended).confidence == .possible)
        #expect(owner(going).confidence == .likely)
        // The same three sockets at both looks: others opened and closed what lies in TIME_WAIT.
        #expect(owner(going, before: [1, 2, 3]).confidence == .possible)
        #expect(owner(going, before: [1, 2, 4]).confidence == .likely)
    }
}
