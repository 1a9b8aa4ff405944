import ArgumentParser
import Lab

/// The options that say what a connection does.
struct LoadConnectionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Who closes the connection, and how.", valueName: "side"))
    var close: CloseMode = .client

    @Option(
        help: ArgumentHelp(
            "Let close() wait until all data is sent, and reset the connection after this time (SO_LINGER); whole seconds.",
            valueName: "time"))
    var linger: DurationArgument?

    @Flag(help: "Send the first request with the SYN if the server allows it (TCP Fast Open).")
    var fastOpen = false

    @Option(help: ArgumentHelp("Requests per connection.", valueName: "n"))
    var requests: CountArgument?

    @Option(help: ArgumentHelp("Bytes per request, without --http.", valueName: "bytes"))
    var requestSize: CountArgument?

    @Option(help: ArgumentHelp("Bytes per response of tcptune's own server.", valueName: "bytes"))
    var responseSize: CountArgument?

    @Option(help: ArgumentHelp("Time between a response and the next request.", valueName: "time"))
    var think: DurationArgument?

    @Option(
        help: ArgumentHelp(
            "Time a connection stays open after its last response.", valueName: "time"))
    var hold: DurationArgument?

    @Option(
        help: ArgumentHelp(
            "Give up a request after this time; the default is 5s.", valueName: "time"))
    var timeout: DurationArgument?

    private static let largest = 1 << 28
    /// Seconds.
    private static let longestLinger = 3600.0

    func validate() throws {
        for (name, number) in [
            ("--requests", requests), ("--request-size", requestSize),
            ("--response-size", responseSize),
        ] {
            if let number, !(1...Self.largest ~= number.count) {
                throw ValidationError("\(name) takes a number from 1 to \(Self.largest).")
            }
        }
        if let linger {
            guard 1...Self.longestLinger ~= linger.seconds,
                linger.seconds == linger.seconds.rounded()
            else {
                throw ValidationError(
                    "--linger takes whole seconds from 1s to 1h; for none, use --close reset.")
            }
            guard close != .reset else {
                throw ValidationError("--linger contradicts --close reset.")
            }
        }
        for (name, span) in [("--think", think), ("--hold", hold), ("--timeout", timeout)] {
            if let span, !(0.001...86_400 ~= span.seconds) {
                throw ValidationError("\(name) takes a time from 1ms to 24h.")
            }
        }
    }

    func fill(_ plan: inout LoadPlan) throws {
        plan.close = close
        plan.linger = linger?.seconds
        plan.fastOpen = fastOpen
        plan.requestsPerConnection = requests?.count ?? 1
        plan.requestBytes = requestSize?.count ?? 1
        plan.responseBytes = responseSize?.count ?? 1
        plan.think = think?.seconds ?? 0
        plan.hold = hold?.seconds ?? 0
        plan.timeout = timeout?.seconds ?? 5
    }
}
