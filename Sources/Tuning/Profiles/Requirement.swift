package import Catalogue

/// What must hold on a host before a profile may be applied to it.
package enum Requirement: Sendable, Hashable {
    /// `kernel >= 4.19`.
    case kernel(atLeast: KernelRelease)
    /// `net.ipv4.tcp_timestamps != 0`: a comparison of a scalar sysctl with a number.
    case sysctl(key: String, comparison: Comparison, value: Int64)

    package enum Comparison: String, Sendable, Hashable, CaseIterable {
        case equal = "=="
        case notEqual = "!="
        case atLeast = ">="
        case atMost = "<="
        case above = ">"
        case below = "<"
    }
}
