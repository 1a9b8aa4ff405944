import Model
import Tuning

extension TriedSetting {
    init(_ change: PlannedChange) {
        self.init(
            key: change.key, before: change.before, after: change.wanted,
            twinBefore: change.before, twinAfter: change.wanted, reason: change.reason)
    }

    var wanted: TwinValue { TwinValue(key: key, value: after) }
}
