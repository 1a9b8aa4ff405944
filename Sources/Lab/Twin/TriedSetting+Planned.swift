import Model
import Tuning

extension TriedSetting {
    init(_ change: PlannedChange) {
        self.init(
            key: change.key, before: change.before, after: change.wanted,
            twinBefore: change.before, twinAfter: change.wanted, reason: change.reason)
    }

    var wanted: SettingValue { SettingValue(key: key, value: after) }
}
