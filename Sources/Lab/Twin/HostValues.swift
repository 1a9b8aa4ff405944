import Catalogue
import Kernel
package import Model

/// What of a host's settings its twin is to have: all that each network namespace has for itself.
package struct HostValues: Sendable, Hashable {
    package var values: [SettingValue]
    /// Those that are there and say nothing.
    package var unread: [MissingValue]

    package init(values: [SettingValue], unread: [MissingValue] = []) {
        self.values = values
        self.unread = unread
    }

    /// Reads them in the namespace of the calling thread.
    package static func read() -> HostValues {
        var reader = SysctlReader()
        var host = HostValues(values: [])
        for knob in Knob.all where knob.scope == .namespace && !knob.isReadOnly {
            guard let key = SysctlKey(knob.key), !SysctlReader.isNeverRead(key) else { continue }
            switch reader.read(key) {
            case .absent: continue
            case .unreadable:
                host.unread.append(
                    MissingValue(key: knob.key, value: "", why: "this user may not read it"))
            case .value(let text):
                if let value = knob.canonical(text) {
                    host.values.append(SettingValue(key: knob.key, value: value))
                } else {
                    host.unread.append(
                        MissingValue(
                            key: knob.key, value: String(text.prefix(80)),
                            why: "tcptune does not understand its value"))
                }
            }
        }
        return host
    }
}
