/// What in a log line points at a topic, and how surely.
struct LineEvidence {
    /// From the weakest to the surest.
    enum Weight: Int, Comparable {
        /// A class's name or a general word: counts if there is nothing else.
        case hint
        /// A program's own sentence.
        case phrase
        /// An errno: its name, its text, or its number in a place where only an errno's can be.
        case errno
        /// What the kernel itself writes to its log.
        case kernel

        static func < (left: Weight, right: Weight) -> Bool { left.rawValue < right.rawValue }
    }

    var topic: Topic
    var weight: Weight
    /// Letters that agree: of two the longer text is the more specific one.
    var length: Int

    func isBetter(than other: LineEvidence?) -> Bool {
        guard let other else { return true }
        return (weight, length) > (other.weight, other.length)
    }

    /// The best evidence in a text; nil if it contains none.
    static func best(in text: PastedText) -> LineEvidence? {
        var best: LineEvidence?
        for line in text.lines {
            for evidence in Self.evidence(in: line) where evidence.isBetter(than: best) {
                best = evidence.ofItsNetwork(in: line)
            }
        }
        return best
    }

    /// The same, if the line is about UDP: its errors have other causes.
    private func ofItsNetwork(in line: [UInt8]) -> LineEvidence {
        guard case .symptom(let symptom) = topic,
            let other = Symptom.ofDatagrams(symptom.name, in: line)
        else { return self }
        return LineEvidence(topic: .symptom(other), weight: weight, length: length)
    }

    private static func evidence(in line: [UInt8]) -> [LineEvidence] {
        var found: [LineEvidence] = []
        var start = 0
        while start < line.count {
            guard line[start].isWordPart else {
                start += 1
                continue
            }
            var end = start
            while end < line.count, line[end].isWordPart { end += 1 }
            for entry in Lexicon.entries(String(decoding: line[start..<end], as: UTF8.self))
            where entry.pattern.matches(line, at: start) && entry.rule.allows(entry.weight, line) {
                found.append(
                    LineEvidence(
                        topic: entry.rule.topic, weight: entry.weight, length: entry.pattern.count))
            }
            start = end
        }
        for number in ErrnoNumber.found(in: line) {
            guard let rule = Lexicon.byNumber[number], rule.allows(.errno, line) else { continue }
            // Less than the shortest text of an errno: if both are there, the text counts.
            found.append(LineEvidence(topic: rule.topic, weight: .errno, length: 8))
        }
        return found
    }
}

/// All wordings, by their first words.
private enum Lexicon {
    struct Rule {
        var topic: Topic
        var needs: [String] = []
        var unless: [String] = []
        var doubts: [String] = []
        var isOfFailures = false

        func allows(_ weight: LineEvidence.Weight, _ line: [UInt8]) -> Bool {
            if PastedText.holds(line, anyOf: unless) { return false }
            switch weight {
            case .errno: return needs.isEmpty || PastedText.holds(line, anyOf: needs)
            case .phrase: return !PastedText.holds(line, anyOf: doubts)
            case .hint:
                return !PastedText.holds(line, anyOf: doubts)
                    && (needs.isEmpty || PastedText.holds(line, anyOf: needs))
                    && (!isOfFailures || PastedText.holds(line, anyOf: Wording.failures))
            case .kernel: return true
            }
        }
    }

    struct Entry {
        var pattern: WordPattern
        var weight: LineEvidence.Weight
        var rule: Rule
    }

    static func entries(_ firstWord: String) -> [Entry] { byFirstWord[firstWord] ?? [] }

    static let byNumber: [Int: Rule] = Dictionary(
        Wording.all.compactMap { wording in
            wording.number.flatMap { number in rule(wording).map { (number, $0) } }
        }, uniquingKeysWith: { first, _ in first })

    private static let byFirstWord: [String: [Entry]] = {
        var index: [String: [Entry]] = [:]
        func add(_ texts: [String], _ weight: LineEvidence.Weight, _ rule: Rule) {
            for text in texts {
                let pattern = WordPattern(text)
                let word = String(decoding: pattern.firstWord, as: UTF8.self)
                index[word, default: []].append(
                    Entry(pattern: pattern, weight: weight, rule: rule))
            }
        }
        let wordings = Dictionary(
            Wording.all.map { ($0.topic, $0) }, uniquingKeysWith: { first, _ in first })
        for symptom in Symptom.all {
            let rule =
                wordings[symptom.name].flatMap(rule) ?? Rule(topic: .symptom(symptom))
            let weight: LineEvidence.Weight = symptom.kind == .log ? .kernel : .errno
            add(symptom.texts, weight, rule)
            if symptom.kind == .errno {
                add([symptom.name.lowercased()], .errno, Rule(topic: .symptom(symptom)))
            }
        }
        for wording in Wording.all {
            guard let rule = rule(wording) else { continue }
            let isKernels =
                if case .symptom(let symptom) = rule.topic { symptom.kind == .log } else { false }
            add(wording.texts, isKernels ? .kernel : .errno, rule)
            add(wording.phrases, .phrase, rule)
            add(wording.hints, .hint, rule)
        }
        return index
    }()

    private static func rule(_ wording: Wording) -> Rule? {
        let topic =
            Symptom.named(wording.topic).map(Topic.symptom)
            ?? KernelCounter.spelled(wording.topic).map(Topic.counter)
        return topic.map {
            Rule(
                topic: $0, needs: wording.needs, unless: wording.unless, doubts: wording.doubts,
                isOfFailures: wording.isOfFailures)
        }
    }
}
