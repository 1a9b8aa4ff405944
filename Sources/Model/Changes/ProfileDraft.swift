/// A profile made from a file of sysctl.d, and what became of each line: the data of `tcptune.new/1`.
package struct ProfileDraft: Sendable, Hashable, Codable {
    package var name: String
    /// The profile's text.
    package var text = ""
    /// The keys taken over, in their order.
    package var taken: [String] = []
    package var dropped: [Dropped] = []
    /// Lines that are not of TCP: their place is a file of sysctl.d.
    package var left: [Dropped] = []

    package init(name: String) { self.name = name }

    /// A line that did not become a setting.
    package struct Dropped: Sendable, Hashable, Codable {
        package var line: Int
        /// The key as written.
        package var key: String
        /// The text behind the `=`; nil where there is none.
        @Explicit package var value: String?
        package var reason: String

        package init(
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
