import Model
import Text

extension HostQuantity {
    static let forms = ["{listeners}", "{memory / BYTES}", "{processors * NUMBER}"]

    /// Takes one of the three forms; blanks within the braces are of no matter.
    init(_ text: String) throws(ValueRefusal) {
        let trimmed = text.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
        guard trimmed.hasPrefix("{"), trimmed.hasSuffix("}"), trimmed.utf8.count > 2 else {
            throw ValueRefusal("'\(text)' is not a computed value; the forms are \(Self.list)")
        }
        var words: [String] = [""]
        for character in trimmed.dropFirst().dropLast() {
            switch character {
            case "/", "*", "+", "-", "{", "}": words += [String(character), ""]
            case " ": words.append("")
            default: words[words.count - 1].append(character)
            }
        }
        words.removeAll { $0.isEmpty }
        switch (words.first, words.dropFirst().first, words.dropFirst(2).first, words.count) {
        case ("listeners"?, nil, nil, 1): self = .listeners
        case ("memory"?, "/"?, let number?, 3):
            self = .memory(bytesEach: try Self.factor(number, in: text))
        case ("processors"?, "*"?, let number?, 3):
            self = .processors(each: try Self.factor(number, in: text))
        case (let word?, _, _, _) where !["listeners", "memory", "processors"].contains(word):
            let near = NearMiss.nearest(to: word, among: ["listeners", "memory", "processors"])
            throw ValueRefusal(
                "unknown host quantity '\(word)'; "
                    + (near.first.map { "did you mean \($0)?" } ?? "the forms are \(Self.list)"))
        default: throw ValueRefusal("'\(text)' is not a computed value; the forms are \(Self.list)")
        }
    }

    private static var list: String { forms.joined(separator: ", ") }

    private static func factor(_ word: String, in text: String) throws(ValueRefusal) -> Int64 {
        guard word.utf8.first != UInt8(ascii: "0"), word.utf8.first != UInt8(ascii: "+"),
            let number = Int64(word), number > 0
        else {
            throw ValueRefusal("'\(word)' in '\(text)' is not a whole number of 1 or more")
        }
        return number
    }
}
