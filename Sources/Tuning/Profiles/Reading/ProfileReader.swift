import Catalogue
package import Model
import Text
import TOML
import TOMLKit

/// Reads the text of a profile, strictly: what it does not know is an error, with line and column.
package enum ProfileReader {
    /// What one file says: the profile by itself, and what it extends.
    package struct Reading: Sendable, Hashable {
        /// With the settings of this file only; its digest is that of this file only.
        package var profile: Profile
        /// The profiles it extends, by name or path, and where they are named.
        package var extends: [Base]
        /// Where the things stand that a warning may be about.
        package var places: Places

        package struct Base: Sendable, Hashable {
            package var name: String
            package var place: TextPlace
        }

        /// By key of the setting.
        package struct Places: Sendable, Hashable {
            package var name = TextPlace(line: 1, column: 1)
            package var keys: [String: TextPlace] = [:]
            package var values: [String: TextPlace] = [:]
        }
    }

    static let tables = ["profile", "setting"]
    static let profileKeys = ["name", "summary", "suits", "requires", "extends"]

    /// Reads a profile's bytes; all that is wrong is told at once.
    ///
    /// - Parameter path: for the messages.
    package static func read(bytes: [UInt8], path: String) throws(TextError) -> Reading {
        var findings = TextFindings(path: path, bytes: bytes)
        let text = try TOMLText(bytes, findings: &findings)
        let top = TOMLReader(table: text.table, outline: text.outline, name: "the profile")
        top.refuse(except: tables, &findings)
        var reading = Reading(
            profile: Profile(
                name: "", summary: "", settings: [], path: path, digest: SHA256.hex(of: bytes)),
            extends: [], places: .init())
        readProfile(of: top, into: &reading, &findings)
        readSettings(of: top, into: &reading, &findings)
        try findings.check()
        return reading
    }

    // MARK: [profile]

    private static func readProfile(
        of top: TOMLReader, into reading: inout Reading, _ findings: inout TextFindings
    ) {
        guard let value = top.table["profile"] else {
            findings.add(at: 0, "the table [profile] is missing; it begins with a line [profile]")
            return
        }
        guard let table = value.table, let outline = top.outline.children["profile"] else {
            findings.add(
                at: top.offset(of: "profile"),
                "'profile' must be a table, not \(value.kindWords): [profile]")
            return
        }
        let profile = TOMLReader(table: table, outline: outline, name: "[profile]")
        profile.refuse(except: profileKeys, &findings)
        if let name = profile.text(
            "name", else: "the word that apply takes", &findings)
        {
            if ProfileName.isValid(name) {
                reading.profile.name = name
            } else {
                findings.add(
                    at: profile.valueOffset(of: "name"),
                    "'\(name)' is not a profile name: use letters, digits, '-' and '_', 64 at most")
            }
        }
        reading.places.name = findings.place(at: profile.valueOffset(of: "name"))
        reading.profile.summary =
            profile.text("summary", else: "what it is for, in one line", &findings) ?? ""
        for (id, offset) in profile.texts("suits", &findings) {
            if let rule = RuleID(rawValue: id) {
                reading.profile.suits.append(rule)
                continue
            }
            let near = RuleID.nearest(to: id)
            findings.add(
                at: offset,
                "there is no finding '\(id)'; "
                    + (near.isEmpty
                        ? "tcptune-findings(7) lists the findings"
                        : "did you mean \(near.joined(separator: " or "))?"))
        }
        for (text, offset) in profile.texts("requires", &findings) {
            do throws(RequirementError) {
                reading.profile.requires.append(try Requirement(text))
            } catch {
                findings.add(at: offset, error.message)
            }
        }
        for (name, offset) in profile.texts("extends", orOne: true, &findings) {
            reading.extends.append(
                Reading.Base(name: name, place: findings.place(at: offset)))
        }
    }

    // MARK: [[setting]]

    private static func readSettings(
        of top: TOMLReader, into reading: inout Reading, _ findings: inout TextFindings
    ) {
        guard let value = top.table["setting"] else {
            if reading.extends.isEmpty {
                findings.add(
                    at: 0, "there is no [[setting]]: a profile needs at least one")
            }
            return
        }
        guard let array = value.array, let outline = top.outline.children["setting"] else {
            findings.add(
                at: top.offset(of: "setting"),
                "settings must be an array of tables, not \(value.kindWords): each begins with a line "
                    + "[[setting]], with two brackets")
            return
        }
        var lines: [String: Int] = [:]
        for (index, element) in array.enumerated() {
            guard !findings.isFull else { return }
            let node = index < outline.items.count ? outline.items[index] : outline
            guard let table = element.table else {
                findings.add(
                    at: node.value,
                    "each setting must be a table, not \(element.kindWords): [[setting]]")
                continue
            }
            let reader = SettingReader(
                table: TOMLReader(table: table, outline: node, name: "[[setting]]"))
            guard let setting = reader.read(path: reading.profile.path, &findings) else {
                continue
            }
            let key = setting.key
            let place = findings.place(at: reader.table.valueOffset(of: "key"))
            if let first = lines[key] {
                findings.add(
                    at: place, "\(key) is set twice; line \(first) also sets it: keep one")
                continue
            }
            lines[key] = place.line
            reading.places.keys[key] = place
            reading.places.values[key] = findings.place(at: reader.wishOffset)
            reading.profile.settings.append(setting)
        }
    }
}
