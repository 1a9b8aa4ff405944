import Kernel
import Model

/// Why a command ends before its result: what was tried, on what, why it failed, what to do.
struct CommandFailure: Error {
    var status: ExitStatus
    /// Empty where nothing is to be said: the reader of a pipe has gone.
    var message: String
}

extension CommandFailure {
    /// Why an engine did not do it, with the status of its kind.
    init(_ refusal: Refusal) {
        self.init(status: ExitStatus(refusal.kind), message: refusal.description)
    }

    /// A failure to read what was named on the command line.
    static func reading(_ error: KernelError) -> CommandFailure {
        CommandFailure(status: ExitStatus(reading: error), message: error.description)
    }

    /// A failure to write the result; a reader that has gone is none.
    static func writing(_ error: KernelError) -> CommandFailure {
        CommandFailure(
            status: ExitStatus(writing: error), message: error.isBrokenPipe ? "" : error.description
        )
    }

    /// An argument as it is cited: quoted, and cut where it is no name but a page.
    static func cited(_ argument: String) -> String {
        argument.utf8.count <= 120 ? "'\(argument)'" : "'\(argument.prefix(100))…'"
    }

    /// A failure of the kernel's during the work.
    static func working(_ error: KernelError) -> CommandFailure {
        CommandFailure(status: ExitStatus(working: error), message: error.description)
    }
}
