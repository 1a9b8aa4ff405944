import Kernel
import Model

/// Why the agent ends, and with which status.
struct AgentFailure: Error {
    let status: ExitStatus
    /// Empty where nothing is to be said.
    let message: String

    init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }

    /// What was named cannot be read.
    static func reading(_ error: KernelError) -> AgentFailure {
        AgentFailure(ExitStatus(reading: error), error.description)
    }

    /// The kernel refuses what the work takes; what is not there was named by the configuration.
    static func working(_ error: KernelError) -> AgentFailure {
        AgentFailure(error.isAbsent ? .noInput : ExitStatus(working: error), error.description)
    }

    static func writing(_ error: KernelError) -> AgentFailure {
        AgentFailure(ExitStatus(writing: error), error.isBrokenPipe ? "" : error.description)
    }
}
