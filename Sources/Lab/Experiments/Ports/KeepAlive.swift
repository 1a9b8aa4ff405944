import Catalogue
import Model

extension Experiment {
    package static let keepAlive = Experiment(
        .keepAlive,
        question: "What does a program gain if it uses a connection for more than one request?",
        claim:
            "Ports and TIME_WAIT fall in proportion to the requests per connection, and a request costs a fraction of the CPU time.",
        source: [
            "net/ipv4/tcp_minisocks.c:tcp_time_wait",
            "net/ipv4/inet_hashtables.c:__inet_hash_connect",
        ],
        arms: KeepAlive.arms, measures: KeepAlive.measures, claims: KeepAlive.claims,
        scaling:
            "R requests per second, k per connection, use 60 s × R / k ports: 28 232 ports carry 470 × k requests per second to one destination.",
        trial: KeepAlive.trial)
}

/// 2000 requests over fewer and fewer connections.
enum KeepAlive {
    static let requests = 2000

    private static let one = "1 a connection"
    private static let ten = "10 a connection"
    private static let hundred = "100 a connection"

    static let arms = [
        Arm(one, .baseline, settings: [.reuse(0)]),
        Arm(ten, .variant, settings: [.reuse(0)]),
        Arm(hundred, .variant, settings: [.reuse(0)]),
    ]

    static let measures = [
        Measure("connections", "connections", .count, better: .down),
        Measure("client_TIME_WAIT", "TIME_WAIT, client", .count, better: .down),
        Measure("cpu_seconds", "CPU per request", .seconds, better: .down),
    ]

    static let claims = [
        Claim(
            "each request on its own connection leaves a port in TIME_WAIT",
            .within(arm: one, measure: "client_TIME_WAIT", 2000...2000)),
        Claim(
            "ten requests per connection leave a tenth",
            .ratio(arm: ten, to: one, measure: "client_TIME_WAIT", 0.0999...0.1001),
            isScaling: true),
        Claim(
            "a hundred requests per connection leave a hundredth",
            .ratio(arm: hundred, to: one, measure: "client_TIME_WAIT", 0.0099...0.0101),
            isScaling: true),
        Claim(
            "ten requests per connection cost less than 0.7 of the CPU time each",
            .ratio(arm: ten, to: one, measure: "cpu_seconds", 0...0.7)),
    ]

    static func trial(
        _ arm: Arm, _ conditions: TrialConditions
    ) throws(Refusal) -> Trial {
        var plan = LoadPlan()
        plan.settings = [.reuse(0)]
        plan.count = requests
        // With one at a time the last connection is as full as the others.
        plan.connections = 1
        plan.requestsPerConnection =
            switch arm.name {
            case ten: 10
            case hundred: 100
            default: 1
            }
        var (trial, result) = try LoadTrial.run(plan, arm, conditions)
        trial.values["connections"] = Double(result.connections)
        if let server = result.serverCPUSeconds, result.completed > 0 {
            trial.values["cpu_seconds"] =
                (result.clientCPUSeconds + server) / Double(result.completed)
        }
        return trial
    }
}
