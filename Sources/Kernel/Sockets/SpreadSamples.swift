import Model

/// Four to eight sockets of many, spread evenly over them: where several programs hold some, others than the first are met.
struct SpreadSamples: Sendable {
    static let limit = 8

    private var kept: InlineArray<8, SocketSample?> = .init(repeating: nil)
    private var count: UInt32 = 0
    private var filled = 0
    /// One in so many is kept, less one; all ones below a power of two.
    private var mask: UInt32 = 0

    @inline(__always)
    mutating func count(_ row: SocketRow, message: RawSpan) {
        if count & mask == 0 { keep(row, message: message) }
        count &+= 1
    }

    /// Rare, and kept out of the way of what each socket asks for.
    @inline(never)
    private mutating func keep(_ row: SocketRow, message: RawSpan) {
        if filled == Self.limit { thin() }
        guard count & mask == 0 else { return }
        kept[filled] = SocketSample(row, message: message)
        filled += 1
    }

    /// Every second one stays.
    private mutating func thin() {
        for place in kept.indices {
            kept[place] = place * 2 < filled ? kept[place * 2] : nil
        }
        filled = (filled + 1) / 2
        mask = mask << 1 | 1
    }

    mutating func add(_ other: SpreadSamples) {
        var other = other
        while mask < other.mask { thin() }
        while other.mask < mask { other.thin() }
        var all = samples + other.samples
        while all.count > Self.limit {
            all = all.indices.filter { $0 & 1 == 0 }.map { all[$0] }
            mask = mask << 1 | 1
        }
        for place in kept.indices { kept[place] = place < all.count ? all[place] : nil }
        filled = all.count
        count &+= other.count
    }

    var samples: [SocketSample] { (0..<filled).compactMap { kept[$0] } }
}
