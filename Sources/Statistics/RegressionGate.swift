/// What makes a comparison fail: `worse`, `worse>5%`, `connect_p99_seconds:worse>10%`.
package struct RegressionGate: Sendable, Hashable {
    /// As it was typed.
    package let text: String
    /// The only metric that counts, by its name or the last part of it; nil for all.
    package let metric: String?
    /// By more than which share it must be worse; nil for whatever the comparison calls worse.
    package let ratio: Double?

    /// Nil where the text says no such thing.
    package init?(_ text: String) {
        var condition = text[...]
        if let colon = text.lastIndex(of: ":") {
            guard colon > text.startIndex else { return nil }
            metric = String(text[..<colon])
            condition = text[text.index(after: colon)...]
        } else {
            metric = nil
        }
        self.text = text
        let parts = condition.split(separator: ">", omittingEmptySubsequences: false)
            .map { $0.filter { $0 != " " } }
        guard parts.first == "worse", parts.count <= 2 else { return nil }
        guard parts.count == 2 else {
            ratio = nil
            return
        }
        let number = parts[1].dropLast()
        guard parts[1].hasSuffix("%"), let first = number.first, first.isNumber,
            number.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
            let percent = Double(number), percent.isFinite
        else { return nil }
        ratio = percent / 100
    }

    /// Whether it speaks of that metric.
    package func concerns(_ name: String) -> Bool {
        guard let metric else { return true }
        return name == metric || name.hasSuffix("/" + metric)
    }

    /// The metrics that make the comparison fail.
    package func failures(_ changes: [MetricChange]) -> [MetricChange] {
        changes.filter { concerns($0.name) && isFailed($0) }
    }

    /// Whether none of what it speaks of could be told from chance: then it neither holds nor does not.
    package func isUndecided(_ changes: [MetricChange]) -> Bool {
        let concerned = changes.filter { concerns($0.name) && $0.better != nil }
        return !concerned.isEmpty && !concerned.contains(where: \.isJudged)
    }

    private func isFailed(_ change: MetricChange) -> Bool {
        guard let ratio else { return change.verdict == .worse }
        // Of what was counted at two times the user's own limit counts, not the margin of the comparison.
        guard change.basis == .fact ? change.wentWrong : change.verdict == .worse else {
            return false
        }
        // From nothing, any growth is beyond every share.
        return change.changeRatio.map { $0.magnitude > ratio } ?? true
    }
}
