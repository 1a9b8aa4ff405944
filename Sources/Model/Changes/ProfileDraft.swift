/// A profile made from a file of sysctl.d, and what became of each line: the data of `tcptune.new/1`.
public struct ProfileDraft: Sendable, Hashable, Codable {
    public var name: String
    /// The profile's text.
    public var text = ""
    /// The keys taken over, in their order.
    public var taken: [String] = []
    public var dropped: [Dropped] = []
    /// Lines that are not of TCP: their place is a file of sysctl.d.
    public var left: [Dropped] = []

    public init(name: String) { self.name = name }

    /// A line that did not become a setting.
    public struct Dropped: Sendable, Hashable, Codable {
        public var line: Int
        /// The key as written.
        public var key: String
        /// The text behind the `=`; nil where there is none.
        @Explicit public var value: String?
        public var reason: String

        public init(
            line: Int,
            key: String,
            value: String? = nil,
            reason: String
        ) {
            self.line = line
            self.key = key
            self.value = value
            self.reason = reason
        }
    }
}
