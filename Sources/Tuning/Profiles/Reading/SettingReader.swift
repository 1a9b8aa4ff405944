import Catalogue
import Model
import Text
import TOML
import TOMLKit

/// Reads one `[[setting]]`.
struct SettingReader {
    static let keys = wishes + ["key", "why", "risk", "proof"]
    /// `value` is the usual spelling of `exact`.
    static let wishes = ["value", "exact", "at_least", "at_most"]

    let table: TOMLReader

    /// Where the wished value stands.
    var wishOffset: Int {
        let wish = Self.wishes.first { table.has($0) }
        return wish.map { table.valueOffset(of: $0) } ?? table.outline.key
    }

    /// Nil where anything is wrong with it.
    func read(path: String, _ findings: inout TextFindings) -> ProfileSetting? {
        let before = findings.problems.count
        table.refuse(except: Self.keys, &findings)
        let knob = knob(&findings)
        let why = table.text(
            "why", else: "tell the reader of the plan what it is good for", &findings)
        let risk = table.text("risk", &findings)
        let proof = proof(&findings)
        let wish = wish(of: knob, &findings)
        guard findings.problems.count == before, let knob, let why, let wish else { return nil }
        let line = findings.place(at: table.valueOffset(of: "key")).line
        return ProfileSetting(
            key: knob.key, wish: wish, why: why, risk: risk, proof: proof, place: "\(path):\(line)")
    }

    private func knob(_ findings: inout TextFindings) -> Knob? {
        guard
            let text = table.text(
                "key", else: "the sysctl, such as net.core.somaxconn", &findings)
        else { return nil }
        do throws(KeyRefusal) {
            return try ProfileKey.knob(text)
        } catch {
            findings.add(at: table.valueOffset(of: "key"), error.message)
            return nil
        }
    }

    private func proof(_ findings: inout TextFindings) -> String? {
        guard let proof = table.text("proof", &findings) else { return nil }
        guard !ExperimentID.names.contains(proof) else { return proof }
        findings.add(
            at: table.valueOffset(of: "proof"),
            NearMiss.sentence(
                "there is no experiment '\(proof)'", proof, among: ExperimentID.names))
        return nil
    }

    private func wish(of knob: Knob?, _ findings: inout TextFindings) -> Wish? {
        let given = Self.wishes.filter { table.has($0) }
        guard let word = given.first else {
            findings.add(
                at: table.outline.key,
                "missing key 'value' in [[setting]]: the wanted value, or one of exact, "
                    + "at_least, at_most")
            return nil
        }
        guard given.count == 1 else {
            let second = given.max { table.offset(of: $0) < table.offset(of: $1) } ?? word
            findings.add(
                at: table.offset(of: second),
                "one setting has two wanted values: \(given.joined(separator: ", ")); keep one")
            return nil
        }
        guard let knob, let node = table.table[word] else { return nil }
        let offset = table.valueOffset(of: word)
        do throws(ValueRefusal) {
            let value = try WishedValue(node, named: word, for: knob)
            switch word {
            case "at_least":
                try Self.checkBound(word, on: knob)
                return .atLeast(value)
            case "at_most":
                try Self.checkBound(word, on: knob)
                return .atMost(value)
            default: return .exact(value)
            }
        } catch {
            findings.add(at: offset, error.message)
            return nil
        }
    }

    /// More and less mean nothing for words; for the ends of a range they mean opposite things.
    private static func checkBound(_ word: String, on knob: Knob) throws(ValueRefusal) {
        switch knob.type {
        case .word:
            throw ValueRefusal("\(knob.key) is a word, which cannot be more or less: use value")
        case .ports where word == "at_most":
            throw ValueRefusal(
                "\(knob.key) is a list of ports: at_least adds ports to it, value replaces it")
        case .vector where PortRangeKey.isOne(knob):
            throw ValueRefusal(
                "\(knob.key) has a low and a high end: 'at_least' would raise both; use value")
        default: return
        }
    }
}

/// The range of local ports, a vector that is no row of limits.
enum PortRangeKey {
    static func isOne(_ knob: Knob) -> Bool { knob.key == "net.ipv4.ip_local_port_range" }
}
