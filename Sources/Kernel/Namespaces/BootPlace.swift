/// Whose boot reads the files of `/etc/sysctl.d` that this process sees.
package enum BootPlace {
    /// True where this process is in a PID namespace of its own, as in a container: no machine boots by its files.
    package static var isContainer: Bool { Container.hidesProcesses(root: .host) }
}
