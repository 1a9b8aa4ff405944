/// Where a line must not end.
enum LineBreaking {
    /// Whether the space at that place belongs to what is around it: `28 232`, `98.9 %`, `60 s`, ` ·`.
    ///
    /// - Parameter text: in UTF-8; all that is asked for is ASCII but the dot, which is two bytes.
    static func isForbidden(in text: [UInt8], at place: Int) -> Bool {
        func at(_ distance: Int) -> UInt8? {
            text.indices.contains(place + distance) ? text[place + distance] : nil
        }
        func isDigit(_ distance: Int) -> Bool { at(distance).map { 0x30...0x39 ~= $0 } ?? false }
        guard let before = at(-1), let after = at(1), before != space else { return false }
        if after == 0xC2, at(2) == 0xB7 { return true }
        guard isDigit(-1) else { return false }
        if after == percent || (isDigit(1) && isDigit(2) && isDigit(3) && !isDigit(4)) {
            return true
        }
        return isUnit(text[(place + 1)...])
    }

    private static let space: UInt8 = 0x20
    private static let percent: UInt8 = 0x25
    private static let units = [
        "s", "ms", "min", "h", "days", "B", "KiB", "MiB", "GiB", "TiB",
    ]

    /// Whether it begins with a unit and no letter follows.
    ///
    /// Of what is beyond ASCII, all is taken for letters but what begins as punctuation, signs and arrows do.
    private static func isUnit(_ text: ArraySlice<UInt8>) -> Bool {
        let word = text.prefix(5).prefix { 0x61...0x7A ~= $0 | 0x20 || ($0 >= 0xC3 && $0 != 0xE2) }
        return units.contains { $0.utf8.elementsEqual(word) }
    }

    /// The text with no-break spaces where a line must not end.
    static func marked(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.contains(space) else { return text }
        var marked: [UInt8] = []
        marked.reserveCapacity(bytes.count + 16)
        for (index, byte) in bytes.enumerated() {
            if byte == space, isForbidden(in: bytes, at: index) {
                marked += [0xC2, 0xA0]
            } else {
                marked.append(byte)
            }
        }
        return String(decoding: marked, as: UTF8.self)
    }
}
