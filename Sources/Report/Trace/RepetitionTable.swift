import Audit
import Model
import Text

/// Several traces of one address as a table: the first connection apart from those after it.
struct RepetitionTable {
    private let repetition: Trace.Repetition

    init(_ repetition: Trace.Repetition) { self.repetition = repetition }

    var table: Table {
        Table(
            "\(repetition.runs.count.grouped) traces, one after the other",
            columns: [
                Table.Column("stage"), Table.Column("first", isNumber: true),
                Table.Column("later: median", isNumber: true), Table.Column("min", isNumber: true),
                Table.Column("max", isNumber: true), Table.Column("of", isNumber: true, rank: 1),
            ],
            rows: repetition.stages.map { stage in
                [
                    .text(Self.title(stage.name)), .text(stage.first.map(Self.time)),
                    .text(stage.later.map { Self.time($0.median) }),
                    .text(stage.later.map { Self.time($0.minimum) }),
                    .text(stage.later.map { Self.time($0.maximum) }), .count(stage.later?.count),
                ]
            }, note: .quiet("the stages below show the first trace"))
    }

    /// What became of sessions of TLS, and of those that failed.
    var remarks: [Phrase] {
        var remarks: [Phrase] = []
        let later = repetition.runs.dropFirst().compactMap(\.isResumed)
        if !later.isEmpty {
            let resumed = later.count { $0 }
            remarks.append(
                Phrase(
                    "\(resumed.grouped) of the \(later.count.grouped) later connections resumed a TLS session"
                ))
        }
        if let reason = repetition.runs.lazy.compactMap(\.failure).first {
            let failed = repetition.runs.count { $0.failure != nil }
            remarks.append(
                .severity(
                    .warning,
                    "\(failed.grouped) of \(repetition.runs.count.grouped) failed; the first at \(reason.stage.title): \(reason.reason)"
                ))
        }
        return remarks
    }

    private static func title(_ measure: Trace.Repetition.Measure) -> String {
        switch measure {
        case .tls: "TLS"
        case .firstByte: "first byte after the request"
        case .total: "total, to the last byte"
        default: measure.rawValue
        }
    }

    private static func time(_ seconds: Double) -> String {
        seconds == 0 ? "0 s" : seconds.latency
    }
}
