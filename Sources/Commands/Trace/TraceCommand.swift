import ArgumentParser
import Kernel
import Lab
import Model
import Report

/// `tcptune trace`: one request, stage by stage.
struct TraceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "Show one request stage by stage: name, connect, TLS, request, response, close",
        discussion: """
            Makes one request as a browser begins it, and shows when each stage began, the evidence, who closed the \
            connection and what that costs. Uses the system's OpenSSL for TLS. Exits with 2 if a stage fails, for example \
            because the certificate is not trusted; an error status from the server, such as 404, is not a failure.

            Examples:
              tcptune trace https://example.org/
              tcptune trace http://127.0.0.1:8080/ --repeat 10
            """)

    @Argument(help: "A URL such as http://127.0.0.1:8080/path.")
    var url: String

    @Flag(help: "Look up the name iteratively, starting at the root servers.")
    var iterative = false

    @Option(
        help: ArgumentHelp(
            "With --iterative: a file with other root servers.", valueName: "file"),
        completion: .file())
    var rootHints: String?

    @Option(
        help: ArgumentHelp(
            "The port of the name servers; the default is the configured port, 53.",
            valueName: "n"))
    var dnsPort: UInt16?

    @OptionGroup(title: "What to request, and from whom") var asking: TraceAskingOptions

    @Option(
        name: .customLong("repeat"),
        help: ArgumentHelp(
            "Number of traces, to show how the times differ; the default is 1.", valueName: "n"))
    var times: Int?

    @Flag(help: "Follow up to ten redirects.")
    var follow = false

    @Flag(help: "As root: let the kernel report every state change; takes 50 ms more to end.")
    var exact = false

    @Option(
        help: ArgumentHelp(
            "Time limit of each trace; the default is 30s.", valueName: "time"))
    var timeout: DurationArgument?

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func validate() throws {
        guard !url.isEmpty else {
            throw ValidationError("The URL must not be empty.")
        }
        guard rootHints?.isEmpty != true else {
            throw ValidationError("--root-hints needs a name, not an empty word.")
        }
        guard rootHints == nil || iterative else {
            throw ValidationError("--root-hints needs --iterative.")
        }
        guard dnsPort != 0 else { throw ValidationError("--dns-port takes a number of 1 or more.") }
        if let times, !(1...Trace.mostTimes ~= times) {
            throw ValidationError("--repeat takes a number from 1 to \(Trace.mostTimes).")
        }
        if let timeout, !(0.01...3600 ~= timeout.seconds) {
            throw ValidationError("--timeout takes from 10ms to 1h.")
        }
    }

    func run() throws {
        let showing = showing.request
        var options = Tracer.Options(url: try address())
        options.follows = follow
        options.timeout = timeout?.seconds ?? options.timeout
        options.agent = "tcptune/\(Tcptune.tool.version)"
        options.isIterative = iterative
        options.isExact = exact
        asking.fill(&options)
        let resolve = try TraceNames(
            isIterative: iterative, hints: rootHints, port: dnsPort, family: asking.family
        ).resolve
        let output = try showing.claim()
        var (trace, signal) = try trace(Tracer(options, resolve: resolve))
        let host = HostFacts.read(root: .host).0
        TracePorts.fill(&trace, host: host)
        if let failure = trace.failure, failure.isUsage {
            throw CommandFailure(status: .usage, message: refusal(failure.reason))
        }
        let report = TraceReport(trace)
        try showing.show(report.document(host: host, isFull: showing.form != .text), to: output) {
            try report.json(host: host, tool: Tcptune.tool)
        }
        if let signal { throw CommandFailure(status: ExitStatus(signal: signal), message: "") }
        let failures = trace.repetition?.runs.compactMap(\.failure) ?? []
        if let failure = trace.failure ?? failures.first {
            let share =
                trace.repetition.map { "\(failures.count) of \($0.runs.count) traces failed; " }
                ?? ""
            throw CommandFailure(
                status: .failed, message: "\(share)\(failure.stage.title): \(failure.reason)")
        }
    }

    /// The trace, or the first of several, and the signal that ended those.
    private func trace(_ tracer: Tracer) throws -> (Trace, Int32?) {
        do {
            let line = ProgressLine()
            defer { line.clear() }
            guard let times, times > 1 else {
                line.show("trace   \(url)")
                return (try tracer.run(), nil)
            }
            let signals: HeldSignals
            do throws(KernelError) { signals = try HeldSignals.hold() } catch {
                throw Refusal(error)
            }
            let pace = StepPace()
            let (trace, signal) = try tracer.run(times: times, signals: signals) { done in
                line.show(
                    "trace   \(done + 1) of \(times)",
                    left: pace.left("trace", step: done + 1, of: times))
            }
            if let trace { return (trace, signal) }
            throw CommandFailure(
                status: signal.map { ExitStatus(signal: $0) } ?? .failed, message: "")
        } catch let error as Refusal {
            throw CommandFailure(error)
        }
    }

    private func address() throws -> TraceURL {
        do throws(TraceURLError) { return try TraceURL(url) } catch {
            throw CommandFailure(status: .usage, message: refusal("\(error)"))
        }
    }

    private func refusal(_ reason: String) -> String {
        "cannot trace \(CommandFailure.cited(url)): \(reason)"
    }
}
