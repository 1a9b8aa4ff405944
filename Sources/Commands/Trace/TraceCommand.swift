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
            Makes one request as a browser begins it, and shows when each stage began, what tells so, who closed the \
            connection and what that costs. TLS is spoken by the system's OpenSSL. Exits with 2 where a stage fails, \
            a certificate that is not trusted among them; what the server answers is its own business, and no failure.
            """)

    @Argument(help: "An address such as http://127.0.0.1:8080/path.")
    var url: String

    @Flag(help: "Look the name up from the root servers on, one after the other.")
    var iterative = false

    @Option(
        help: ArgumentHelp(
            "With --iterative: a file that names other root servers.", valueName: "file"))
    var rootHints: String?

    @Option(
        help: ArgumentHelp(
            "The port of the name servers; the default is the one they are configured with, 53.",
            valueName: "n"))
    var dnsPort: UInt16?

    @OptionGroup(title: "What is asked, and of whom") var asking: TraceAskingOptions

    @Option(
        name: .customLong("repeat"),
        help: ArgumentHelp(
            "Trace so often, and show how the times differ; the default is 1.", valueName: "n"))
    var times: Int?

    @Flag(help: "Follow redirects, ten at most.")
    var follow = false

    @Flag(help: "As root: have the kernel tell of every state, which takes 50 ms to end.")
    var exact = false

    @Option(
        help: ArgumentHelp(
            "How long each trace may take; the default is 30s.", valueName: "time"))
    var timeout: DurationArgument?

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func validate() throws {
        guard !url.isEmpty else {
            throw ValidationError("The address is not an empty word.")
        }
        guard rootHints?.isEmpty != true else {
            throw ValidationError("--root-hints takes a name, not an empty word.")
        }
        guard rootHints == nil || iterative else {
            throw ValidationError("--root-hints is for --iterative.")
        }
        guard dnsPort != 0 else { throw ValidationError("--dns-port takes a number from 1 on.") }
        if let times, !(1...Trace.mostTimes ~= times) {
            throw ValidationError("--repeat takes a number from 1 to \(Trace.mostTimes).")
        }
        if let timeout, !(0.01...3600 ~= timeout.seconds) {
            throw ValidationError("--timeout takes from 10ms to 1h.")
        }
    }

    func run() throws {
        let showing = showing.requestByName
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
            guard let times, times > 1 else { return (try tracer.run(), nil) }
            let signals: HeldSignals
            do throws(KernelError) { signals = try HeldSignals.hold() } catch {
                throw LabError(error)
            }
            let line = ProgressLine()
            defer { line.clear() }
            let (trace, signal) = try tracer.run(times: times, signals: signals) { done in
                line.show("trace   \(done + 1) of \(times)")
            }
            if let trace { return (trace, signal) }
            throw CommandFailure(
                status: signal.map { ExitStatus(signal: $0) } ?? .failed, message: "")
        } catch let error as LabError {
            throw CommandFailure.lab(error)
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
