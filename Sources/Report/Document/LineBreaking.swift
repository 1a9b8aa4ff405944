/// Where a line must not end.
enum LineBreaking {
    /// Whether the space at that place belongs to what is around it: `28 232`, `98.9 %`, `60 s`, ` ·`.
    static func isForbidden(in text: [Character], at place: Int) -> Bool {
        func at(_ distance: Int) -> Character? {
            text.indices.contains(place + distance) ? text[place + distance] : nil
        }
        func isDigit(_ distance: Int) -> Bool { at(distance).map(digits.contains) ?? false }
        guard let before = at(-1), let after = at(1), before != " " else { return false }
        if after == "·" { return true }
        guard isDigit(-1) else { return false }
        if after == "%" || (isDigit(1) && isDigit(2) && isDigit(3) && !isDigit(4)) { return true }
        return units.contains(String(text[(place + 1)...].prefix(5).prefix { $0.isLetter }))
    }

    private static let units: Set = [
        "s", "ms", "min", "h", "days", "B", "KiB", "MiB", "GiB", "TiB",
    ]

    /// The text with no-break spaces where a line must not end.
    static func marked(_ text: String) -> String {
        guard text.contains(" ") else { return text }
        let characters = Array(text)
        return String(
            characters.indices.map { index in
                characters[index] == " " && isForbidden(in: characters, at: index)
                    ? "\u{a0}" : characters[index]
            })
    }

    private static let digits: Set<Character> = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]
}
