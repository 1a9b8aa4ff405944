/// How severe the consequence of a finding is.
package enum Severity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// Connections are failing, or will within a minute.
    case critical
    /// They will within the day or under a peak.
    case warning
    /// Wasteful or misleading.
    case notice
    /// A setting that does not do what its author believed.
    case myth

    /// Orders by weight: `.myth < .notice < .warning < .critical`.
    package static func < (left: Severity, right: Severity) -> Bool { left.weight < right.weight }

    private var weight: Int {
        switch self {
        case .critical: 3
        case .warning: 2
        case .notice: 1
        case .myth: 0
        }
    }
}

extension Sequence {
    /// Most severe first; those that are alike stay in their order.
    package func mostSevereFirst(by severity: (Element) -> Severity) -> [Element] {
        enumerated().sorted {
            (severity($1.element), $0.offset) < (severity($0.element), $1.offset)
        }.map(\.element)
    }
}
