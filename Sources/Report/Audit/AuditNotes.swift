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
                        "tcptune read sockets from /proc/net/tcp, not through sock_diag")
                }
                if !situation.budget.isMeasured {
                    let range = situation.budget.range
                    notes.append(
                        "tcptune could not read ip_local_port_range and assumes "
                            + "\(range.lowerBound) to \(range.upperBound)")
                }
                return notes
            })
    }

    /// The same, and where rates come from, and what was not seen.
    static func all(_ assessments: [Assessment]) -> [String] {
        var notes = basis(assessments)
        if assessments.contains(where: { $0.situation.interval == nil }) {
            notes.append(
                "one snapshot: closing rates come from the ages of sockets in TIME_WAIT; other rates "
                    + "need --interval")
        }
        notes += assessments.flatMap(\.situation.now.unseen).map {
            $0.why.isEmpty ? "not checked: \($0.what)" : "not checked: \($0.what) (\($0.why))"
        }
        return distinct(notes)
    }

    private static func distinct(_ notes: [String]) -> [String] {
        var said: Set<String> = []
        return notes.filter { said.insert($0).inserted }
    }
}
