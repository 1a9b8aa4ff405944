import Model

extension Remedy {
    /// A sysctl write, with the current value to revert to.
    static func writing(
        _ key: String, _ value: String, in situation: Situation, kind: Kind = .knob,
        text: String, effect: String, risk: String
    ) -> Remedy {
        // One that a boot-time file names is read, be it judged or not.
        let present = situation.anySetting(key)?.value
        return Remedy(
            kind, text, command: SysctlCommand.text(key, value), effect: effect, risk: risk,
            undo: present.flatMap { SysctlCommand.text(key, $0) }
                ?? "write the old value of \(key) again")
    }
}

/// The command that writes a sysctl, fit to be pasted into a shell.
enum SysctlCommand {
    /// Nil if key or value contain anything that a shell or a terminal could take for more than text.
    static func text(_ key: String, _ value: String) -> String? {
        let words = value.split { $0 == " " || $0 == "\t" || $0 == "\n" }
        guard !key.isEmpty, key.utf8.allSatisfy(isPlain), !words.isEmpty,
            words.allSatisfy({ $0.utf8.allSatisfy(isPlain) })
        else { return nil }
        let plain = words.joined(separator: " ")
        return words.count == 1 ? "sysctl -w \(key)=\(plain)" : "sysctl -w \(key)=\"\(plain)\""
    }

    /// The keys that a command writes by `sysctl -w KEY=VALUE`, wherever in the command that stands.
    static func keys(in command: String) -> [String] {
        let words = command.split(separator: " ")
        return zip(words, words.dropFirst()).compactMap { option, assignment in
            guard option == "-w", let end = assignment.firstIndex(of: "=") else { return nil }
            return String(assignment[..<end])
        }
    }

    /// Letters, digits, `.`, `_`, `-`, `,` and `/`.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "-"), UInt8(ascii: ","), UInt8(ascii: "/"):
            true
        default: false
        }
    }
}
