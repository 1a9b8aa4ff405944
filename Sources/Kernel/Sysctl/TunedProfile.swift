/// What a profile of tuned(8) says of sysctls: tuned.conf(5).
struct TunedProfile {
    /// Profiles that it builds on.
    private(set) var included: [Substring] = []
    private(set) var sysctls: [SysctlLine] = []

    /// So many lines a profile has at most.
    private static let mostLines = 4096

    init(_ text: String) {
        var section: Substring = ""
        // A section is of the plug-in that its name, or its `type`, says.
        var pending: [SysctlLine] = []
        var type: Substring = ""
        func isOfSysctl() -> Bool { (type.isEmpty ? section : type) == "sysctl" }
        var number = 0
        for row in text.split(separator: "\n", omittingEmptySubsequences: false)
            .prefix(Self.mostLines)
        {
            number += 1
            let line = Self.trimmed(row)
            guard let first = line.first, first != "#", first != ";" else { continue }
            if first == "[" {
                if isOfSysctl() { sysctls += pending }
                (pending, type) = ([], "")
                section = line.dropFirst().prefix { $0 != "]" }
                continue
            }
            guard let equals = line.firstIndex(of: "=") else { continue }
            let name = Self.trimmed(line[..<equals])
            let value = Self.trimmed(line[line.index(after: equals)...])
            switch name {
            case "include" where section == "main":
                included += value.split { $0 == "," || $0 == ";" || $0 == " " }
            case "type" where section != "main": type = value
            default:
                pending.append(
                    SysctlLine(
                        number: number, path: SysctlSpelling.systemd(String(name)),
                        kind: .assignment(String(value))))
            }
        }
        if isOfSysctl() { sysctls += pending }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text.drop { $0.isWhitespace }
    }
}
