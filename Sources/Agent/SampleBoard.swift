import Kernel
import Metrics
import Model
package import Report
import Synchronization
import Watching

/// The newest sample, and what was asked for of it: each page is made at most once a sample, and only where somebody asks.
///
/// Any thread may ask; who asks never makes the agent look.
package final class SampleBoard: Sendable {
    private struct State: Sendable {
        var sample: Sample?
        var isSummary = false
        var rendered: [String: AgentResponse] = [:]
        /// Why the last look failed; nil where it did not.
        var failure: String?
    }

    /// Where the history is kept; nil where none is.
    private let history = Mutex<String?>(nil)

    private let state = Mutex(State())
    private let tool: Tool
    private let clock: @Sendable () -> Double

    /// Seconds after which a sample is too old for an agent that looks each second.
    package static let oldest = 15.0

    /// - Parameter clock: CLOCK_BOOTTIME, in seconds.
    package init(tool: Tool, clock: @escaping @Sendable () -> Double = { BootClock.now }) {
        self.tool = tool
        self.clock = clock
    }

    package func publish(_ sample: Sample, isSummary: Bool) {
        state.withLock { $0 = State(sample: sample, isSummary: isSummary) }
    }

    /// Notes that a look failed; the sample before it stays.
    package func note(failure: String) {
        state.withLock { $0.failure = failure }
    }

    /// Tells where the history is that is answered from; nil for none.
    package func keep(historyIn directory: String?) { history.withLock { $0 = directory } }

    /// What the agent answers to a path.
    ///
    /// - Parameter query: of the request, decoded: names and their values.
    package func respond(path: String, query: [String: String] = [:]) -> AgentResponse {
        switch path {
        case "/api/v1/history": past(query)
        case "/-/healthy": health()
        case "/-/ready": readiness()
        case "/metrics", "/api/v1/snapshot", "/api/v1/findings", "/": page(path)
        default: .text("404: there is nothing at this path\n", status: 404)
        }
    }

    private func health() -> AgentResponse {
        let (time, failure) = state.withLock { ($0.sample?.time, $0.failure) }
        guard let time else { return .text("no sample yet\n", status: 503) }
        let age = clock() - time
        guard age <= Self.oldest else {
            let why = failure.map { ": \($0)" } ?? ""
            return .text("the last sample is \(Int(age)) s old\(why)\n", status: 503)
        }
        return .text("tcptune-agent is healthy\n")
    }

    private func readiness() -> AgentResponse {
        state.withLock { $0.sample?.isReady ?? false }
            ? .text("tcptune-agent is ready\n")
            : .text("not every namespace was looked at yet\n", status: 503)
    }

    private func past(_ query: [String: String]) -> AgentResponse {
        guard let directory = history.withLock({ $0 }) else {
            return .text("404: this agent keeps no history\n", status: 404)
        }
        guard let host = state.withLock({ $0.sample?.host }) else {
            return .text("no sample yet\n", status: 503)
        }
        return HistoryAnswer(query).response(from: directory, host: host, tool: tool)
    }

    private func page(_ path: String) -> AgentResponse {
        let (sample, isSummary, known) = state.withLock {
            ($0.sample, $0.isSummary, $0.rendered[path])
        }
        if let known { return known }
        guard let sample, let made = make(path, of: sample, isSummary) else {
            return .text("no sample yet\n", status: 503)
        }
        // Two who ask at the same time make the same page twice, and nobody waits for the other.
        return state.withLock { state in
            if state.sample?.time == sample.time { state.rendered[path] = made }
            return made
        }
    }

    private func make(
        _ path: String, of sample: Sample, _ isSummary: Bool
    ) -> AgentResponse? {
        switch path {
        case "/metrics":
            return .metrics((isSummary ? sample.metrics.summary : sample.metrics.page).text)
        case "/":
            return WatchPage(
                sample.views, host: sample.host, cost: sample.cost, unseen: sample.unseen
            ).map { .html($0.html) }
        default: break
        }
        guard let host = sample.host else { return nil }
        if path == "/api/v1/findings" {
            return .json(
                WatchReport.findings(sample.views, host: host, time: sample.clock, tool: tool))
        }
        let assessments = sample.views.compactMap(\.watched.assessment)
        return (try? AuditReport.summary(assessments, host: host, tool: tool))
            .map(AgentResponse.json)
    }
}
