extension Knob {
    /// The one spelling of a value: plain decimals with one blank between them, ports sorted and merged.
    ///
    /// It serves to compare what a file or a person wrote with what the kernel shows; two spellings of one value have one
    /// canonical form. Nil for what is no value of this knob's type: a leading zero (the kernel reads octal), a sign without need,
    /// a wrong number of numbers (the kernel stores a part of them and says nothing). The range is not looked at.
    package func canonical(_ text: String) -> String? {
        let words = text.split { $0 == " " || $0 == "\t" || $0 == "\n" }
        switch type {
        case .integer, .vector:
            guard words.count == type.arity, words.allSatisfy({ Self.number($0) != nil }) else {
                return nil
            }
            return words.joined(separator: " ")
        case .ports:
            if words.isEmpty { return "" }
            guard words.count == 1, let ports = PortRanges(String(words[0])) else { return nil }
            return ports.description
        case .word:
            guard words.count == 1 else { return nil }
            return String(words[0])
        }
    }

    /// The numbers of a canonical value; none for ports and words.
    package func numbers(_ canonical: String) -> [Int64] {
        guard type.arity != nil else { return [] }
        return canonical.split(separator: " ").compactMap { Self.number($0) }
    }

    /// A decimal as the kernel prints it.
    private static func number(_ word: Substring) -> Int64? {
        guard let number = Int64(word), String(number) == word else { return nil }
        return number
    }
}
