import Catalogue
import Kernel
import Model
import Resolver
import Statistics
import Testbed

/// dns-ports: what lookups cost in UDP ports and tracked connections, with a cache on the host and without.
enum DNSPorts {
    /// An arm, and what its host and its name server do.
    struct Case: ExperimentCase {
        var arm: Arm
        var lookups = DNSPorts.lookups
        /// True where the host asks a caching stub of its own.
        var hasStub = false
        /// Seconds for which answers may be kept.
        var life: UInt32 = 300
    }

    static let lookups = 300
    private static let names = (0..<5).map { DNSName("name\($0).example") }
    /// A lookup that takes longer says nothing, in seconds.
    static let patience = 10.0
    /// Longer than that, and the first entries may be gone.
    private static let mostSeconds = 15.0

    private static let plain = "each asks the server"
    private static let cached = "caching stub"
    private static let fleeting = "caching stub, TTL 0"
    private static let double = "twice the lookups"

    static let cases = [
        Case(arm: Arm(plain, .baseline)),
        Case(arm: Arm(double, .variant), lookups: 2 * lookups),
        Case(arm: Arm(fleeting, .variant), hasStub: true, life: 0),
        // No remedy: a program helps, so there is no setting to be tried in its place. The last is what is compared.
        Case(arm: Arm(cached, .variant), hasStub: true),
    ]

    static let experiment = make(cases)

    static func make(_ cases: [Case]) -> Experiment {
        var experiment = Experiment(
            .dnsPorts,
            question: "How many ports and tracked connections does a resolver without a cache use?",
            claim:
                "Every lookup uses a UDP port and two queries, and for 30 s an entry in every table of tracked connections on the way; a caching stub asks once for each name and type while its TTL lasts",
            source: [
                "resolv/res_send.c:send_dg of glibc", "net/ipv4/udp.c:udp_lib_get_port",
                "net/netfilter/nf_conntrack_proto_udp.c:nf_conntrack_udp_packet",
            ],
            arms: cases.map(\.arm), measures: measures, claims: claims,
            scaling:
                "N lookups per second keep 30 · N entries in each table that they pass (nf_conntrack_udp_timeout): 8 700 per second fill a table of 262 144. Checked here: twice the lookups make twice the entries, and each entry stays 30 s.",
            runs: Comparison.fewestRuns, trial: Experiment.trial(of: cases, run))
        experiment.onlyIPv4 =
            "its host, gateway and name server have IPv4 addresses, and its stub is at 127.0.0.53"
        return experiment
    }

    private static let measures = [
        Measure("ports", "UDP ports that the server saw", .count, better: .down),
        Measure("questions", "queries to the server", .count, better: .down),
        Measure("gateway_tracked", "entries at the gateway", .count, better: .down),
        Measure("host_tracked", "entries on the host itself", .count, better: .down),
        Measure("entry_seconds", "an entry stays", .seconds),
        Measure("answered", "lookups answered", .count, better: .up),
    ]

    /// Two lookups now and then get the same port, one after the other: a few in a hundred.
    private static let claims: [Claim] = {
        let nearly = 0.95 * Double(lookups)...Double(lookups)
        let questions = Double(2 * names.count)
        return [
            Claim(
                "each of \(lookups) lookups uses its own port",
                .within(arm: plain, measure: "ports", nearly)),
            Claim(
                "A and AAAA are two queries through one port",
                .within(
                    arm: plain, measure: "questions", Double(2 * lookups)...Double(2 * lookups))),
            Claim(
                "each lookup has an entry in the gateway's table",
                .within(arm: plain, measure: "gateway_tracked", nearly)),
            Claim(
                "the entry stays 30 s, although the answer came at once",
                .within(arm: plain, measure: "entry_seconds", 15...30), isScaling: true),
            Claim(
                "twice the lookups make twice the entries",
                .ratio(arm: double, to: plain, measure: "gateway_tracked", 1.8...2.2),
                isScaling: true),
            Claim(
                "with a caching stub, the server gets each query once",
                .within(arm: cached, measure: "questions", questions...questions)),
            Claim(
                "with a caching stub, the host uses at most one port per query",
                .within(arm: cached, measure: "ports", 1...questions)),
            Claim(
                "with a caching stub, the gateway tracks no more than that",
                .within(arm: cached, measure: "gateway_tracked", 1...questions)),
            Claim(
                "if the host itself tracks connections, it also tracks the queries to the stub over loopback",
                .within(
                    arm: cached, measure: "host_tracked",
                    nearly.lowerBound...nearly.upperBound + questions)),
            Claim(
                "the server gets a query for a name with a TTL of 0 each time, stub or not",
                .within(
                    arm: fleeting, measure: "questions", Double(2 * lookups)...Double(2 * lookups))),
            Claim(
                "with a caching stub, all lookups get an answer",
                .within(arm: cached, measure: "answered", Double(lookups)...Double(lookups))),
        ]
    }()

