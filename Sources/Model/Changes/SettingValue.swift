/// A setting with a value in its canonical spelling (`Knob.canonical`).
public struct SettingValue: Sendable, Hashable, Codable {
    public var key: String
    public var value: String

    public init(key: String, value: String) {
        self.key = key
        self.value = value
    }
}
