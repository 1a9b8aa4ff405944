import Catalogue
import Kernel
import Model

extension Experiment {
    package static let portReuse = Experiment(
        .portReuse,
        question: "When can connect() reuse a port in TIME_WAIT?",
        claim:
            "tcp_tw_reuse = 1 allows it after one second if both ends use timestamps; the default (2) allows it on loopback only; with 0, or without timestamps, connect() never can.",
        source: [
            "net/ipv4/tcp_ipv4.c:tcp_twsk_unique",
            "net/ipv4/inet_hashtables.c:__inet_check_established",
        ],
        arms: PortReuse.arms, measures: PortReuse.measures, claims: PortReuse.claims,
        scaling:
            "With reuse, a port serves one connection per tcp_tw_reuse_delay (1 s) instead of one per 60 s: N ports carry N connections per second.",
        purpose: PortReuse.purpose, trial: PortReuse.trial)
}

/// All ports used, a pause of a little more than a second, and all asked for again.
enum PortReuse {
    static let ports = 100
    private static let more = "1, 200 ports"
    /// Reuse takes 1 s (`tcp_tw_reuse_delay`), and before Linux 6.14 another second of the clock.
    private static let pause: UInt32 = 1200

    private static let loopbackArms: Set<String> = [
        "lo, 0", "lo, 1", "lo, 2",
        "lo, 2, no timestamps",
    ]

    static let arms = [
        arm("reuse 0", .baseline, reuse: 0),
        arm("reuse 1", .remedy, reuse: 1),
        Arm(more, .variant, settings: [.ports(2 * ports), .reuse(1), .timestamps(1)]),
        arm("1, no timestamps", .variant, reuse: 1, timestamps: 0),
        arm("reuse 2", .variant, reuse: 2),
        arm("lo, 0", .variant, reuse: 0),
        arm("lo, 1", .variant, reuse: 1),
        arm("lo, 2", .variant, reuse: 2),
        arm("lo, 2, no timestamps", .variant, reuse: 2, timestamps: 0),
    ]

    private static func arm(
        _ name: String, _ role: ArmResult.Role, reuse: Int, timestamps: Int = 1
    ) -> Arm {
        Arm(name, role, settings: [.ports(ports), .reuse(reuse), .timestamps(timestamps)])
    }

    static let measures = [
        Measure("connects_first", "before the pause", .count),
        Measure("connects_again", "after the pause", .count, better: .up),
        Measure("TWRecycled", "TWRecycled", .count),
    ]

    static let purpose = Purpose(
        "let connect() reuse TIME_WAIT ports after one second",
        [
            .init("TWRecycled", all, "connect() reuses all \(ports) ports") {
                "connect() reuses \($0.counted) of \(ports) TIME_WAIT ports"
            }
        ]
    ) { tried in
        tried.only("net.ipv4.tcp_tw_reuse").map { reuse in
            let taken = reuse == 1 ? Double(ports) : 0
            return [
                .init(
                    "connect() reuses \(taken.counted) of \(ports) ports", "TWRecycled",
                    taken...taken)
            ]
        } ?? []
    }

    static let claims =
        [
            Claim(
                "100 ports serve 100 connections at first",
                .within(arm: "reuse 0", measure: "connects_first", all)),
            again("tcp_tw_reuse = 0 reuses no port", "reuse 0", none),
            again("tcp_tw_reuse = 1 reuses every port", "reuse 1", all),
            again("tcp_tw_reuse = 1 reuses no port without timestamps", "1, no timestamps", none),
            again("tcp_tw_reuse = 2 reuses no port between hosts", "reuse 2", none),
            again("tcp_tw_reuse = 0 reuses no port on loopback either", "lo, 0", none),
            again("tcp_tw_reuse = 1 reuses every port on loopback", "lo, 1", all),
            again("tcp_tw_reuse = 2 reuses every port on loopback", "lo, 2", all),
            again(
                "tcp_tw_reuse = 2 reuses no port on loopback without timestamps",
                "lo, 2, no timestamps", none),
            Claim(
                "TWRecycled counts each reused port",
                .within(arm: "reuse 1", measure: "TWRecycled", all)),
            Claim(
                "twice the ports carry twice the connections per second",
                .ratio(
                    arm: more, to: "reuse 1", measure: "connects_again", 1.99...2.01),
                isScaling: true),
        ]

    private static let all = 100.0...100.0
    private static let none = 0.0...0.0

    private static func again(
        _ text: String, _ arm: String, _ range: ClosedRange<Double>
    ) -> Claim {
        Claim(text, .within(arm: arm, measure: "connects_again", range))
    }

    static func trial(
        _ arm: Arm, _ conditions: TrialConditions
    ) throws(Refusal) -> Trial {
        let path = loopbackArms.contains(arm.name) ? BothEnds.Path.loopback : .veth
        let ports = arm.name == more ? 2 * ports : ports
        let ground: [LoadPlan.Assignment] = [.ports(ports), .reuse(0), .timestamps(1)]
        return try BothEnds.run(arm, ground: ground, over: path) { (ends) throws(KernelError) in
            let first = useAll(ends, ports)
            LoadClock.rest(milliseconds: pause)
            let sampler = try NamespaceSampler.open()
            let before = try sampler.counters()
            let again = useAll(ends, ports)
            let recycled = try sampler.counters().growth(of: .timeWaitsRecycled, since: before)
            return Trial(values: [
                "connects_first": Double(first), "connects_again": Double(again),
                "TWRecycled": Double(recycled ?? 0),
            ])
        }
    }

    /// Asks for as many connections as there are ports; how many it got.
    private static func useAll(_ ends: BothEnds, _ ports: Int) -> Int {
        var connects = 0
        for _ in 0..<ports {
            guard case .open(let connection) = ends.connect() else { continue }
            ends.close(connection, first: .client)
            connects += 1
        }
        return connects
    }
}
