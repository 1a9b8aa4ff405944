/// Which part of a client's work one of its threads has.
struct ClientShare: Sendable {
    var index = 0
    var count = 1

    /// Its part of so many.
    func part(of total: Int) -> Int { total / count + (index < total % count ? 1 : 0) }

    /// How many those before it have.
    func first(of total: Int) -> Int { total / count * index + min(index, total % count) }
}
