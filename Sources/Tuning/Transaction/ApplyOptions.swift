import Kernel
package import Model

/// How a plan is to be applied.
package struct ApplyOptions: Sendable {
    /// How long it holds unless it is confirmed, in seconds.
    package var window = 120.0
    /// Confirmed as soon as it is written.
    package var confirmsAtOnce = false
    /// Written to the boot-time file once confirmed.
    package var persists = false
    /// Also where a boot-time file wins over ours.
    package var force = false
    /// What is refused is left out, and the rest is applied.
    package var keepsGoing = false
    /// Goes on where no guard can be armed.
    package var needsNoGuard = false
    /// With the addresses that its name was looked up to have.
    package var probe: TCPProbe?
    /// The file by which the namespace was named; nil for one that was not.
    package var namespacePath: String?
    /// Whether the guard looks at counters.
    package var watchesHealth = true

    package init() {}
}
