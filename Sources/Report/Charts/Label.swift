extension String {
    /// Short enough to stand beside its value on a telephone: what is in the middle gives way.
    func shortened(to length: Int) -> String {
        guard count > length else { return self }
        return prefix((length - 1) / 2) + "…" + suffix(length / 2)
    }
}
