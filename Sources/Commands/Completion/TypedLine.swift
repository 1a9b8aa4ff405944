/// A command line that a shell wants completed.
struct TypedLine {
    /// All words, as they were typed: with their quotes.
    let words: [String]
    /// The beginning of the word to be completed, without quotes.
    let start: String

    /// - Parameters:
    ///   - index: the place of the word to be completed.
    ///   - prefix: what stands before the cursor in the last word.
    init(words: [String], index: Int, prefix: String) {
        self.words = words
        let typed =
            index == words.count - 1 ? prefix : words.indices.contains(index) ? words[index] : ""
        start = typed.filter { !"\\'\"".contains($0) }
    }
}
