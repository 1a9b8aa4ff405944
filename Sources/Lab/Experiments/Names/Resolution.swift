import Catalogue
import Kernel
import Model
import Resolver
import Statistics
import Testbed

/// resolution: who asks whom for a name, recursively and iteratively, with what is kept from before and without.
enum Resolution {
    /// An arm, and what its host looks up.
    struct Case: ExperimentCase {
        var arm: Arm
        var name = "www.shop.test"
        /// Looked up before, and not counted.
        var before: String?
        /// Seconds between the two.
        var pause = 0.0
        var asker = Asker.nameServer
        /// Seconds for which the address may be kept.
        var life: UInt32 = 300
    }

    /// Whom the host asks.
    enum Asker: Sendable {
        /// Its name server, which it wants to ask the others.
        case nameServer
        /// Root, top level and authority itself.
        case everyone
        /// The root, which it wants to ask the others.
        case root
    }

    static let recursive = "recursive"
    static let iterative = "iterative"
    static let again = "asked again"
    static let sibling = "another name of the zone"
    static let expired = "asked again after its TTL"
    static let root = "recursion asked of the root"
    static let glueless = "server without glue"
    static let missing = "no such name"
    static let missingAgain = "no such name, asked again"

    static let cases = [
        Case(arm: Arm(recursive, .baseline)),
        Case(arm: Arm(iterative, .variant), asker: .everyone),
        Case(arm: Arm(again, .variant), before: "www.shop.test"),
        Case(arm: Arm(sibling, .variant), name: "mail.shop.test", before: "www.shop.test"),
        Case(arm: Arm(expired, .variant), before: "www.shop.test", pause: 1.1, life: 1),
        Case(arm: Arm(root, .variant), asker: .root),
        Case(arm: Arm(glueless, .variant), name: "www.far.test"),
        Case(arm: Arm(missing, .variant), name: "nothing.shop.test"),
        Case(
            arm: Arm(missingAgain, .variant), name: "nothing.shop.test",
            before: "nothing.shop.test"),
    ]

    static let experiment = make(cases)

    static func make(_ cases: [Case]) -> Experiment {
        var experiment = Experiment(
            .resolution,
            question: "Who asks whom for the address of a name?",
            claim:
                "A host sends its name server one query with recursion desired; that server asks root, top level and authority, each of which refers it to the next, and then caches the answer while its TTL lasts",
            source: [
                "RFC 1034 §4.3.1, §4.3.2, §5.3.3", "RFC 1035 §4.1", "RFC 2308 §5", "RFC 8499 §6",
            ],
            arms: cases.map(\.arm), measures: measures, claims: claims,
            scaling:
                "With an empty cache, a name with N zones above it takes N queries, and one query if the servers of its zone are known. The servers here are tcptune's own, in network namespaces, with three zones above the name; the experiment does not measure how long an answer takes on the internet.",
            runs: Comparison.fewestRuns, isComparison: false,
            trial: Experiment.trial(of: cases) { (scene, stop) throws(KernelError) in
                try run(scene, stop)
            })
        experiment.onlyIPv4 =
            "its name servers have IPv4 addresses, which its referrals name; with IPv6 the queries would be the same"
        return experiment
    }

    private static let measures = [
        Measure("host_questions", "queries that the host sent", .count),
        Measure("server_questions", "queries that its name server sent", .count),
        Measure("referrals", "answers that named other servers", .count),
        Measure("glue", "of them with the address of those servers (glue)", .count),
        Measure("recursion_desired", "queries with recursion desired", .count),
        Measure("recursion_available", "answers with recursion available", .count),
        Measure("authoritative", "authoritative answers to the host", .count),
        Measure("addresses", "addresses that the host got", .count),
        Measure("no_such_name", "NXDOMAIN answers to the host", .count),
        Measure("ttl_seconds", "the host may keep the answer", .seconds),
        Measure("answer_seconds", "from the first query to the last answer", .seconds),
    ]

