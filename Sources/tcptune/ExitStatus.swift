/// How a command ended, for scripts: one table for all commands.
enum ExitStatus: Int32 {
    case clean = 0
    /// Findings, changes, drift or regression.
    case found = 1
    /// It could not do what was asked; nothing was changed.
    case failed = 2
    case usage = 64
    case badData = 65
    case noInput = 66
    /// This kernel lacks what is needed.
    case unavailable = 69
    case outputError = 74
    case noPrivilege = 77
}
