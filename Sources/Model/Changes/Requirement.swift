/// What must hold on a host before a profile may be applied to it.
public enum Requirement: Sendable, Hashable {
    /// `kernel >= 4.19`.
    case kernel(atLeast: KernelRelease)
    /// `net.ipv4.tcp_timestamps != 0`: a comparison of a scalar sysctl with a number.
    case sysctl(key: String, comparison: Comparison, value: Int64)

    public enum Comparison: String, Sendable, Hashable, CaseIterable {
        case equal = "=="
        case notEqual = "!="
        case atLeast = ">="
        case atMost = "<="
        case above = ">"
        case below = "<"
    }
}

extension Requirement: CustomStringConvertible {
    /// As a profile writes it.
    public var description: String {
        switch self {
        case .kernel(let release): "kernel >= \(release)"
        case .sysctl(let key, let comparison, let value):
            "\(key) \(comparison.rawValue) \(value)"
        }
    }

    /// The sysctl whose value it is about; nil where it is about the kernel's release.
    public var key: String? {
        guard case .sysctl(let key, _, _) = self else { return nil }
        return key
    }

    /// Whether it holds; nil where that cannot be told.
    ///
    /// - Parameter value: the text of the sysctl `key` now.
    public func holds(kernel: KernelRelease?, value: String?) -> Bool? {
        switch self {
        case .kernel(let release): kernel.map { $0 >= release }
        case .sysctl(_, let comparison, let number):
            value.flatMap { Int64($0) }.map { comparison.holds($0, number) }
        }
    }
}

extension Requirement.Comparison {
    public func holds(_ left: Int64, _ right: Int64) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .atLeast: left >= right
        case .atMost: left <= right
        case .above: left > right
        case .below: left < right
        }
    }
}
