/// A setting with a value in its canonical spelling (`Knob.canonical`).
package struct SettingValue: Sendable, Hashable, Codable {
    package var key: String
    package var value: String

    package init(key: String, value: String) {
        self.key = key
        self.value = value
    }
}
