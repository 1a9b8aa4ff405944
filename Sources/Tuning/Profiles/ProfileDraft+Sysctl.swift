import Catalogue
import Kernel
package import Model
import TOML

extension ProfileDraft {
    /// - Parameters:
    ///   - bytes: of the file, whatever they are.
    ///   - path: for the comments.
    ///   - name: of the profile; nil makes one of the file's name.
    package init(_ bytes: [UInt8], path: String, name: String? = nil) {
        self.init(name: name ?? Self.name(from: path))
        let lines = SysctlFile.parse(bytes, as: .systemd).lines
        let comments = SysctlComments(bytes)
        var last: [String: Int] = [:]
        for (index, line) in lines.enumerated() where line.value != nil {
            if let key = SysctlKey(path: line.path) { last[key.name] = index }
        }
        var settings: [Setting] = []
        for (index, line) in lines.enumerated() {
            let key = SysctlKey(path: line.path)
            func dropped(_ reason: String) -> Dropped {
                Dropped(
                    line: line.number, key: key?.name ?? line.path, value: line.value,
                    reason: reason)
            }
            if line.value != nil, let subject = key.flatMap({ ProfileKey.subject(of: $0.name) }) {
                left.append(dropped("a setting of \(subject.words)"))
                continue
            }
            switch Self.setting(line, isLast: key.map { last[$0.name] == index } ?? true) {
            case .success(var setting):
                setting.reason = comments.trailing(line.value ?? "") ?? comments.above(line.number)
                settings.append(setting)
            case .failure(let refusal): self.dropped.append(dropped(refusal.message))
            }
        }
        taken = settings.map(\.knob.key)
        write(settings, from: path)
    }

    private struct Setting {
        var knob: Knob
        var canonical: String
        var line: Int
        /// What the kernel makes of the line that its author did not mean.
        var remark: String?
        /// The comment that stands with the line.
        var reason: String?
    }

    // MARK: one line

    private static func setting(
        _ line: SysctlLine, isLast: Bool
    ) -> Result<Setting, ValueRefusal> {
        guard let value = line.value else {
            return .failure(
                ValueRefusal(
                    line.kind == .malformed
                        ? "systemd-sysctl and sysctl(8) both ignore this line: it has no '='"
                        : "it only keeps patterns from this key"))
        }
        if line.isGlob {
            return .failure(ValueRefusal("it is a pattern; a profile names each key"))
        }
        guard let key = SysctlKey(path: line.path) else {
            return .failure(ValueRefusal("this does not name a sysctl"))
        }
        guard isLast else {
            return .failure(ValueRefusal("a later line of the file sets it again and wins"))
        }
        let knob: Knob
        do throws(KeyRefusal) {
            knob = try ProfileKey.knob(key.name)
        } catch {
            return .failure(ValueRefusal(error.message))
        }
        do throws(ValueRefusal) {
            return .success(
                Setting(
                    knob: knob, canonical: try KnobText.checked(value, for: knob),
                    line: line.number))
        } catch {
            guard let (taken, remark) = asRead(value, of: knob) else { return .failure(error) }
            return .success(
                Setting(knob: knob, canonical: taken, line: line.number, remark: remark))
        }
    }

    /// What the kernel reads of `0x258`, `0600` and `60 # seconds`, and what to say of it; nil where it is refused, or
    /// stored in part.
    private static func asRead(_ value: String, of knob: Knob) -> (String, String?)? {
        guard knob.type.arity != nil, let form = KernelReading.Form(knob, present: nil),
            case .numbers(let numbers, let remarks) = KernelReading(value, form: form)
        else { return nil }
        var told: [String] = []
        for remark in remarks {
            switch remark {
            case .short: return nil
            case .octal(let word, let number):
                told.append("The file writes \(word), which the kernel reads as octal: \(number)")
            case .ignored(let rest):
                if !rest.hasPrefix("#"), !rest.hasPrefix(";") {
                    told.append("The kernel takes the beginning of '\(value)' and ignores the rest")
                }
            }
        }
        let text = numbers.map(String.init).joined(separator: " ")
        if remarks.isEmpty { told.append("The file writes \(value)") }
        do throws(ValueRefusal) {
            return (
                try KnobText.checked(text, for: knob),
                told.isEmpty ? nil : told.joined(separator: ". ")
            )
        } catch {
            return nil
        }
    }

    // MARK: the text

    private mutating func write(_ settings: [Setting], from path: String) {
        text = """
            \(TOMLString.comment("Made from \(path) by tcptune profile new."))
            #
            # tcptune copied each value unchanged. Before you apply this profile, read each `why`, and remove what
            # nobody can give a reason for: the kernel's defaults are mostly better than a copied list.

            [profile]
            name = \(TOMLString.quoted(name))
            summary = \(TOMLString.quoted("Imported from \(path)"))

            """
        let keys = settings.map(\.knob.key)
        let reuses = settings.contains {
            $0.knob.key == "net.ipv4.tcp_tw_reuse" && $0.canonical == "1"
        }
        if reuses, !keys.contains("net.ipv4.tcp_timestamps") {
            text += "requires = [\"net.ipv4.tcp_timestamps != 0\"]\n"
        }
        if settings.isEmpty {
            text +=
                "\n# A profile can contain no line of the file, so this one has no [[setting]] yet.\n"
        }
        for setting in settings {
            text += "\n[[setting]]\nkey = \(TOMLString.quoted(setting.knob.key))\n"
            text += "value = \(Self.literal(setting))\n"
            text += "why = \(TOMLString.quoted(Self.why(setting, path)))\n"
            if let risk = setting.knob.risk { text += "risk = \(TOMLString.quoted(risk))\n" }
        }
        list(dropped, under: "Left out:")
        list(left, under: "Left to a sysctl.d file, because they are not TCP settings:")
    }

    private mutating func list(_ lines: [Dropped], under title: String) {
        guard !lines.isEmpty else { return }
        text += "\n# \(title)\n"
        for line in lines {
            let value = line.value.map { " = \($0)" } ?? ""
            text += TOMLString.comment("line \(line.line): \(line.key)\(value)") + "\n"
            text += TOMLString.comment("    \(line.reason)") + "\n"
        }
    }

    private static func literal(_ setting: Setting) -> String {
        switch setting.knob.type {
        case .integer: setting.canonical
        case .vector: "[" + setting.canonical.split(separator: " ").joined(separator: ", ") + "]"
        case .ports, .word: TOMLString.quoted(setting.canonical)
        }
    }

    private static func why(_ setting: Setting, _ path: String) -> String {
        var text =
            setting.reason.map { "\($0) (line \(setting.line) of \(path))" }
            ?? "line \(setting.line) of \(path); the file gives no reason"
        if case .fixed(let initial) = setting.knob.initial,
            initial.map(String.init).joined(separator: " ") == setting.canonical
        {
            text += ". It is the kernel's default"
        }
        if let remark = setting.remark { text += ". \(remark)" }
        if let myth = setting.knob.myth { text += ". Myth: \(myth)" }
        return text
    }

    /// `99-tuning` of `/etc/sysctl.d/99-tuning.conf`.
    private static func name(from path: String) -> String {
        let file = path.split(separator: "/").last ?? ""
        let stem = file.hasSuffix(".conf") ? file.dropLast(5) : file
        let letters = stem.unicodeScalars.map { scalar in
            ProfileName.isValid("x\(scalar)") ? Character(scalar) : "-"
        }
        let name = String(letters.prefix(64).drop { $0 == "-" })
        return ProfileName.isValid(name) ? name : "imported"
    }
}
