import FoundationEssentials
import Glibc
import Model
import ScratchFiles
import Testbed
import Testing

@testable import Kernel
@testable import Resolver

/// A private internet of names: a root, top levels and authorities by nsd, and unbound, which recurses.
///
/// All in a network namespace of its own, at port 53, since unbound asks others at that port alone; nsd answers at another
/// port, too.
final class NameServers: Sendable {
    static let root = address(1)
    static let top = address(2)
    static let authority = address(3)
    static let unbound = address(9)
    /// Somebody listens here and never answers.
    static let silent = address(20)
    /// Nobody listens here.
    static let absent = address(21)
    static let otherPort: UInt16 = 5353

    static let hints = RootHints([RootHints.Server(name: "a.root", addresses: [root])])

    static func address(_ number: UInt32) -> IPAddress { IPAddress(v4: 0x7F35_0000 + number) }

    static let programs = ["/usr/sbin/nsd", "/usr/sbin/unbound"]
    static let arePossible =
        SysctlScratch.canUnshare
        && programs.allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }
    static let reason: Comment = "needs root, namespaces, nsd(8) and unbound(8)"

    let scratch: SysctlScratch
    private let network: PrivateNetwork
    private let servers: [ServerProcess]
    private let deaf: UDPSocket

    private init() throws {
        scratch = try SysctlScratch()
        network = try PrivateNetwork.make(link: .loopback)
        for (name, text) in ZoneFiles.all { try scratch.write("/\(name).zone", text) }
        var started: [ServerProcess] = []
        for (name, address, zones) in ZoneFiles.servers {
            try scratch.write("/\(name).conf", Self.nsd(address, zones, scratch.path))
            let file = "\(scratch.path)/\(name).conf"
            started.append(
                try network.run(in: .client) { () throws(KernelError) in
                    try ServerProcess("/usr/sbin/nsd", file)
                })
        }
        try scratch.write("/unbound.conf", Self.unbound(scratch.path))
        try scratch.write("/hints", ". NS a.root.\na.root. A \(Self.root)\n")
        let file = "\(scratch.path)/unbound.conf"
        started.append(
            try network.run(in: .client) { () throws(KernelError) in
                try ServerProcess("/usr/sbin/unbound", file)
            })
        servers = started
        deaf = try network.run(in: .client) { () throws(KernelError) in
            try UDPSocket.open(at: SocketAddress(Self.silent, port: 53))
        }
    }

    deinit { deaf.close() }

    /// Starts them all, and waits until each answers for what it has.
    static func start() throws -> NameServers {
        let made = try NameServers()
        for (server, name) in [
            (root, "."), (top, "test"), (top, "other"), (authority, "glued.test"), (unbound, "."),
        ] {
            try made.awaitAnswer(of: server, for: DNSName(name))
        }
        return made
    }

    private func awaitAnswer(of server: IPAddress, for name: DNSName) throws {
        let end = MonotonicClock.now + 120
        let question = DNSQuestion(name, .soa, recursionDesired: true)
        let exchange = ServerExchange(
            server: SocketAddress(server, port: 53), patience: 1)
        while MonotonicClock.now < end {
            let outcome = try run { exchange.askByUDP([question])[0] }
            if outcome.message?.answers.isEmpty == false { return }
            LoadClock.rest(milliseconds: 20)
        }
        throw KernelError("hear from", "\(server)", code: ETIMEDOUT)
    }

    /// On a thread inside the namespace.
    func run<Success: Sendable>(
        _ body: @escaping @Sendable () throws(KernelError) -> Success
    ) throws -> Success {
        try network.run(in: .client, body)
    }

    /// Runs a program inside the namespace, to its end.
    func start(_ words: [String]) throws {
        let program = words[0]
        let rest = Array(words.dropFirst())
        try run { () throws(KernelError) in
            _ = try Kernel.ChildProcess.run(program, rest, within: 120)
        }
    }

    private static func nsd(_ address: IPAddress, _ zones: [String], _ path: String) -> String {
        let served = zones.map { zone in
            "zone:\n  name: \"\(zone)\"\n  zonefile: \"\(zone == "." ? "root" : zone).zone\"\n"
        }
        return """
            server:
              ip-address: \(address)@53
              ip-address: \(address)@\(otherPort)
              username: ""
              chroot: ""
              zonesdir: "\(path)"
              database: ""
              pidfile: ""
              xfrdfile: ""
              xfrdir: "\(path)"
              zonelistfile: ""
              server-count: 1
              rrl-ratelimit: 0
            remote-control:
              control-enable: no

            """ + served.joined()
    }

    private static func unbound(_ path: String) -> String {
        """
        server:
          directory: "\(path)"
          chroot: ""
          username: ""
          pidfile: ""
          use-syslog: no
          do-daemonize: no
          num-threads: 1
          interface: \(unbound)
          access-control: 127.0.0.0/8 allow
          do-not-query-localhost: no
          root-hints: "\(path)/hints"
          module-config: "iterator"
          local-zone: "test." nodefault
          harden-referral-path: no
          qname-minimisation: no
          target-fetch-policy: "0 0 0 0 0"
        remote-control:
          control-enable: no

        """
    }
}

/// A server that goes with its owner.
private final class ServerProcess: Sendable {
    private let pid: pid_t

    /// In the foreground, with that configuration.
    init(_ program: String, _ file: String) throws(KernelError) {
        pid = try ProgramStart().run(program, as: program, ["-d", "-c", file])
    }

    deinit {
        // It leads a group of its own, in which its children are.
        kill(-pid, SIGKILL)
        waitpid(pid, nil, 0)
    }
}

/// Starts the servers once for all tests of a suite.
struct NameServersRunning: SuiteTrait, TestScoping {
    @TaskLocal static var servers: NameServers?

    func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        guard NameServers.arePossible else { return try await function() }
        try await Self.$servers.withValue(try NameServers.start()) { try await function() }
    }
}

extension Trait where Self == NameServersRunning {
    static var nameServers: NameServersRunning { NameServersRunning() }
}
