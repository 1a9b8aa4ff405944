extension Topic {
    /// What a word, a path, a line of sysctl.conf, of nstat or of a log speaks of; nil where it is unknown.
    ///
    /// Sysctls by key or path or last component; counters as nstat or `/proc` spell them; states in any
    /// spelling; errnos by name or text; pasted lines by the kernel's wording in them.
    public static func find(_ text: String) -> Topic? {
        let text = text.trimming { $0.isWhitespace || $0 == "\"" || $0 == "'" || $0 == "`" }
        guard !text.isEmpty else { return nil }
        return exact(text) ?? assignment(text) ?? Symptom.matching(text).map(Topic.symptom)
            ?? firstNamed(in: text)
    }

    /// A name that stands for itself.
    private static func exact(_ text: String) -> Topic? {
        if let knob = knob(text) { return .knob(knob) }
        if let state = StateFact.named(text) { return .state(state) }
        if let counter = KernelCounter.spelled(text) { return .counter(counter) }
        if let symptom = Symptom.named(text) { return .symptom(symptom) }
        return KernelCounter.spelledAnyCase(text).map(Topic.counter)
    }

    /// The key of a line such as `net.ipv4.tcp_fin_timeout = 30`, or `sysctl -w net.core.somaxconn=4096`.
    private static func assignment(_ text: String) -> Topic? {
        guard let equals = text.firstIndex(of: "="),
            let key = text[..<equals].split(whereSeparator: \.isWhitespace).last
        else { return nil }
        return knob(String(key).trimming { $0 == "-" }).map(Topic.knob)
    }

    /// The first word of a text that can be nothing but a name of the kernel's: with `_` or `.` in it, or of nstat's form.
    private static func firstNamed(in text: String) -> Topic? {
        for word in text.split(whereSeparator: \.isWhitespace) {
            let word = String(word).trimming { !$0.isLetter && !$0.isNumber && $0 != "/" }
            guard word.contains("_") || word.contains(".") || word.hasPrefix("Tcp") else {
                continue
            }
            if let topic = exact(word) { return topic }
        }
        return nil
    }

    private static func knob(_ text: String) -> Knob? {
        var key = text.lowercased()
        if key.hasPrefix("/proc/sys/") { key.removeFirst("/proc/sys/".count) }
        // sysctl(8) takes both separators.
        key = String(key.map { $0 == "/" ? "." : $0 })
        return Knob.named(key) ?? Knob.lastNamed(key)
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
