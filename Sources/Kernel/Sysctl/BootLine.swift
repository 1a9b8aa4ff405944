public import Model

/// A line and the file it stands in.
public struct BootLine: Sendable, Hashable {
    public var file: String
    public var line: SysctlLine

    public init(file: String, line: SysctlLine) {
        self.file = file
        self.line = line
    }

    /// As it is cited; nil where the line assigns nothing.
    public var assignment: Assignment? {
        line.value.map { value in
            // A key for TCP Fast Open cookies must not get into a report.
            let shown = SysctlReader.isSecret(line.path) ? "(not shown)" : value
            return Assignment(value: shown, file: file, line: line.number)
        }
    }
}

/// One write to a file beneath `/proc/sys` that a program attempts.
public struct BootWrite: Sendable, Hashable {
    public var key: SysctlKey
    public var assignment: Assignment

    public init(key: SysctlKey, assignment: Assignment) {
        self.key = key
        self.assignment = assignment
    }
}
