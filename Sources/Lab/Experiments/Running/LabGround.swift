import Kernel

/// What every experiment stands on.
package enum LabGround {
    /// Sees that private namespaces can be made, and enters a user namespace where that takes one.
    ///
    /// To be called before any thread is started: unshare(2) refuses a user namespace to a process that has several.
    ///
    /// - Throws: why they cannot be made, and what to do.
    package static func prepare() throws(LabError) {
        do throws(KernelError) { _ = try PrivateNetwork.make() } catch { throw LabError(error) }
        _ = DescriptorLimit.raise()
    }
}
