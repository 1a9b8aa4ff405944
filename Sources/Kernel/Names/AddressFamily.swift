/// Which addresses are looked for.
package enum AddressFamily: String, Sendable, Hashable, CaseIterable {
    /// A and AAAA.
    case any
    case v4
    case v6
}
