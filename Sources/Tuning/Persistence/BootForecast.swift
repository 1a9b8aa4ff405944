import Catalogue
package import Kernel
package import Model

/// What boot will set, with the drop-in as it is, or with other bytes in its place.
package struct BootForecast: Sendable {
    private let outcome: BootOutcome

    /// What to take for the drop-in.
    package enum Assumption: Sendable {
        case asItIs
        /// These bytes in its place; nil: it is not there.
        case replaced(by: [UInt8]?)
    }

    package init(keys: [String], assuming dropIn: Assumption = .asItIs, root: Root = .host) {
        // What the kernel refuses leaves what an earlier line wrote.
        func takes(_ key: String, _ text: String) -> Bool {
            Knob.takes(text, for: key, present: nil)
        }
        switch dropIn {
        case .asItIs: outcome = BootOutcome(keys: keys, root: root, takes: takes)
        case .replaced(let bytes):
            outcome = BootOutcome(
                keys: keys, root: root,
                replacing: BootFileReplacement(
                    directory: Persistence.directory, name: Persistence.name, bytes: bytes),
                takes: takes)
        }
    }

    /// The program by whose rule this host boots.
    package var rule: BootSetting.Rule { outcome.rule }
    /// Files that could not be read: the forecast may be wrong.
    package var unseen: [Unseen] { outcome.unseen }

    /// What both programs will write, and the lines that lose; nil where no line names the key.
    package subscript(key: String) -> BootSetting? { outcome.settings[key] }

    /// The value that this host's boot writes, as it is compared; nil where no line names the key.
    package func value(of key: String) -> String? {
        outcome.settings[key]?.winner.map { Self.comparable($0.value, key) }
    }

    /// Canonical where it is a value of that knob, else as it stands in the file.
    static func comparable(_ value: String, _ key: String) -> String {
        Knob.named(key)?.canonical(value) ?? value
    }

    /// The line that wins over the drop-in by a program's rule, for a key that the drop-in is to set to `wanted`.
    ///
    /// Nil where the drop-in's own line wins, or one that says the same. A line `-key`, which makes systemd-sysctl leave the
    /// key alone, has no value.
    package func shadow(of key: String, wanted: String, by rule: BootSetting.Rule) -> Assignment? {
        guard let setting = outcome.settings[key] else { return nil }
        guard let winner = rule == .systemd ? setting.systemd : setting.procps else {
            return rule == .systemd ? outcome.exclusions[key] : nil
        }
        guard !winner.file.hasSuffix("/" + Persistence.name),
            Self.comparable(winner.value, key) != wanted
        else { return nil }
        return winner
    }
}
