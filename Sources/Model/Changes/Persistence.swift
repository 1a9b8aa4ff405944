/// What boot is to set once it is confirmed.
public struct Persistence: Sendable, Hashable {
    /// The one file that tcptune keeps for boot.
    public static let directory = "/etc/sysctl.d"
    public static let name = "60-tcptune.conf"
    public static let path = directory + "/" + name

    public var settings: [SettingValue]
    /// The file as it was when it was confirmed; nil where there was none, or it is not confirmed yet.
    public var before: FileImage?
    /// SHA-256 of the file that was put in its place; empty until then, `absent` where it was taken away.
    public var after = ""

    public init(settings: [SettingValue]) { self.settings = settings }
}

/// A whole file.
public struct FileImage: Sendable, Hashable {
    public var bytes: [UInt8]
    public var mode: UInt32

    public init(bytes: [UInt8], mode: UInt32) {
        self.bytes = bytes
        self.mode = mode
    }
}
