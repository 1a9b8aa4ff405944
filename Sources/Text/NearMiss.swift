/// The names that somebody may have meant who typed another.
public enum NearMiss {
    /// At most three, nearest first: those a third of the letters away, and those that begin with what was typed.
    public static func nearest(to typed: String, among names: [String]) -> [String] {
        let typed = String(typed.prefix(64))
        let limit = max(1, typed.utf8.count / 3)
        var seen: Set<String> = []
        let scored = names.filter { seen.insert($0).inserted }.compactMap {
            name -> (distance: Int, name: String)? in
            let distance = distance(typed, String(name.prefix(64)))
            if distance <= limit { return (distance, name) }
            return !typed.isEmpty && name.hasPrefix(typed) ? (limit + 1, name) : nil
        }
        return scored.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3)
            .map(\.name)
    }

    /// So many words are listed; of more nobody reads all.
    private static let mostListed = 10

    /// `WHAT; did you mean a or b?`, or the words there are.
    public static func sentence(_ what: String, _ word: String, among words: [String]) -> String {
        let near = nearest(to: word, among: words)
        let more = words.count - mostListed
        return "\(what); "
            + (near.isEmpty
                ? "there are \(words.prefix(mostListed).joined(separator: ", "))"
                    + (more > 0 ? " … and \(more) more" : "")
                : "did you mean \(near.joined(separator: " or "))?")
    }

    /// How many letters two words differ by: inserted, left out, replaced, or two neighbours swapped.
    ///
    /// The restricted form of Damerau and Levenshtein (optimal string alignment): no pair of letters is edited twice.
    public static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for i in left.indices {
            var row = [i + 1]
            row.reserveCapacity(right.count + 1)
            for j in right.indices {
                let same = left[i] == right[j]
                var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (same ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    best = min(best, beforeLast[j - 1] + 1)
                }
                row.append(best)
            }
            beforeLast = last
            last = row
        }
        return last[right.count]
    }
}
