/// What boot is to set once it is confirmed.
package struct Persistence: Sendable, Hashable {
    /// The one file that tcptune keeps for boot.
    package static let directory = "/etc/sysctl.d"
    package static let name = "60-tcptune.conf"
    package static let path = directory + "/" + name

    package var settings: [SettingValue]
    /// The file as it was when it was confirmed; nil where there was none, or it is not confirmed yet.
    package var before: FileImage?
    /// SHA-256 of the file that was put in its place; empty until then, `absent` where it was taken away.
    package var after = ""

    package init(settings: [SettingValue]) { self.settings = settings }
}

/// A whole file.
package struct FileImage: Sendable, Hashable {
    package var bytes: [UInt8]
    package var mode: UInt32

    package init(bytes: [UInt8], mode: UInt32) {
        self.bytes = bytes
        self.mode = mode
    }
}
