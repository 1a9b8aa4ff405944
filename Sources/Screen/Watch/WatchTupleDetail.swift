/// What is worth knowing of a tuple that somebody looks into.
package struct WatchTupleDetail: Sendable, Hashable {
    /// So many of so many ports.
    package struct Part: Sendable, Hashable {
        package var used: Int
        package var usable: Int

        package init(used: Int, usable: Int) {
            self.used = used
            self.usable = usable
        }
    }

    /// Even and odd ports: connect() first tries those with the parity of the first port of the range
    /// (`net/ipv4/inet_hashtables.c:__inet_hash_connect`).
    package var even: Part?
    package var odd: Part?
    /// In the order to try them.
    package var remedies: [String]

    package init(even: Part? = nil, odd: Part? = nil, remedies: [String] = []) {
        self.even = even
        self.odd = odd
        self.remedies = remedies
    }
}
