import HostState

/// What to say of a word that is not known.
enum NearWords {
    /// `…; did you mean a or b?`, or the words there are.
    static func sentence(_ what: String, _ word: String, among words: [String]) -> String {
        let near = NearMiss.nearest(to: word, among: words)
        return "\(what); "
            + (near.isEmpty
                ? "there are \(words.joined(separator: ", "))"
                : "did you mean \(near.joined(separator: " or "))?")
    }
}
