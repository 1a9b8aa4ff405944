import History
import Kernel
import Model
import Recording
import Report
import Text

/// What `/api/v1/history` answers: `tuple`, `netns`, `from` and `to`, or `at`, as `tcptune history` takes them.
struct HistoryAnswer {
    private let query: [String: String]
    private let now: Double

    private static let names: Set = ["tuple", "netns", "from", "to", "at"]
    /// Seconds, of all destinations and of one: a thread answers, and others wait for the next.
    private static let (longest, longestOfOne): (Int64, Int64) = (6 * 3600, 14 * 86400)

    init(_ query: [String: String], now: Double = WallClock.now) {
        self.query = query
        self.now = now
    }

    func response(from directory: String, host: Host, tool: Tool) -> AgentResponse {
        guard Set(query.keys).isSubset(of: Self.names) else {
            return .text("400: history takes tuple, netns, at, from and to\n", status: 400)
        }
        let subject = query["tuple"].flatMap(HistorySubject.init)
        if query["tuple"] != nil, subject == nil {
            return .text(
                "400: tuple is no destination or listener: 10.0.0.9:5432, :443\n", status: 400)
        }
        guard let (from, to) = range else {
            return .text(
                "400: at, from and to are moments: 14:03, 2026-11-29T14:03Z, -10m\n", status: 400)
        }
        let most = subject == nil ? Self.longest : Self.longestOfOne
        guard from < to, to - from <= most else {
            return .text(
                "400: from must be before to, and at most \(Double(most).duration) before it\n",
                status: 400)
        }
        do {
            let page = try HistoryReader(directory).page(
                HistorySpan(from: from, to: to, bySecond: subject != nil), of: subject,
                netns: query["netns"])
            return .json(
                try HistoryReport.json(page, host: host, directory: directory, tool: tool))
        } catch {
            return .text("503: \(error)\n", status: 503)
        }
    }

    /// The last hour where nothing else is asked for.
    private var range: (from: Int64, to: Int64)? {
        let moment = { (name: String) in query[name].map { Moment.seconds($0, now: now) } }
        if let at = moment("at") {
            guard let at, query["from"] == nil, query["to"] == nil else { return nil }
            return (at / 60 * 60, at / 60 * 60 + 60)
        }
        guard let to = moment("to") ?? Int64(now), let from = moment("from") ?? to - 3600 else {
            return nil
        }
        return (max(0, from), to)
    }
}
