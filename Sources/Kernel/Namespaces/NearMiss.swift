/// The names that somebody may have meant who typed another.
enum NearMiss {
    /// At most three, nearest first: those a few letters away, and those that begin with what was typed.
    static func nearest(to typed: String, among names: [String]) -> [String] {
        let typedBytes = Array(typed.prefix(64).utf8)
        let limit = max(1, typedBytes.count / 3)
        var seen: Set<String> = []
        let scored = names.filter { seen.insert($0).inserted }.compactMap {
            name -> (Int, String)? in
            let distance = distance(typedBytes, Array(name.prefix(64).utf8))
            if distance <= limit { return (distance, name) }
            return !typed.isEmpty && name.hasPrefix(typed) ? (limit + 1, name) : nil
        }
        return scored.sorted { $0 < $1 }.prefix(3).map(\.1)
    }

    /// How many letters must be put in, taken out or replaced (Levenshtein).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let replaced = diagonal + (letter == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
            }
        }
        return row[right.count]
    }
}
