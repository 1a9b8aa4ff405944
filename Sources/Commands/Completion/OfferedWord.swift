import ArgumentParser
import Audit
import Text

/// A word that a shell can put in the place of the one being typed, and what it means.
struct OfferedWord {
    let word: String
    /// What zsh and fish show beside it; nil where the word says it all.
    let meaning: String?

    init(_ word: String, _ meaning: String? = nil) {
        self.word = word
        self.meaning = meaning
    }

    /// The line that tells a shell of it; nil for a name that would end the line or move a cursor.
    ///
    /// Files and namespaces are named by others, and bash expands what it is told (`compgen -W`), commands included: there a name is
    /// quoted, and one that bash would put on the line with a `$` or a backtick unquoted is left out. zsh takes what follows a colon
    /// for the meaning (`_describe`), fish what follows a tab.
    func line(for shell: CompletionShell?) -> String? {
        guard !word.isEmpty, TerminalText.escaped(word) == word else { return nil }
        switch shell?.rawValue ?? "" {
        case "bash":
            return word.contains { "$`".contains($0) } ? nil : Placement.word(word)
        case "zsh":
            var safe = ""
            for letter in word {
                if letter == ":" || letter == "\\" { safe += "\\" }
                safe.append(letter)
            }
            return safe + (meaning.map { ":" + TerminalText.escaped($0) } ?? "")
        case "fish":
            return word + (meaning.map { "\t" + TerminalText.escaped($0) } ?? "")
        default:
            return word
        }
    }
}
