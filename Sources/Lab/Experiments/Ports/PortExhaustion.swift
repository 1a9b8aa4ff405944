import Catalogue
import Kernel
import Model
import Testbed

extension Experiment {
    package static let portExhaustion = Experiment(
        .portExhaustion,
        question:
            "Why does connect() fail with `Cannot assign requested address`, and what stops it?",
        claim:
            "A host that closes first gets one connection per port and destination in 60 s, then EADDRNOTAVAIL; with tcp_tw_reuse = 1 connect() may reuse a port after 1 s, though TIME_WAIT still lasts 60 s.",
        source: [
            "net/ipv4/inet_hashtables.c:__inet_hash_connect",
            "net/ipv4/tcp_ipv4.c:tcp_twsk_unique",
            "net/ipv4/tcp_minisocks.c:tcp_time_wait",
        ],
        arms: PortExhaustion.arms, measures: PortExhaustion.measures,
        claims: PortExhaustion.claims,
        scaling:
            "N ports carry N / 60 s connections per second to one destination: 28 232 ports carry 470 per second. Checked here: twice the ports carry twice the connections, and TIME_WAIT holds each port for 60 s.",
        purpose: PortExhaustion.purpose, trial: PortExhaustion.trial)
}

/// More connections than there are ports, at a steady pace.
enum PortExhaustion {
    static let ports = 600
    static let attempts = 1300
    /// Ten connections every 20 ms at most: no port is asked for again before 1.2 s have gone by, however busy the machine is.
    private static let burst = 10
    private static let pause: UInt32 = 20

    private static let few = "600 ports"
    private static let reusing = "tcp_tw_reuse = 1"
    private static let many = "1200 ports"
    private static let twoDestinations = "two destinations"
    private static let serverFirst = "server first"

    static let arms = [
        Arm(few, .baseline, settings: [.ports(ports), .reuse(0)]),
        Arm(reusing, .remedy, settings: [.ports(ports), .reuse(1)]),
        Arm(many, .variant, settings: [.ports(2 * ports), .reuse(0)]),
        Arm(twoDestinations, .variant, settings: [.ports(ports), .reuse(0)]),
        Arm(serverFirst, .variant, settings: [.ports(ports), .reuse(0)]),
    ]

    static let measures = [
        Measure("connects", "connections", .count, better: .up),
        Measure("errors_EADDRNOTAVAIL", "EADDRNOTAVAIL", .count, better: .down),
        Measure("client_TIME_WAIT", "TIME_WAIT, client", .count),
        Measure("server_TIME_WAIT", "TIME_WAIT, server", .count),
        Measure("held_seconds", "TIME_WAIT holds a port for", .seconds),
    ]

    static let purpose = Purpose(
        "stop connect() from failing with EADDRNOTAVAIL",
        [
            .init("errors_EADDRNOTAVAIL", 0...0, "none of \(attempts) connections fails") {
                $0 == 0
                    ? "none of \(attempts) connections fails"
                    : "\($0.counted) of \(attempts) connections fail"
            },
            .init(
                "client_TIME_WAIT", 0...Double(ports),
                "TIME_WAIT holds at most \(ports) ports"
            ) { "TIME_WAIT holds \($0.counted) ports" },
        ]
    ) { tried in
        let range = tried.onlyPorts
        let reuse = tried.only("net.ipv4.tcp_tw_reuse")
        guard range != nil || reuse != nil else { return [] }
        let served = Double(reuse == 1 ? attempts : min(attempts, range ?? ports))
        return [
            .init(
                "\(served.counted) of \(attempts) connections succeed", "connects",
                served...served)
        ]
            + (reuse == 1
                ? []
                : [
                    .init(
                        "each of these connections leaves its port in TIME_WAIT",
                        "client_TIME_WAIT",
                        served...served)
                ])
    }

