import Model
import TOML
import Text
import Tuning

/// Reads the `[[claim]]`s of a user's experiment.
struct ClaimReader {
    let arms: [Arm]
    /// Names of what a run can tell here.
    let measures: Set<String>

    private static let keys = [
        "text", "measure", "arm", "than", "is", "at_least", "at_most", "between",
    ]

    func claims(of top: TOMLReader, _ findings: inout TextFindings) -> [Claim] {
        var claims: [Claim] = []
        for table in top.subtables("claim", &findings) {
            table.refuse(except: Self.keys, &findings)
            if let claim = claim(table, &findings) { claims.append(claim) }
        }
        if claims.isEmpty, findings.problems.isEmpty {
            findings.add(
                at: 0,
                "there is no [[claim]]: write what would confirm it, and so what would refute it"
            )
        }
        return claims
    }

    private func claim(_ table: TOMLReader, _ findings: inout TextFindings) -> Claim? {
        guard let measure = measure(table, &findings), let arm = arm("arm", of: table, &findings)
        else { return nil }
        let than = table.has("than") ? self.arm("than", of: table, &findings) : nil
        if let word = table.text("is", &findings) {
            guard let than else {
                findings.add(
                    at: table.offset(of: "is"),
                    "'is' compares two arms: name the other one with than = \"…\"")
                return nil
            }
            switch word {
            case "more":
                return Claim(
                    text(table, "\(arm): more \(title(measure)) than \(than)", &findings),
                    .more(arm: arm, than: than, measure: measure))
            case "less":
                return Claim(
                    text(table, "\(arm): less \(title(measure)) than \(than)", &findings),
                    .less(arm: arm, than: than, measure: measure))
            default:
                findings.add(
                    at: table.valueOffset(of: "is"),
                    "'is' must be \"more\" or \"less\", not '\(word)'")
                return nil
            }
        }
        guard let range = range(table, &findings) else { return nil }
        let bounds = bounds(range)
        if let than {
            return Claim(
                text(table, "\(arm): \(title(measure)) \(bounds) times that of \(than)", &findings),
                .ratio(arm: arm, to: than, measure: measure, range))
        }
        return Claim(
            text(table, "\(arm): \(title(measure)) \(bounds)", &findings),
            .within(arm: arm, measure: measure, range))
    }

    private func bounds(_ range: ClosedRange<Double>) -> String {
        if range.lowerBound == range.upperBound { return "is \(range.lowerBound.figure)" }
        if range.upperBound == .greatestFiniteMagnitude {
            return "at least \(range.lowerBound.figure)"
        }
        if range.lowerBound == -.greatestFiniteMagnitude {
            return "at most \(range.upperBound.figure)"
        }
        return "\(range.lowerBound.figure) to \(range.upperBound.figure)"
    }

    private func title(_ measure: String) -> String {
        Measure.ofLoad.first { $0.name == measure }?.title ?? measure
    }

    private func text(
        _ table: TOMLReader, _ own: String, _ findings: inout TextFindings
    ) -> String {
        table.text("text", &findings) ?? own
    }

    private func measure(_ table: TOMLReader, _ findings: inout TextFindings) -> String? {
        let names = Measure.ofLoad.map(\.name)
        guard
            let name = table.text(
                "measure", else: "one of \(names.joined(separator: ", "))", &findings)
        else { return nil }
        if measures.contains(name) { return name }
        findings.add(
            at: table.valueOffset(of: "measure"),
            LoadMeasureName.refusal(of: name, among: measures))
        return nil
    }

    private func arm(
        _ key: String, of table: TOMLReader, _ findings: inout TextFindings
    ) -> String? {
        let names = arms.map(\.name)
        guard
            let name = table.text(
                key, else: "one of \(names.joined(separator: ", "))", &findings)
        else { return nil }
        if names.contains(name) { return name }
        findings.add(
            at: table.valueOffset(of: key),
            "unknown arm '\(name)'; there are \(names.joined(separator: ", "))")
        return nil
    }

    private func range(
        _ table: TOMLReader, _ findings: inout TextFindings
    ) -> ClosedRange<Double>? {
        if let ends = table.numbers("between", &findings) {
            guard ends.count == 2, ends[0] <= ends[1] else {
                findings.add(
                    at: table.valueOffset(of: "between"), "write between = [low, high], low first")
                return nil
            }
            return ends[0]...ends[1]
        }
        let low = table.number("at_least", &findings)
        let high = table.number("at_most", &findings)
        guard low != nil || high != nil else {
            findings.add(
                at: table.offset(of: "measure"),
                "a claim needs one of is, at_least, at_most, between")
            return nil
        }
        return
            (low ?? -.greatestFiniteMagnitude)...max(
                high ?? .greatestFiniteMagnitude, low ?? -.greatestFiniteMagnitude)
    }
}
