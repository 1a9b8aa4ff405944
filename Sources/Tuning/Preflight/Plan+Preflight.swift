import Catalogue
import Model

extension Plan {
    /// Takes over what the preflight showed: what is proven, what lands, what is refused, and the order that worked.
    mutating func take(_ outcome: Preflight.Outcome) {
        var kept: [PlannedChange] = []
        for change in changes {
            var change = change
            switch outcome.verdicts[change.key] {
            case .proven(let landed) where landed == change.before:
                // Rounded to what it is already.
                unchanged.append(
                    UnchangedSetting(
                        key: change.key, value: change.before, reason: change.reason))
                continue
            case .proven(let landed):
                change.landed = landed
                change.reversible = .proven
            case .declared, nil: break
            case .refused(let why):
                impossible.append(
                    ImpossibleSetting(key: change.key, wanted: change.wanted, why: why))
                continue
            }
            kept.append(change)
        }
        // Those that were tried keep their places among the others, in the order that worked.
        let tried = outcome.order.compactMap { key in
            kept.first { $0.key == key && $0.reversible == .proven }
        }
        var next = tried.makeIterator()
        changes = kept.map { change in
            change.reversible == .proven ? next.next() ?? change : change
        }
    }
}
