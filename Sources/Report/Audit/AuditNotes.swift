import Audit
import Model

/// What the numbers of an audit rest on, in sentences.
enum AuditNotes {
    /// Where the numbers are not what they are on an ordinary host.
    static func basis(_ assessments: [Assessment]) -> [String] {
        distinct(
            assessments.map(\.situation).flatMap { situation in
                var notes: [String] = []
                if situation.now.source == .proc {
                    notes.append(
                        "sockets were read from /proc/net/tcp, not through sock_diag")
                }
                if !situation.budget.isMeasured {
                    let range = situation.budget.range
                    notes.append(
                        "ip_local_port_range could not be read; "
                            + "\(range.lowerBound) to \(range.upperBound) is assumed")
                }
                return notes
            })
    }

    /// The same, and where rates come from, and what was not seen.
    static func all(_ assessments: [Assessment]) -> [String] {
        var notes = basis(assessments)
        if assessments.contains(where: { $0.situation.interval == nil }) {
            notes.append(
                "one snapshot: closing rates come from the ages of TIME_WAIT, other rates are not "
                    + "known (--interval)")
        }
        notes += assessments.flatMap(\.situation.now.unseen).map {
            $0.why.isEmpty ? "not seen: \($0.what)" : "not seen: \($0.what) (\($0.why))"
        }
        return distinct(notes)
    }

    private static func distinct(_ notes: [String]) -> [String] {
        var said: Set<String> = []
        return notes.filter { said.insert($0).inserted }
    }
}
