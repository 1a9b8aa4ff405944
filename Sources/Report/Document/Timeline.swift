import Model
import Text

/// Stages of something that happened, each with its place in time and what tells so.
package struct Timeline: Sendable, Hashable {
    package var title: String
    /// In the order in which they began.
    package var stages: [Stage]

    package init(_ title: String, stages: [Stage]) {
        self.title = title
        self.stages = stages
    }

    package struct Stage: Sendable, Hashable {
        package var name: String
        /// Seconds from the beginning.
        package var began: Double
        package var ended: Double
        /// A line each.
        package var evidence: [Phrase]

        package init(_ name: String, began: Double, ended: Double, evidence: [Phrase] = []) {
            self.name = name
            self.began = began.isFinite ? max(began, 0) : 0
            self.ended = ended.isFinite ? max(ended, self.began) : self.began
            self.evidence = evidence
        }

        var seconds: Double { ended - began }
        /// `at 95 µs`.
        var beginning: String { began == 0 ? "0 s" : began.latency }
        /// `0 s` for what took less than a microsecond.
        var length: String { seconds == 0 ? "0 s" : seconds.latency }
    }

    /// When the last stage ended, in seconds.
    var seconds: Double { stages.map(\.ended).max() ?? 0 }

    /// Where a stage lies in the whole: beginning and length as shares of it.
    func place(of stage: Stage) -> (start: Double, length: Double) {
        let whole = seconds
        guard whole > 0 else { return (0, 0) }
        let start = min(stage.began / whole, 1)
        return (start, min(stage.seconds / whole, 1 - start))
    }
}
