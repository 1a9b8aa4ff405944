extension Int {
    /// With its noun: `1 destination`, `50 destinations`.
    public func counted(_ noun: String, _ plural: String? = nil) -> String {
        "\(grouped) " + (self == 1 ? noun : plural ?? noun + "s")
    }
}
