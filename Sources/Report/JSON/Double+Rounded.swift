extension Double {
    /// To four places, more than any measurement here has; nil for what JSON cannot hold.
    var rounded4: Double? {
        guard isFinite else { return nil }
        guard magnitude < 1e11 else { return self }
        return (self * 10_000).rounded() / 10_000
    }
}
