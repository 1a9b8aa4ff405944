import Catalogue
package import Model

/// What boot will set a key to, by a file of sysctl.d or by a program that starts later.
struct PlannedValue {
    let assignment: Assignment
    /// The numbers that the kernel would store; nil if the value is not made of numbers.
    let numbers: [Int64]?
    /// `boot`, or the program that does it.
    let program: String

    /// In words: `boot will set net.ipv4.tcp_sack = 0`.
    func words(_ key: String) -> String {
        "\(program) will set \(key) = \(numbers.map { $0.map(String.init).joined(separator: " ") } ?? assignment.value)"
    }
}

extension Situation {
    /// What boot will set a key to; nil if nothing does, if the kernel refuses it, or if the host's files do not apply
    /// to this namespace.
    func planned(_ key: String) -> PlannedValue? {
        guard bootFilesReach, let setting = anySetting(key), let boot = setting.boot else {
            return nil
        }
        let form = KernelReading.Form(
            Knob.named(key), present: setting.value,
            lowestPort: number("net.ipv4.ip_unprivileged_port_start"))
        func value(_ line: Assignment, _ program: String) -> PlannedValue? {
            guard boot.unavailable?.contains(line.value) != true else { return nil }
            guard let form else {
                return PlannedValue(assignment: line, numbers: nil, program: program)
            }
            return switch KernelReading(line.value, form: form).stored {
            case .numbers(let numbers)?:
                PlannedValue(assignment: line, numbers: numbers, program: program)
            case .ports?, .word?: PlannedValue(assignment: line, numbers: nil, program: program)
            case nil: nil
            }
        }
        if let winner = boot.winner, let planned = value(winner, "boot") { return planned }
        return boot.others?.reversed().lazy.compactMap { value($0.assignment, $0.program.words) }
            .first
    }

    /// The line that counts at boot, if the host's files apply to this namespace.
    func bootLine(_ key: String) -> Assignment? {
        bootFilesReach ? anySetting(key)?.boot?.winner : nil
    }
}

extension OtherAssignment.Program {
    /// Its name in a sentence.
    package var words: String {
        switch self {
        case .tuned: "tuned's active profile"
        case .ufw: "ufw"
        case .kernelCommandLine: "the kernel's command line"
        }
    }
}
