/// Messages to a person at a terminal, as wide as that is.
package enum MessageText {
    /// Each line broken between words, what continues it under an indent.
    package static func wrapped(_ text: String, to width: Int) -> String {
        let lines = TerminalLines(width: max(width, TerminalRenderer.narrowest), colour: false)
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { lines.set(Phrase(String($0)), indent: 2) }.joined(separator: "\n")
    }
}
