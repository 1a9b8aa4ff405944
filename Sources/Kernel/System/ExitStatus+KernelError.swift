package import Model

extension ExitStatus {
    /// What was named cannot be read.
    package init(reading error: KernelError) {
        self = error.isDenied ? .noPrivilege : error.isTooLarge ? .badData : .noInput
    }

    /// The kernel refuses what the work takes.
    package init(working error: KernelError) {
        self = error.isDenied ? .noPrivilege : error.isMissingFeature ? .unavailable : .failed
    }

    /// The result cannot be written; a reader that has gone is no failure.
    package init(writing error: KernelError) {
        self = error.isBrokenPipe ? .clean : .outputError
    }
}
