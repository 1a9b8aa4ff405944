/// Shares of a whole, in the order in which they fill a bar.
package struct Bar: Sendable, Hashable {
    /// Each 0…1; their sum is held to 1.
    package var shares: [Double]

    package init(_ shares: [Double]) {
        var left = 1.0
        self.shares = shares.map { share in
            let part = share.isFinite ? min(max(share, 0), left) : 0
            left -= part
            return part
        }
    }

    package var filled: Double { shares.reduce(0, +) }
}
