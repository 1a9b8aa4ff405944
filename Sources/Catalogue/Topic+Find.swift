extension Topic {
    /// What a word, a path, a line of sysctl.conf, of nstat or of a log is about; nil if it is unknown.
    ///
    /// A name stands for itself, in any spelling. In a pasted line the kernel's own text counts first, then a setting
    /// with its full name, an errno, a program's own sentence, and at last any other name.
    package static func find(_ text: String) -> Topic? {
        let text = text.trimming { $0.isWhitespace || $0 == "\"" || $0 == "'" || $0 == "`" }
        guard !text.isEmpty else { return nil }
        return named(text) ?? assignment(text) ?? pasted(text)
    }

    /// What a text names that is nothing but a name: a key, a counter, a state, an errno, a metric.
    package static func named(_ text: String) -> Topic? {
        if let knob = knob(text) { return .knob(knob) }
        if let state = StateFact.named(text) { return .state(state) }
        if let counter = KernelCounter.spelled(text) { return .counter(counter) }
        if let symptom = Symptom.named(text) { return .symptom(symptom) }
        guard !text.contains(where: \.isWhitespace) else {
            return KernelCounter.spelledAnyCase(text).map(Topic.counter)
        }
        return (KernelCounter.spelledAnyCase(text) ?? KernelCounter.metric(text)).map(
            Topic.counter)
    }

    /// The key of a line such as `net.ipv4.tcp_fin_timeout = 30`, or `sysctl -w net.core.somaxconn=4096`.
    private static func assignment(_ text: String) -> Topic? {
        guard let equals = text.firstIndex(of: "="),
            let key = text[..<equals].split(whereSeparator: \.isWhitespace).last
        else { return nil }
        return knob(String(key).trimming { $0 == "-" }).map(Topic.knob)
    }

    private static func pasted(_ text: String) -> Topic? {
        let pasted = PastedText(text)
        let evidence = LineEvidence.best(in: pasted)
        if let evidence, evidence.weight == .kernel { return evidence.topic }
        for line in pasted.written {
            if let counter = KernelCounter.line(line) ?? NetstatSentence.counter(in: line) {
                return .counter(counter)
            }
            if let knob = fullyNamed(in: line) { return .knob(knob) }
        }
        if let evidence, evidence.weight > .hint { return evidence.topic }
        if let code = pasted.written.lazy.compactMap(TerminationCode.topic).first,
            let symptom = Symptom.named(code)
        {
            return .symptom(symptom)
        }
        return pasted.written.lazy.compactMap(firstNamed).first ?? evidence?.topic
    }

    /// The setting that a line names by its path or its whole key.
    private static func fullyNamed(in line: String) -> Knob? {
        for word in words(of: line)
        where word.hasPrefix("/proc/sys/") || word.hasPrefix("net.") || word.hasPrefix("net/") {
            if let knob = knob(word) { return knob }
        }
        return nil
    }

    /// The first word of a text that can be nothing but a name: of a setting, a counter, a metric or a state.
    private static func firstNamed(in text: String) -> Topic? {
        let words = words(of: text)
        if let first = words.first, let state = listedState(first, words) { return .state(state) }
        for word in words {
            if word.contains("_") || word.contains(".") || word.contains("-") {
                if !word.contains("-") || word == word.uppercased() {
                    if let knob = knob(word) { return .knob(knob) }
                    if let state = StateFact.named(word) { return .state(state) }
                }
                if let topic = labelled(text, metric: word) { return topic }
            }
            if let counter = KernelCounter.word(word) { return .counter(counter) }
        }
        return nil
    }

    /// The state of a row of ss or netstat: `ESTAB 0 0 …`, `tcp 0 0 … TIME_WAIT`.
    private static func listedState(_ first: String, _ words: [String]) -> StateFact? {
        if words.count > 3, first == first.uppercased(), words[1].allSatisfy(\.isNumber),
            words[2].allSatisfy(\.isNumber)
        {
            return StateFact.named(first)
        }
        guard ["tcp", "tcp6"].contains(first) else { return nil }
        return words.dropFirst().lazy.filter {
            $0.utf8.count > 4 && $0 == $0.uppercased() && $0.first?.isLetter == true
        }.compactMap(StateFact.named).first
    }

    /// The state in a metric's label: `node_tcp_connection_states{state="time_wait"}`.
    private static func labelled(_ text: String, metric: String) -> Topic? {
        guard metric.contains("tcp"), metric.contains("state") || text.contains("state=") else {
            return nil
        }
        for label in ["state=\"", "state='", "state="] {
            guard let start = text.firstRange(of: label)?.upperBound else { continue }
            let value = text[start...].prefix {
                $0.isLetter || $0 == "_" || $0 == "-" || $0.isNumber
            }
            if let state = StateFact.named(String(value)) { return .state(state) }
        }
        return nil
    }

    /// Words without the brackets and commas around them.
    private static func words(of text: String) -> [String] {
        text.split { $0.isWhitespace || "(){}[]\"'`,;<>|=".contains($0) }.map {
            String($0).trimming { !$0.isLetter && !$0.isNumber && $0 != "/" }
        }.filter { !$0.isEmpty }
    }

    private static func knob(_ text: String) -> Knob? {
        var key = text.lowercased()
        if key.hasPrefix("/proc/sys/") { key.removeFirst("/proc/sys/".count) }
        // sysctl(8) takes both separators.
        key = String(key.map { $0 == "/" ? "." : $0 })
        return Knob.ofAnySubject(key) ?? Knob.lastNamed(key)
    }
}

extension String {
    fileprivate func trimming(_ drop: (Character) -> Bool) -> String {
        var rest = Substring(self)
        while let first = rest.first, drop(first) { rest.removeFirst() }
        while let last = rest.last, drop(last) { rest.removeLast() }
        return String(rest)
    }
}
