/// A boot-time file that is taken to be other than it is, to see what boot would then set.
public struct BootFileReplacement: Sendable, Hashable {
    /// One of the directories that are read at boot: `/etc/sysctl.d`.
    public var directory: String
    /// `60-tcptune.conf`.
    public var name: String
    /// Its bytes; nil where it is not to be there.
    public var bytes: [UInt8]?

    public init(directory: String, name: String, bytes: [UInt8]?) {
        self.directory = directory
        self.name = name
        self.bytes = bytes
    }
}
