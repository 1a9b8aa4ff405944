import Model
import Text

extension Topic {
    /// The names nearest to one that was not found, at most `limit`, nearest first; empty if none is near.
    ///
    /// `extra` are names of other modules, such as rule ids. It compares the last components, ignoring letter case and
    /// `-` or `_`; a third of the letters may differ.
    package static func suggestions(for text: String, among extra: [String] = [], limit: Int = 3)
        -> [String]
    {
        let wanted = comparable(text)
        // A pasted paragraph has no near name, and the comparison is quadratic.
        guard (2...80).contains(wanted.utf8.count) else { return [] }
        let farthest = max(1, wanted.utf8.count / 3)
        var seen: Set<String> = []
        return (all.map(\.name) + extra)
            .filter { seen.insert($0).inserted }
            .compactMap { name -> (name: String, distance: Int)? in
                let distance = distance(wanted, comparable(name))
                return distance <= farthest ? (name, distance) : nil
            }
            .sorted {
                ($0.distance, $0.name.utf8.count, $0.name) < (
                    $1.distance, $1.name.utf8.count, $1.name
                )
            }
            .prefix(limit)
            .map(\.name)
    }

    /// A word that is part of the name, and long enough to mean something, is one step away.
    private static func distance(_ wanted: String, _ name: String) -> Int {
        let edits = NearMiss.distance(wanted, name)
        return wanted.utf8.count >= 4 && name.contains(wanted) ? min(edits, 1) : edits
    }

    private static func comparable(_ text: String) -> String {
        let last = text.split { $0 == "." || $0 == "/" }.last ?? ""
        return String(last.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
    }
}
