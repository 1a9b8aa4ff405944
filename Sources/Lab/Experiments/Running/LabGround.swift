import Kernel
package import Model
import Testbed

/// What every experiment stands on.
package enum LabGround {
    /// Sees that private namespaces can be made, and enters a user namespace where that takes one.
    ///
    /// To be called before any thread is started: unshare(2) refuses a user namespace to a process that has several.
    ///
    /// - Parameter family: what is to carry connections.
    /// - Returns: the limit of the process's descriptors, as high as it may raise it.
    /// - Throws: why they cannot be made, and what to do.
    @discardableResult
    package static func prepare(_ family: InternetFamily = .v4) throws(Refusal) -> Int {
        let limit = DescriptorLimit.raise()
        guard limit >= fewest else {
            throw Refusal(
                .failed,
                "the limit of this process is \(limit) file descriptors, but a private namespace needs \(fewest): raise it with ulimit -n 1024"
            )
        }
        do throws(KernelError) { _ = try PrivateNetwork.make(family: family) } catch {
            throw error.isAbsent && family == .v6
                ? Refusal(.unavailable, error.description) : Refusal(error)
        }
        return limit
    }

    /// Without so many not even one pair of namespaces can be made.
    private static let fewest = 32

    /// Writes settings in a namespace that is then forgotten, so that what the kernel refuses is refused at once.
    ///
    /// What is not there yet may come with what an experiment starts, such as the tracking of connections.
    package static func check(_ settings: [LoadPlan.Assignment]) throws(Refusal) {
        guard !settings.isEmpty else { return }
        do throws(KernelError) {
            let network = try PrivateNetwork.make()
            try network.run(in: .client) { () throws(KernelError) in
                let writer = try SysctlWriter.open()
                for setting in settings {
                    do throws(KernelError) {
                        try writer.write(setting.value, to: setting.key)
                    } catch {
                        guard !error.isAbsent || !setting.key.name.hasPrefix("net.netfilter.")
                        else { continue }
                        throw error
                    }
                }
            }
        } catch {
            throw Refusal(.usage, "--set cannot be tested: \(error.description)")
        }
    }
}
