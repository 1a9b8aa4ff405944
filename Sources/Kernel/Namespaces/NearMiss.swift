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

    /// How many letters must be put in, taken out, replaced or swapped with the next (optimal string alignment).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast = Array(repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
                var best = min(replaced, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1],
                    left[row - 1] == right[column]
                {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
