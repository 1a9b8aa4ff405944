import ArgumentParser
import Lab

/// The options that say when connections are begun, and for how long.
struct LoadPaceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Open connections at this rate, however fast the answers come: 900/s, or 100/s..5000/s.",
            valueName: "rate"))
    var rate: RateArgument?

    @Option(help: ArgumentHelp("Spacing of the connections of --rate.", valueName: "kind"))
    var spacing: Pace.Spacing = .poisson

    @Option(help: ArgumentHelp("Seed of the random times.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp(
            "Concurrent connections; the default is 8, or at most 1000 with --rate.", valueName: "n"
        ))
    var connections: CountArgument?

    @Option(help: ArgumentHelp("Threads of the client.", valueName: "n"))
    var threads = 1

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("Duration; the default is 5s without --count.", valueName: "time"))
    var time: DurationArgument?

    @Option(help: ArgumentHelp("Number of requests.", valueName: "n"))
    var count: CountArgument?

    @Option(help: ArgumentHelp("Time before the measurement starts.", valueName: "time"))
    var warmUp: DurationArgument?

    /// Seconds; a day is more than any experiment needs.
    private static let longest = 86_400.0
    /// Connections at a time.
    private static let most = 100_000
    private static let mostThreads = 64

    func validate() throws {
        for (name, span) in [("--for", time), ("--warm-up", warmUp)] {
            if let span, !(0.001...Self.longest ~= span.seconds) {
                throw ValidationError("\(name) takes a time from 1ms to 24h.")
            }
        }
        if let connections, !(1...Self.most ~= connections.count) {
            throw ValidationError("--connections takes a number from 1 to \(Self.most).")
        }
        guard 1...Self.mostThreads ~= threads else {
            throw ValidationError("--threads takes a number from 1 to \(Self.mostThreads).")
        }
        if let count, count.count < 1 {
            throw ValidationError("--count takes a number of 1 or more.")
        }
        if let rate, rate.from != rate.to, time == nil, count != nil {
            throw ValidationError("A ramp of --rate needs --for.")
        }
    }

    func fill(_ plan: inout LoadPlan) throws {
        plan.count = count?.count
        plan.seconds = time?.seconds ?? (count == nil ? 5 : nil)
        plan.warmUp = warmUp?.seconds ?? 0
        plan.seed = seed
        if let rate {
            plan.pace = .open(from: rate.from, to: rate.to, spacing: spacing)
            plan.connections = connections?.count ?? 1000
        } else {
            plan.connections = connections?.count ?? 8
        }
        if !plan.isOwnPair, connections == nil {
            plan.connections = min(plan.connections, TargetRules.mostConnections)
        }
        // A thread without a connection would have nothing to do.
        plan.threads = min(threads, plan.connections)
    }
}

extension Pace.Spacing: ExpressibleByArgument {}
extension CloseMode: ExpressibleByArgument {}