    /// What the client's side of a trial brings.
    private struct Lookups: Sendable {
        var answered = 0
        var tracked = 0
    }

    private static let server = SocketAddress(PrivateNetwork.address(.server, 0), port: 53)

    private static func run(_ scene: Case, _ stop: StopSign) throws(KernelError) -> Trial {
        let network = try RoutedNetwork.make()
        for side in [RoutedNetwork.Side.client, .middle] {
            try network.run(in: side) { () throws(KernelError) in
                try ConnectionTracking.start()
                try TrialGround.apply(scene.arm)
            }
        }
        let authority = try network.run(in: .server) { () throws(KernelError) in
            try NameAuthority(at: server, life: scene.life)
        }
        defer { authority.end() }
        let begin = LoadClock.now
        // The first is by itself, so that the life of its entry is read while it is young.
        let probe = try network.run(in: .client) { () throws(KernelError) in
            try PlainLookup.ask(names[0], at: server, within: patience).port
        }
        let source = SocketAddress(network.clientAddress, port: probe)
        let entry = try network.run(in: .middle) { () throws(KernelError) in
            try ConntrackTable.entry(
                of: ConntrackTable.Tuple(
                    source: source, destination: server, transport: .udp))
        }
        let before = authority.account
        let tracked = try count(network, .middle)
        let lookups = try network.run(in: .client) { () throws(KernelError) in
            try lookUp(scene, stop)
        }
        let after = authority.account
        var values = [
            "ports": Double(after.senders.subtracting(before.senders).count),
            "questions": Double(after.questions - before.questions),
            "gateway_tracked": Double(try count(network, .middle) - tracked),
            "host_tracked": Double(lookups.tracked), "answered": Double(lookups.answered),
        ]
        values["entry_seconds"] = entry.map { Double($0.secondsLeft) }
        let seconds = Double(LoadClock.now - begin) / 1e9
        return Trial(
            values: values,
            void: seconds < mostSeconds
                ? nil : "the machine was too slow: the first entries may be gone")
    }

    private static func count(
        _ network: RoutedNetwork, _ side: RoutedNetwork.Side
    ) throws(KernelError) -> Int {
        try network.run(in: side) { () throws(KernelError) in try count() }
    }

    /// In the namespace of the calling thread.
    private static func count() throws(KernelError) -> Int {
        guard let count = ConntrackTable.count() else {
            throw .absent(
                "read", "net.netfilter.nf_conntrack_count",
                detail: "this kernel does not track connections")
        }
        return count
    }

    /// One lookup after the other, each as a program that has no cache of its own does it.
    private static func lookUp(
        _ scene: Case, _ stop: StopSign
    ) throws(KernelError) -> Lookups {
        let stub = scene.hasStub ? try CachingStub.start(server: server) : nil
        defer { stub?.end() }
        var lookups = Lookups()
        let before = try count()
        for number in 0..<scene.lookups where !stop.isSet {
            let found = try PlainLookup.ask(
                names[number % names.count], at: stub == nil ? server : CachingStub.address,
                within: patience)
            if found.answers.allSatisfy({ $0.answers.count == 1 }) { lookups.answered += 1 }
        }
        lookups.tracked = try count() - before
        return lookups
    }
}
