package import Model

extension Knob {
    /// Whether a kernel release has a sysctl.
    package enum Availability: Sendable, Equatable {
        case present
        /// It came with a later release.
        case notYet(since: KernelRelease)
        /// The file exists, but nothing reads it since that release.
        case withoutEffect(since: KernelRelease)
        /// The file is gone since that release; programs skip a line that sets it.
        case removed(in: KernelRelease)
        /// Mainline never had it; only these kernels do.
        case vendorOnly(String)
        /// No kernel from 5.10 to 7.3 has it.
        case never
    }

    /// Whether the kernel of this release has it, and whether it still does anything.
    ///
    /// Distributions backport: if the file can be checked, it decides, and this says why.
    package func availability(on release: KernelRelease) -> Availability {
        if isOfNoKernel { return .never }
        if let vendor { return .vendorOnly(vendor) }
        if let until, release >= until { return .removed(in: until) }
        if let since, release < since { return .notYet(since: since) }
        if let inertSince, release >= inertSince { return .withoutEffect(since: inertSince) }
        return .present
    }

    /// The default numbers of this kernel release; nil if the kernel computes them, or has none.
    package func initialValue(on release: KernelRelease) -> [Int64]? {
        switch initial {
        case .fixed(let value): value
        case .computed: nil
        case .changed(let history):
            history.first { $0.since.map { release >= $0 } ?? true }?.value
        }
    }
}
