import Catalogue
package import Model
import Text

/// The one file that tcptune keeps for boot: the values of all that was persisted, and where each comes from.
///
/// Its text is the same for the same entries. It ends with a checksum, so that an edit by hand is noticed, never written
/// over. Both systemd-sysctl(8) and sysctl(8) read it as it is meant.
package struct DropIn: Sendable, Hashable {
    /// In the order in which boot writes them, each key once; without any, the file should not be there.
    package private(set) var entries: [Entry]

    /// One value, and the transaction that made it last.
    package struct Entry: Sendable, Hashable {
        /// With dots, of the catalogue.
        package var key: String
        /// Canonical (`Knob.canonical`).
        package var value: String
        /// The name of the profile.
        package var profile: String
        /// See `Profile.digest`.
        package var digest: String
        /// The transaction's.
        package var id: String

        package init(key: String, value: String, profile: String, digest: String, id: String) {
            self.key = Self.line(key)
            self.value = Self.line(value)
            self.profile = Self.line(profile)
            self.digest = Self.line(digest)
            self.id = Self.line(id)
        }

        /// On one line of plain ASCII: what a plan or profile names must not become a line of its own.
        private static func line(_ text: String) -> String {
            if text.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) { return text }
            return String(
                decoding: text.utf8.map { 0x20...0x7E ~= $0 ? $0 : 0x3F }, as: UTF8.self)
        }

        /// Whether it says where the value of another comes from, too.
        fileprivate func isOfSameOrigin(as other: Entry?) -> Bool {
            profile == other?.profile && digest == other?.digest && id == other?.id
        }
    }

    /// Takes entries in any order; of two for one key the later counts.
    package init(_ entries: [Entry] = []) {
        var kept: [Entry] = []
        for entry in entries {
            kept.removeAll { $0.key == entry.key }
            kept.append(entry)
        }
        let order = KeyOrder.sorted(
            kept.map { KeyOrder.Step(key: $0.key, before: nil, wanted: $0.value) })
        self.entries = order.map { kept[$0] }
    }

    /// With these values in place of what it has for their keys.
    package func merging(_ entries: [Entry]) -> DropIn { DropIn(self.entries + entries) }

    /// Without these keys.
    package func removing(_ keys: Set<String>) -> DropIn {
        DropIn(entries.filter { !keys.contains($0.key) })
    }

    package subscript(key: String) -> Entry? { entries.first { $0.key == key } }

    /// Bytes of a value beyond which sysctl(8) stores a part only.
    ///
    /// It makes one write(2), of which the kernel takes 4095 bytes and drops the rest: 682 of 2000 ports (measured with
    /// procps 4.0.2).
    package static let longestValue = 4000

    /// The first entry that cannot be kept in such a file; nil where all can.
    package func firstTooLong() -> Entry? {
        entries.first { $0.value.utf8.count > Self.longestValue }
    }
}

/// As bytes, and back.
extension DropIn {
    private static let heading = """
        # Written by tcptune, which reads it back: an edit makes it leave this file alone.
        # `tcptune status` tells what is in force, `tcptune rollback` takes it back.
        # format 1

        """
    private static let sumPrefix = "# sha256 "

    /// The whole file, to be of mode 0644.
    package func rendered() -> [UInt8] {
        var text = Self.heading
        var last: Entry?
        for entry in entries {
            if !entry.isOfSameOrigin(as: last) {
                text += "\n# profile \(entry.profile)\n# digest \(entry.digest)\n# id \(entry.id)\n"
            }
            text += "\(entry.key) = \(entry.value)\n"
            last = entry
        }
        text += "\n"
        let bytes = Array(text.utf8)
        return bytes + Array("\(Self.sumPrefix)\(SHA256.hex(of: bytes))\n".utf8)
    }

    /// Larger than what all knobs of the catalogue take.
    static let largestBytes = 1 << 20

    /// Reads what ``rendered()`` made.
    ///
    /// - Throws: `conflict` for anything else: another's file, an edit by hand, one cut short, a newer tcptune's.
    package init(parsing bytes: [UInt8]) throws(Refusal) {
        guard bytes.count <= Self.largestBytes else {
            throw Self.foreign("has \(Int64(bytes.count).bytes), more than tcptune writes")
        }
        let lines = Self.lines(bytes)
        guard lines.first == Self.lines(Array(Self.heading.utf8)).first else {
            throw Self.foreign("was not written by tcptune")
        }
        if let format = lines.first(where: { $0.hasPrefix("# format ") }), format != "# format 1" {
            throw Self.foreign("was written by a newer tcptune (\(format.dropFirst(2)))")
        }
        var entries: [Entry] = []
        var origin = (profile: "", digest: "", id: "")
        for (index, line) in lines.enumerated() {
            if let name = Self.word(line, after: "# profile ") { origin.profile = name }
            if let digest = Self.word(line, after: "# digest ") { origin.digest = digest }
            if let id = Self.word(line, after: "# id ") { origin.id = id }
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].last == " ", parts[1].first == " " else {
                throw Self.foreign("was edited: tcptune did not write line \(index + 1)")
            }
            entries.append(
                Entry(
                    key: String(parts[0].dropLast()), value: String(parts[1].dropFirst()),
                    profile: origin.profile, digest: origin.digest, id: origin.id))
        }
        self.init(entries)
        try requireSame(bytes, lines)
    }

    /// Whether it is byte for byte what these entries make; if not, what differs is said.
    private func requireSame(_ bytes: [UInt8], _ lines: [String]) throws(Refusal) {
        let own = rendered()
        if own == bytes { return }
        guard lines.contains(where: { $0.hasPrefix(Self.sumPrefix) }) else {
            throw Self.foreign("is cut short: its last line, the checksum, is missing")
        }
        let ownLines = Self.lines(own)
        for (index, pair) in zip(ownLines, lines).enumerated() where pair.0 != pair.1 {
            throw Self.foreign(
                pair.1.hasPrefix(Self.sumPrefix)
                    ? "was edited: its checksum does not match its lines"
                    : "was edited: line \(index + 1)")
        }
        throw Self.foreign("was edited at its end")
    }

    private static func lines(_ bytes: [UInt8]) -> [String] {
        bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    private static func word(_ line: String, after prefix: String) -> String? {
        line.hasPrefix(prefix) ? String(line.dropFirst(prefix.count)) : nil
    }

    private static func foreign(_ what: String) -> Refusal {
        Refusal(
            .conflict,
            "\(Persistence.path) \(what)\(untouched): copy what you need to a file with another "
                + "name, remove this one, and run the command again")
    }

    private static let untouched = "; tcptune wrote nothing"

    /// The same for who writes nothing to it and is not to be run again; other errors are as they were.
    static func left(_ error: Refusal) -> String {
        let parts = error.description.split(separator: untouched, maxSplits: 1)
        guard parts.count == 2, let what = parts.first else { return error.description }
        return
            "\(what); tcptune left it, and boot sets what its lines say. Copy what you need to a file with another name, "
            + "and remove this one"
    }
}
