package import Kernel
package import Model
package import Resolver
import Synchronization
import Testbed

/// Makes one request as a browser begins it, and notes what happens: name, connect, request, response, close.
package struct Tracer: Sendable {
    package struct Options: Sendable {
        package var url: TraceURL
        /// Whether a redirect is followed.
        package var follows = false
        /// Seconds for all of it.
        package var timeout = 30.0
        /// What the program calls itself to the server.
        package var agent = "tcptune"
        /// True where names are looked up from the root on.
        package var isIterative = false

        /// Fields of the request that are added, replaced or left out.
        package var headers: [RequestHeader] = []
        /// Addresses that are not looked up.
        package var fixed: [FixedAddresses] = []
        /// Which addresses are tried.
        package var family = AddressFamily.any
        /// Whether a certificate that is not trusted is no failure.
        package var isInsecure = false

        /// Whether the kernel's tracepoint is to tell of the states.
        package var isExact = false

        package init(url: TraceURL) { self.url = url }
    }

    /// How a name becomes addresses, in so many seconds at most.
    package typealias Resolve = @Sendable (_ name: String, _ seconds: Double) -> NameResolution

    private let options: Options
    private let resolve: Resolve

    /// Seconds for which the states of a closed connection are watched.
    static let closePatience = 3.0

    package init(_ options: Options, resolve: @escaping Resolve) {
        self.options = options
        self.resolve = resolve
    }

    /// Several traces while they are made, on a thread of their own.
    private final class Several: Sendable {
        let made = Mutex<[Trace]>([])
        let failure = Mutex<Refusal?>(nil)
        let end: EventSignal

        init() throws(KernelError) { end = try EventSignal() }
    }

    /// Makes it so many times, one after the other, each with what the one before left: sessions of TLS are resumed.
    ///
    /// - Parameters:
    ///   - signals: those that end it: what was made until then is kept.
    ///   - done: is told how many are done.
    /// - Returns: nil of no trace at all, and the signal that ended it.
    package func run(
        times: Int, signals: HeldSignals, done: @escaping @Sendable (Int) -> Void
    ) throws(Refusal) -> (trace: Trace?, signal: Int32?) {
        let several: Several
        var signal: Int32?
        do throws(KernelError) {
            several = try Several()
            let thread = try SystemThread.start { [several] () throws(KernelError) in
                make(times, several, done)
            }
            repeat {
                _ = try Waitable.wait(for: [several.end.waitable, signals.waitable])
                signal = signals.next()
            } while signal == nil && !several.end.wait(nanoseconds: 0)
            // One that a silent server holds up is left behind, to end with the process.
            if signal == nil { _ = try thread.join() }
        } catch {
            throw Refusal(error)
        }
        if let failure = several.failure.withLock({ $0 }) { throw failure }
        let traces = several.made.withLock { $0 }
        guard var first = traces.first else { return (nil, signal) }
        if traces.count > 1 { first.repetition = Trace.Repetition(traces) }
        if signal != nil {
            first.notes.append("Interrupted: made \(traces.count) of \(times) traces.")
        }
        return (first, signal)
    }

    private func make(_ times: Int, _ several: Several, _ done: (Int) -> Void) -> Bool {
        defer { several.end.set() }
        let memory = TLSMemory()
        for number in 0..<times {
            done(number)
            do throws(Refusal) {
                let trace = try run(memory)
                several.made.withLock { $0.append(trace) }
            } catch {
                several.failure.withLock { $0 = error }
                return false
            }
        }
        return true
    }

    /// - Parameter memory: what TLS of earlier traces left.
    package func run(_ memory: TLSMemory = TLSMemory()) throws(Refusal) -> Trace {
        var trace = Trace(url: options.url.description)
        let clock = TraceClock()
        var watch = Self.watch(clock, &trace)
        var changes = try changes(options.url)
        var url = options.url
        if url.scheme == .https { _ = memory.context() }
        clock.restart()
        var visited: Set<String> = [url.description]
        while true {
            var request = TracedRequest(
                url: url, options: options, clock: clock, deadline: options.timeout,
                resolve: resolve, watch: watch, changes: changes, memory: memory)
            do throws(KernelError) { try request.run() } catch { throw Refusal(error) }
            trace.requests.append(request.request)
            trace.notes += request.notes.filter { !trace.notes.contains($0) }
            trace.failure = request.failure
            guard trace.failure == nil, let head = request.request.response?.head,
                head.isRedirect, options.follows
            else { break }
            do throws(RedirectProblem) {
                url = try Self.next(after: url, head, visited, count: trace.requests.count)
                visited.insert(url.description)
            } catch {
                trace.failure = Trace.Failure(
                    stage: .response, reason: error.text, errno: nil, isUsage: false)
                break
            }
            watch = Self.watch(clock, &trace)
            changes = try self.changes(url)
        }
        trace.seconds = clock.now
        for index in trace.requests.indices { TracePeer.find(for: &trace.requests[index]) }
        trace.exchange = TraceSequence(trace).exchange
        return trace
    }

    private func changes(_ url: TraceURL) throws(Refusal) -> StateChanges? {
        guard options.isExact else { return nil }
        do throws(KernelError) { return try StateChanges.open(port: url.port) } catch {
            let remedy = error.isDenied ? "run as root, or without --exact" : "leave out --exact"
            throw Refusal(
                error.isDenied ? .noPrivilege : .unavailable,
                "the kernel cannot report state changes: \(error); \(remedy)")
        }
    }

    private static func watch(_ clock: TraceClock, _ trace: inout Trace) -> StateWatch? {
        do throws(KernelError) { return try StateWatch.start(clock: clock) } catch {
            let note = "tcptune did not watch the socket states: \(error)."
            if !trace.notes.contains(note) { trace.notes.append(note) }
            return nil
        }
    }

    private struct RedirectProblem: Error { let text: String }

    /// Where a redirect leads.
    private static func next(
        after url: TraceURL, _ head: ResponseHead, _ visited: Set<String>, count: Int
    ) throws(RedirectProblem) -> TraceURL {
        let location = head.location ?? ""
        let next: TraceURL
        do throws(TraceURLError) {
            next = try url.resolving(head.locationBytes ?? Array(location.utf8))
        } catch {
            throw RedirectProblem(
                text:
                    "the redirect goes to '\(location.prefix(200))', which is not a URL: \(error)"
            )
        }
        guard !visited.contains(next.description) else {
            throw RedirectProblem(
                text: "the redirects form a loop: \(next) was already requested")
        }
        guard count <= Trace.mostRedirects else {
            throw RedirectProblem(
                text:
                    "tcptune followed \(Trace.mostRedirects) redirects, and another one goes to \(next)"
            )
        }
        return next
    }
}
