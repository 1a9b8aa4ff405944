import Audit
package import Model
import Text
package import Watching

/// The page of what is watched: the audit of the last look, what has cleared since, and the curves of the last minutes.
package struct WatchPage: Sendable {
    /// What watching costs.
    package struct Cost: Sendable {
        /// Of one processor, since it began.
        package var processor: Double?
        /// Bytes.
        package var memory: Int64?

        package init(processor: Double?, memory: Int64?) {
            self.processor = processor
            self.memory = memory
        }
    }

    private let views: [WatchedView]
    private let host: Host
    private let cost: Cost
    private let unseen: [Unseen]

    private static let rows = 15
    /// Seconds of the curves, and of one of their steps.
    private static let seconds = 600
    private static let step = 5
    private static let curves = 5
    private static let cleared = 10
    /// Seconds after which a browser asks again, script or no script.
    private static let refresh = 10

    /// Nil before the first look at everything.
    package init?(
        _ views: [WatchedView], host: Host?, cost: Cost, unseen: [Unseen] = []
    ) {
        guard let host else { return nil }
        let looked = views.filter { $0.watched.assessment != nil }
        guard !looked.isEmpty else { return nil }
        self.views = looked
        self.host = host
        self.cost = cost
        self.unseen = unseen
    }

    package var html: String { HTMLRenderer().render(document) }

    package var document: Document {
        var document = AuditDocument(
            assessments: views.compactMap(\.watched.assessment), host: host, top: Self.rows
        ).document
        document.title = "\(host.name): TCP"
        document.refreshSeconds = Self.refresh
        let place = document.blocks.lastIndex {
            if case .finding = $0 { true } else { false }
        }
        let recent =
            [clearedFindings].compactMap(\.self).map(Block.table)
            + [closings].compactMap(\.self).map(Block.chart)
        // Below what is wrong now, above what is only told of the last minute.
        document.blocks.insert(
            contentsOf: recent, at: place.map { $0 + 1 } ?? min(2, document.blocks.count))
        document.blocks += notes
        return document
    }

    /// Findings of the last minutes that are gone.
    private var clearedFindings: Table? {
        let all = views.flatMap { view in
            view.watched.findings.cleared.map { entry in
                (
                    entry: entry, name: view.name,
                    ago: (view.watched.samples.last?.time ?? 0) - (entry.cleared ?? 0)
                )
            }
        }.sorted { ($0.ago, $0.entry.finding.subject) < ($1.ago, $1.entry.finding.subject) }
        guard !all.isEmpty else { return nil }
        let areSeveral = views.count > 1
        return Table(
            "Cleared in the last 5 minutes",
            columns: (areSeveral ? [Table.Column("namespace")] : []) + [
                Table.Column("finding"), Table.Column("subject"),
                Table.Column("cleared", isNumber: true), Table.Column("lasted", isNumber: true),
            ],
            rows: all.prefix(Self.cleared).map { one in
                (areSeveral ? [.text(one.name)] : []) + [
                    .text(one.entry.finding.rule.rawValue), .text(one.entry.finding.subject),
                    .text("\(one.ago.duration) ago"),
                    .text(((one.entry.cleared ?? 0) - one.entry.since).duration),
                ]
            })
    }

    /// Connections that this host closed towards the destinations with most, over the last ten minutes.
    private var closings: Chart? {
        let all = views.flatMap { view in
            (view.watched.assessment?.situation.tuples ?? []).map { tuple in
                (
                    name: (views.count > 1 ? "\(view.name) " : "") + TupleText.name(tuple.tuple),
                    curve: view.watched.closings.curve(of: tuple.tuple, last: Self.seconds)
                )
            }
        }
        let most = all.map { (sum: $0.curve.reduce(0, +), line: $0) }.filter { $0.sum > 0 }
            .sorted { ($1.sum, $0.line.name) < ($0.sum, $1.line.name) }.prefix(Self.curves)
        guard let first = most.first else { return nil }
        let lines = most.map { LinesChart.Line($0.line.name, Self.steps($0.line.curve)) }
        return Chart(
            title: "Connections closed by this host, per second, last 10 minutes",
            summary: "\(first.line.name): \(first.sum.grouped) connections in 10 minutes.",
            kind: .lines(
                LinesChart(lines: lines, step: Double(Self.step), unit: "connections/s")),
            table: Table(
                "",
                columns: [Table.Column("seconds ago", isNumber: true)]
                    + lines.map { Table.Column($0.name, isNumber: true) },
                rows: (0..<(Self.seconds / Self.step)).reversed().map { step in
                    [.count(Self.seconds - (step + 1) * Self.step)]
                        + lines.map { .text($0.values[step].figure) }
                }), isRepeated: false)
    }

    /// Means of a few seconds each.
    private static func steps(_ curve: [Int]) -> [Double] {
        stride(from: 0, to: curve.count, by: step).map { start in
            let part = curve[start..<min(start + step, curve.count)]
            return Double(part.reduce(0, +)) / Double(part.count)
        }
    }

    private var notes: [Block] {
        var blocks = unseen.map { Block.remark(label: "not watched", "\($0.what): \($0.why)") }
        let parts = [
            cost.processor.map { "\($0.percent) of a processor" }, cost.memory.map(\.bytes),
        ].compactMap(\.self)
        if !parts.isEmpty {
            blocks.append(
                .remark(label: "tcptune-agent uses", .quiet(parts.joined(separator: ", "))))
        }
        return blocks
    }
}
