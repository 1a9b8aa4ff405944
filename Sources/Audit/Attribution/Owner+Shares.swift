import Model
import Text

extension Owner {
    /// The owner of sockets some of which were looked at; nil if none of those has a known owner.
    ///
    /// - Parameters:
    ///   - shares: by program, most sockets first.
    ///   - looked: how many sockets were looked at.
    ///   - all: how many there are.
    static func ofSome(_ shares: [OwnerShare], looked: Int, of all: Int) -> Owner? {
        guard var owner = shares.first?.owner, let first = shares.first else { return nil }
        let others = shares.dropFirst().map { "\($0.owner.called) \($0.sockets.grouped)" }
        let found = shares.reduce(0) { $0 + $1.sockets }
        owner.reason =
            "has \(first.sockets.grouped) of the \(looked.grouped) sockets looked at"
            + (others.isEmpty ? "" : "; " + others.prefix(3).joined(separator: ", "))
            + (found < looked
                ? "; the short search did not find the owners of the others (--processes searches "
                    + "all)"
                : "")
        owner.confidence =
            shares.count == 1 && first.sockets >= all
            ? .certain : first.sockets * 2 > looked ? .likely : .possible
        return owner
    }
}
