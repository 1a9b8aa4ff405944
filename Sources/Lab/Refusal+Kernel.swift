package import Kernel
package import Model

extension Refusal {
    /// Why an experiment or a load could not be run, by what the kernel answered.
    package init(_ error: KernelError) {
        let isUnavailable = error.isMissingFeature || error.isOverLimit
        self.init(
            error.isDenied ? .noPrivilege : isUnavailable ? .unavailable : .failed,
            error.description)
    }
}
