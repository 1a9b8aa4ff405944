import Catalogue
import Kernel
import Model
import Testbed

extension Experiment {
    package static let bindBeforeConnect = Experiment(
        .bindBeforeConnect,
        question: "What does bind() before connect() cost?",
        claim:
            "A port that bind() chose serves only one destination, and no other program's connect() can use it; with IP_BIND_ADDRESS_NO_PORT, each destination has all ports.",
        source: [
            "net/ipv4/inet_connection_sock.c:inet_csk_find_open_port",
            "net/ipv4/inet_hashtables.c:__inet_hash_connect",
            "net/ipv4/af_inet.c:__inet_bind",
        ],
        arms: BindBeforeConnect.arms, measures: BindBeforeConnect.measures,
        claims: BindBeforeConnect.claims,
        scaling:
            "With bind() first, N ports carry N connections in 60 s to all destinations together; without it, or with IP_BIND_ADDRESS_NO_PORT, N to each.",
        trial: BindBeforeConnect.trial)
}

/// Two destinations in turn by one program, then a third by another that does not bind.
enum BindBeforeConnect {
    static let ports = 200

    private static let bound = "bind() first"
    private static let late = "IP_BIND_ADDRESS_NO_PORT"
    private static let plain = "connect() alone"

    static let arms = [
        Arm(bound, .baseline, settings: [.ports(ports), .reuse(0)]),
        Arm(plain, .variant, settings: [.ports(ports), .reuse(0)]),
        Arm(late, .variant, settings: [.ports(ports), .reuse(0)]),
    ]

    static let measures = [
        Measure("connects_first", "1st destination", .count, better: .up),
        Measure("connects_second", "2nd destination", .count, better: .up),
        Measure(
            "connects_other", "3rd, no bind()",
            .count, better: .up),
        Measure("errors_EADDRINUSE", "EADDRINUSE", .count, better: .down),
        Measure("errors_EADDRNOTAVAIL", "EADDRNOTAVAIL", .count, better: .down),
    ]

    static let claims = [
        Claim(
            "bind() first: the first destination gets all 200 ports",
            .within(arm: bound, measure: "connects_first", 200...200)),
        Claim(
            "bind() first: a second destination gets none of them",
            .within(arm: bound, measure: "connects_second", 0...0)),
        Claim(
            "bind() first: for a second destination, bind() fails with EADDRINUSE",
            .within(arm: bound, measure: "errors_EADDRINUSE", 200...200)),
        Claim(
            "bind() first: a program that does not bind gets none for a third destination",
            .within(arm: bound, measure: "connects_other", 0...0)),
        Claim(
            "with IP_BIND_ADDRESS_NO_PORT, a second destination gets all 200 ports",
            .within(arm: late, measure: "connects_second", 200...200)),
        Claim(
            "with IP_BIND_ADDRESS_NO_PORT, another program gets all 200 for a third",
            .within(arm: late, measure: "connects_other", 200...200)),
        Claim(
            "IP_BIND_ADDRESS_NO_PORT gives as many ports as no bind() at all",
            .ratio(arm: late, to: plain, measure: "connects_second", 1...1), isScaling: true),
    ]

    static func trial(
        _ arm: Arm, _ conditions: TrialConditions
    ) throws(Refusal) -> Trial {
        let ground: [LoadPlan.Assignment] = [.ports(ports), .reuse(0)]
        return try BothEnds.run(arm, ground: ground, destinations: 3) { (ends) in
            let own = ends.client(0)
            let prepare: (TCPSocket) -> Int32 =
                switch arm.name {
                case bound: { $0.bind(to: own) }
                case late:
                    {
                        let result = $0.chooseNoPortAtBind()
                        return result == 0 ? $0.bind(to: own) : result
                    }
                default: { _ in 0 }
                }
            var failures: [Int32: Int] = [:]
            func connects(to destination: Int, _ prepare: (TCPSocket) -> Int32) -> Double {
                var count = 0.0
                for _ in 0..<ports {
                    switch ends.connect(to: destination, prepare: prepare) {
                    case .open(let connection):
                        ends.close(connection, first: .client)
                        count += 1
                    case .failed(let error): failures[error, default: 0] += 1
                    }
                }
                return count
            }
            let values = [
                "connects_first": connects(to: 0, prepare),
                "connects_second": connects(to: 1, prepare),
                "connects_other": connects(to: 2) { _ in 0 },
            ]
            let errors = [
                "errors_EADDRINUSE": Double(failures[SocketErrno.addressInUse] ?? 0),
                "errors_EADDRNOTAVAIL": Double(failures[SocketErrno.noAddress] ?? 0),
            ]
            return Trial(values: values.merging(errors) { $1 })
        }
    }
}
