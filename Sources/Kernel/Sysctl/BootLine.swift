package import Model

/// A line and the file it stands in.
package struct BootLine: Sendable, Hashable {
    package var file: String
    package var line: SysctlLine

    package init(file: String, line: SysctlLine) {
        self.file = file
        self.line = line
    }

    /// As it is cited; nil where the line assigns nothing.
    package var assignment: Assignment? {
        line.value.map { value in
            // A key for TCP Fast Open cookies must not get into a report.
            let shown = SysctlReader.isSecret(line.path) ? "(not shown)" : value
            return Assignment(value: shown, file: file, line: line.number)
        }
    }
}

/// One write to a file beneath `/proc/sys` that a program attempts.
package struct BootWrite: Sendable, Hashable {
    package var key: SysctlKey
    package var assignment: Assignment

    package init(key: SysctlKey, assignment: Assignment) {
        self.key = key
        self.assignment = assignment
    }
}
