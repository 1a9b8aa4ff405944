package import Model

/// What one program makes of the text of one sysctl.d(5) file.
///
/// systemd-sysctl and procps agree on ordinary files. They differ in what ends a line, what counts as white space
/// and how odd spellings of a key compare; every difference here was measured with systemd 252 and procps 4.0.2.
package struct SysctlFile: Sendable, Hashable {
    /// In the order of the file.
    package var lines: [SysctlLine]
    /// Whether the file was longer than is read; its last, broken line is left out.
    package var isCut: Bool

    /// How much of a file is read, in bytes.
    ///
    /// systemd-sysctl itself gives up at a line of 1 MiB.
    package static let sizeLimit = 1 << 20

    /// Reads a whole file; never fails, whatever the bytes are.
    package static func parse(_ bytes: [UInt8], as program: BootSetting.Rule) -> SysctlFile {
        let isCut = bytes.count > sizeLimit
        var text = bytes.prefix(sizeLimit)
        if isCut { text = text.prefix(upTo: text.lastIndex(of: newline) ?? text.startIndex) }
        var lines: [SysctlLine] = []
        var number = 1
        for row in text.split(separator: newline, omittingEmptySubsequences: false) {
            switch program {
            case .systemd:
                // read_line() of systemd ends a line at a carriage return and at a zero byte, too.
                for part in row.split(whereSeparator: { $0 == 0x0D || $0 == 0 }) {
                    if let line = systemdLine(part, number) { lines.append(line) }
                }
            case .procps:
                // getline(3) ends it at the newline alone, but what follows a zero byte is never looked at.
                if let line = procpsLine(row.prefix { $0 != 0 }, number) { lines.append(line) }
            }
            number += 1
        }
        return SysctlFile(lines: lines, isCut: isCut)
    }

    private static func systemdLine(_ row: ArraySlice<UInt8>, _ number: Int) -> SysctlLine? {
        var row = trimmed(row, of: isSystemdSpace)
        guard let first = row.first, !isComment(first) else { return nil }
        let hasDash = first == dash
        if hasDash { row.removeFirst() }
        guard let equals = row.firstIndex(of: 0x3D) else {
            if !hasDash { return malformed(row, number) }
            let key = text(trimmed(row, of: isSystemdSpace))
            return SysctlLine(
                number: number, path: SysctlSpelling.systemd(key), kind: .exclusion,
                ignoresFailure: true)
        }
        let key = text(trimmed(row[..<equals], of: isSystemdSpace))
        let value = text(trimmed(row[(equals + 1)...], of: isSystemdSpace))
        return SysctlLine(
            number: number, path: SysctlSpelling.systemd(key), kind: .assignment(value),
            ignoresFailure: hasDash)
    }

    private static func procpsLine(_ row: ArraySlice<UInt8>, _ number: Int) -> SysctlLine? {
        var row = trimmed(row, of: isProcpsSpace)
        guard let first = row.first, !isComment(first) else { return nil }
        let hasDash = first == dash
        if hasDash { row.removeFirst() }
        let equals = row.firstIndex(of: 0x3D)
        if equals == nil && !hasDash {
            return malformed(row, number)
        }
        // Blanks behind the dash stay and make the key unknown; a second dash is dropped.
        var key = trimmedBehind(row[..<(equals ?? row.endIndex)], of: isProcpsSpace)
        if key.first == dash { key.removeFirst() }
        let value = equals.map { text(trimmed(row[($0 + 1)...], of: isProcpsSpace)) }
        return SysctlLine(
            number: number, path: SysctlKey.separated(text(key)),
            kind: value.map { .assignment($0) } ?? .exclusion, ignoresFailure: hasDash)
    }

    /// Keeps as much of the line as is worth citing.
    private static func malformed(_ row: ArraySlice<UInt8>, _ number: Int) -> SysctlLine {
        SysctlLine(number: number, path: text(row.prefix(256)), kind: .malformed)
    }

    private static let newline: UInt8 = 0x0A
    private static let dash: UInt8 = 0x2D

    private static func isComment(_ byte: UInt8) -> Bool { byte == 0x23 || byte == 0x3B }
    private static func isSystemdSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
    /// isspace(3): vertical tab and form feed as well.
    private static func isProcpsSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    private static func trimmed(
        _ bytes: ArraySlice<UInt8>, of isSpace: (UInt8) -> Bool
    ) -> ArraySlice<UInt8> {
        trimmedBehind(bytes.drop(while: isSpace), of: isSpace)
    }

    private static func trimmedBehind(
        _ bytes: ArraySlice<UInt8>, of isSpace: (UInt8) -> Bool
    ) -> ArraySlice<UInt8> {
        var bytes = bytes
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        return bytes
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
