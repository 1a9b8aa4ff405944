extension Symptom {
    /// Every symptom the catalogue knows.
    public static let all: [Symptom] = logLines + errnos

    /// The symptom of this name, letter case aside.
    public static func named(_ name: String) -> Symptom? {
        let name = name.lowercased()
        return all.first { $0.name.lowercased() == name }
    }

    /// The symptom that a line of a log or an error message shows; nil where it shows none that is known.
    ///
    /// The longest text wins: "Too many open files in system" is ENFILE, though EMFILE's text is in it.
    /// An errno's name counts as a text where it stands as a word of its own.
    public static func matching(_ line: String) -> Symptom? {
        let line = Array(line.lowercased().utf8)
        var best: (symptom: Symptom, length: Int)?
        for symptom in all {
            for text in symptom.texts + (symptom.kind == .errno ? [symptom.name.lowercased()] : [])
            where text.utf8.count > best?.length ?? 0 && line.holds(word: text) {
                best = (symptom, text.utf8.count)
            }
        }
        return best?.symptom
    }
}

extension [UInt8] {
    /// True where the text is in it and neither a letter nor a digit stands directly on either side.
    ///
    /// Without that, "errno 10" would be found in "errno 104". Both are in lower case.
    fileprivate func holds(word: String) -> Bool {
        let word = Array(word.utf8)
        guard let first = word.first, count >= word.count else { return false }
        for start in 0...(count - word.count)
        where self[start] == first && self[start..<(start + word.count)].elementsEqual(word) {
            let end = start + word.count
            let before = start == 0 || !self[start - 1].isWordPart
            let after = end == count || !self[end].isWordPart
            if before && after { return true }
        }
        return false
    }
}

extension UInt8 {
    fileprivate var isWordPart: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: false
        }
    }
}
