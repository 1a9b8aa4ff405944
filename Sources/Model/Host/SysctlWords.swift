extension StringProtocol {
    /// The value of a sysctl with one blank between its words: the kernel parts the numbers of a vector by tabs.
    public var singleSpaced: String {
        split { $0 == " " || $0 == "\t" || $0 == "\n" }.joined(separator: " ")
    }
}
