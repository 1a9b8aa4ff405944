import Audit
import Model
import Text

/// The words for the parts of a finding, the same on every page.
enum RemedyText {
    static func kind(_ kind: Remedy.Kind) -> String {
        switch kind {
        case .application: "application"
        case .knob: "kernel setting"
        case .lastResort: "last resort"
        }
    }

    /// What it brings, what it may cost, and the way back; what is not said is left out.
    static func price(_ remedy: Remedy) -> [(name: String, text: String)] {
        [("effect", remedy.effect), ("risk", remedy.risk), ("revert", remedy.undo)]
            .filter { !$0.1.isEmpty }
    }

    static func evidence(_ evidence: [String: Evidence]) -> Table {
        Table(
            "", columns: [Table.Column("name"), Table.Column("value", isNumber: true)],
            rows: evidence.sorted { $0.key < $1.key }.map { name, value in
                let text =
                    switch value {
                    case .count(let count): count.grouped
                    case .number(let number): number.figure
                    case .text(let text): text
                    }
                return [.phrase(.code(name)), .text(text)]
            })
    }
}

extension Remedy {
    /// What stands between it and its effect in one sentence: two colons in a row are read twice.
    package var beforeEffect: String { text.contains(": ") ? "; " : ": " }
}
