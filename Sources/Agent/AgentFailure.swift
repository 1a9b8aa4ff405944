import Kernel

/// Why the agent ends, and with which status of the table of all commands.
struct AgentFailure: Error {
    let status: Int32
    /// Empty where nothing is to be said.
    let message: String

    static let failed: Int32 = 2
    static let usage: Int32 = 64
    static let badData: Int32 = 65
    static let noInput: Int32 = 66
    static let unavailable: Int32 = 69
    static let outputError: Int32 = 74
    static let noPrivilege: Int32 = 77
    /// Unsafe or bad configuration.
    static let configuration: Int32 = 78

    init(_ status: Int32, _ message: String) {
        self.status = status
        self.message = message
    }

    /// What was named cannot be read.
    static func reading(_ error: KernelError) -> AgentFailure {
        AgentFailure(
            error.isDenied ? noPrivilege : error.isTooLarge ? badData : noInput, error.description)
    }

    /// The kernel refuses what the work takes.
    static func working(_ error: KernelError) -> AgentFailure {
        AgentFailure(
            error.isAbsent
                ? noInput
                : error.isDenied ? noPrivilege : error.isMissingFeature ? unavailable : failed,
            error.description)
    }
}
