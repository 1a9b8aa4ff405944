/// A boot-time file that is taken to be other than it is, to see what boot would then set.
package struct BootFileReplacement: Sendable, Hashable {
    /// One of the directories that are read at boot: `/etc/sysctl.d`.
    package var directory: String
    /// `60-tcptune.conf`.
    package var name: String
    /// Its bytes; nil where it is not to be there.
    package var bytes: [UInt8]?

    package init(directory: String, name: String, bytes: [UInt8]?) {
        self.directory = directory
        self.name = name
        self.bytes = bytes
    }
}