    static let claims = [
        Claim(
            "with 600 ports, 600 of 1300 connections succeed",
            .within(arm: few, measure: "connects", 600...600)),
        Claim(
            "with 600 ports, the other 700 connections fail with EADDRNOTAVAIL",
            .within(arm: few, measure: "errors_EADDRNOTAVAIL", 700...700)),
        Claim(
            "with 600 ports, all 600 are in TIME_WAIT",
            .within(arm: few, measure: "client_TIME_WAIT", 600...600)),
        Claim(
            "TIME_WAIT holds a port for 60 s",
            .within(arm: few, measure: "held_seconds", 59...60.5), isScaling: true),
        Claim(
            "with tcp_tw_reuse = 1, no connection fails",
            .within(arm: reusing, measure: "errors_EADDRNOTAVAIL", 0...0)),
        Claim(
            "twice the ports carry twice the connections",
            .ratio(arm: many, to: few, measure: "connects", 1.99...2.01), isScaling: true),
        Claim(
            "a second destination can use the same ports again",
            .ratio(arm: twoDestinations, to: few, measure: "connects", 1.99...2.01),
            isScaling: true),
        Claim(
            "if the server closes first, the client has no TIME_WAIT",
            .within(arm: serverFirst, measure: "client_TIME_WAIT", 0...0)),
        Claim(
            "if the server closes first, all 1300 connections succeed",
            .within(arm: serverFirst, measure: "connects", 1300...1300)),
    ]

    static func trial(
        _ arm: Arm, _ conditions: TrialConditions
    ) throws(Refusal) -> Trial {
        let destinations = arm.name == twoDestinations ? 2 : 1
        let first = arm.name == serverFirst ? BothEnds.First.server : .client
        // What the arm leaves unsaid: the settings of a remedy may be replaced as a whole.
        let ground: [LoadPlan.Assignment] = [.ports(ports), .reuse(0), .timestamps(1)]
        return try BothEnds.run(arm, ground: ground, destinations: destinations) {
            (ends) throws(KernelError) in
            try run(ends, first, conditions.stop)
        }
    }

    private static func run(
        _ ends: BothEnds, _ first: BothEnds.First, _ stop: StopSign
    ) throws(KernelError) -> Trial {
        var timeline = CountsOverTime(["connects", "errors_EADDRNOTAVAIL"])
        let sampler = try NamespaceSampler.open()
        var held: Double?
        var failures: [Int32: Int] = [:]
        for number in 0..<attempts {
            switch ends.connect(to: number % ends.destinations.count) {
            case .open(let connection):
                timeline.count("connects")
                if number < looks, first == .client {
                    // Of several looks the longest: one may be held up between the close and the look.
                    held = max(held ?? 0, try hold(connection, ends, number))
                } else {
                    ends.close(connection, first: first)
                }
            case .failed(let error):
                failures[error, default: 0] += 1
                if error == SocketErrno.noAddress { timeline.count("errors_EADDRNOTAVAIL") }
            }
            guard number % burst == burst - 1 else { continue }
            if timeline.isNew, let waiting = try sampler.counters().inTimeWait {
                timeline.note("client_TIME_WAIT", waiting)
            }
            if stop.isSet { break }
            LoadClock.rest(milliseconds: pause)
        }
        let (client, server) = try ends.totals()
        var values = [
            "connects": Double(timeline.total("connects")),
            "errors_EADDRNOTAVAIL": Double(failures[SocketErrno.noAddress] ?? 0),
            "client_TIME_WAIT": Double(client.inTimeWait ?? 0),
            "server_TIME_WAIT": Double(server.inTimeWait ?? 0),
        ]
        values["held_seconds"] = held
        return Trial(values: values, series: timeline.series, seriesStep: timeline.step)
    }

    /// Connections whose TIME_WAIT is looked at.
    private static let looks = 3

    /// Closes it; for how many seconds its port is then held.
    private static func hold(
        _ connection: BothEnds.Connection, _ ends: BothEnds, _ number: Int
    ) throws(KernelError) -> Double {
        let own = ends.client(connection.client.localPort() ?? 0)
        ends.close(connection, first: .client)
        return try TimeWaits.left(
            from: own, to: ends.destinations[number % ends.destinations.count]) ?? 0
    }
}
