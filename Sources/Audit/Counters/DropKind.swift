/// Packets, segments or connects that this host gave up for one reason, and the counters that show it.
struct DropKind: Sendable {
    /// A counter of it, and what each of its counts is, for `… 12 in 2.0 s (6/s)`.
    struct Part: Sendable {
        let group: String
        let name: String
        let text: String
        /// Counters whose counts are among its own, and are reported elsewhere.
        let less: [(group: String, name: String)]
        /// Counters that another rule reports for the same reason: while one of them grows, this one is not reported.
        let unless: [(group: String, name: String)]

        init(
            _ group: String, _ name: String, _ text: String,
            less: [(group: String, name: String)] = [],
            unless: [(group: String, name: String)] = []
        ) {
            self.group = group
            self.name = name
            self.text = text
            self.less = less
            self.unless = unless
        }
    }

    /// Per second, from which it is reported, and from which it is a warning; nil for never more than a notice.
    struct Limits: Sendable {
        let notice: Double
        let warning: Double?

        /// No healthy host counts any.
        static let any = Limits(notice: 0, warning: 1)
        /// A few are usual.
        static let few = Limits(notice: 1, warning: 10)
        /// Some are usual, and more may be intended.
        static let harmless = Limits(notice: 1, warning: nil)
        static let noise = Limits(notice: 10, warning: nil)
    }

    let subject: String
    let parts: [Part]
    let limits: Limits
    let cause: String
    let remedy: String
    let command: String
    let effect: String
    let source: String
    /// Whether the counter is one for all namespaces.
    var isOfHost = false
}