    private static let claims: [Claim] = [
        exactly("recursive: the host sends one query", recursive, "host_questions", 1),
        exactly(
            "recursive: its name server sends three, to root, top level and authority", recursive,
            "server_questions", 3),
        exactly(
            "recursive: two of the three answers are referrals to the next server", recursive,
            "referrals", 2),
        exactly("recursive: each referral has that server's address (glue)", recursive, "glue", 2),
        exactly(
            "recursive: only the host's query has recursion desired", recursive,
            "recursion_desired", 1),
        exactly(
            "recursive: only its name server offers recursion", recursive, "recursion_available", 1),
        exactly(
            "recursive: the host gets a non-authoritative answer", recursive, "authoritative", 0),
        exactly("iterative: the host asks all three itself", iterative, "host_questions", 3),
        exactly("iterative: its name server asks no server", iterative, "server_questions", 0),
        exactly(
            "iterative: none of its queries has recursion desired", iterative, "recursion_desired",
            0),
        exactly("iterative: the last answer is authoritative", iterative, "authoritative", 1),
        exactly("asked again: the name server asks no server", again, "server_questions", 0),
        Claim(
            "asked again: the name server answers from its cache with the remaining TTL",
            .within(arm: again, measure: "ttl_seconds", 200...300)),
        exactly(
            "another name of the zone: the name server asks only the authority", sibling,
            "server_questions", 1),
        exactly("another name of the zone: it gets no referral", sibling, "referrals", 0),
        exactly(
            "after its TTL: the name server asks the authority again, and no server above it",
            expired,
            "server_questions", 1),
        exactly(
            "the root does not recurse, although recursion is desired: it refers to another server",
            root,
            "referrals", 1),
        exactly("the root offers no recursion", root, "recursion_available", 0),
        exactly(
            "without glue, the name server looks up the address of the next server first: six queries",
            glueless, "server_questions", 6),
        exactly("without glue, the host still gets the address", glueless, "addresses", 1),
        exactly("no such name: three queries as well", missing, "server_questions", 3),
        exactly(
            "no such name: the host gets the authority's NXDOMAIN", missing, "no_such_name", 1),
        exactly(
            "no such name, asked again: the name server has cached NXDOMAIN and asks no server",
            missingAgain,
            "server_questions", 0),
        exactly(
            "no such name, asked again: the host gets NXDOMAIN again", missingAgain, "no_such_name",
            1),
    ]

    private static func exactly(
        _ text: String, _ arm: String, _ measure: String, _ value: Double
    ) -> Claim {
        Claim(text, .within(arm: arm, measure: measure, value...value))
    }

    /// - Parameter beside: called when all servers run, before the first question, with what holds the namespaces.
    static func run(
        _ scene: Case, _ stop: StopSign,
        beside: (NameTree) throws(KernelError) -> Void = { (_) throws(KernelError) in }
    ) throws(KernelError) -> Trial {
        let tree = try NameTree.make(life: scene.life)
        defer { tree.end() }
        try beside(tree)
        if let before = scene.before {
            try lookUp(before, as: .nameServer, tree)
            let end = LoadClock.now + Int64(scene.pause * 1e9)
            while LoadClock.now < end, !stop.isSet { LoadClock.rest(milliseconds: 10) }
            tree.traffic.forget()
        }
        try lookUp(scene.name, as: scene.asker, tree)
        let record = tree.traffic.record
        return Trial(values: values(record), exchange: record.exchange)
    }

    /// As the host does.
    private static func lookUp(
        _ name: String, as asker: Asker, _ tree: NameTree
    ) throws(KernelError) {
        try tree.network.run(in: .client) { () throws(KernelError) in
            switch asker {
            case .everyone:
                let hints = RootHints([.init(name: "root", addresses: [NameTree.root])])
                var resolver = IterativeResolver(hints: hints, family: .v4)
                resolver.patience = RecursiveServer.patience
                if let failure = resolver.resolve(name).failure {
                    throw KernelError("find", failure.text, code: TCPSocket.timedOut)
                }
            case .nameServer, .root:
                let server = asker == .root ? NameTree.root : NameTree.nameServer
                _ = try PlainLookup.ask(
                    DNSName(name), [.a], at: SocketAddress(server, port: 53),
                    within: 2 * RecursiveServer.patience)
            }
        }
    }

    private static func values(_ record: [NameTraffic.Passed]) -> [String: Double] {
        func count(_ isCounted: (NameTraffic.Passed) -> Bool) -> Double {
            Double(record.count(where: isCounted))
        }
        let toHost = record.filter { $0.to == NameTree.host }.map(\.message)
        var values = [
            "host_questions": count { $0.from == NameTree.host },
            "server_questions": count { $0.from == RoutedNetwork.gateway(.server) },
            "referrals": count { $0.message.referral != nil },
            "glue": count { $0.message.referral?.glue.isEmpty == false },
            "recursion_desired": count { !$0.message.isResponse && $0.message.recursionDesired },
            "recursion_available": count {
                $0.message.isResponse && $0.message.recursionAvailable
            },
            "authoritative": Double(toHost.count(where: \.authoritative)),
            "addresses": Double(toHost.flatMap(\.answers).compactMap(\.address).count),
            "no_such_name": Double(toHost.count { $0.code == .noSuchName }),
        ]
        if let life = toHost.last?.answers.map(\.life).min() {
            values["ttl_seconds"] = Double(life)
        }
        if let first = record.first, let last = record.last {
            values["answer_seconds"] = Double(last.at - first.at) / 1e9
        }
        return values
    }
}
