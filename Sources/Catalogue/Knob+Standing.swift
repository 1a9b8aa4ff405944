package import Model

extension Knob {
    /// What a kernel release has of a sysctl.
    package enum Standing: Sendable, Equatable {
        case present
        /// It came with a later release.
        case notYet(since: KernelRelease)
        /// The file is there, and nothing reads it since that release.
        case withoutEffect(since: KernelRelease)
        /// The file is gone since that release; a line that sets it is skipped.
        case removed(in: KernelRelease)
        /// Mainline never had it; only these kernels do.
        case vendorOnly(String)
        /// No kernel from 5.10 to 7.3 has it.
        case never
    }

    /// Whether the kernel of this release has it, and whether it still does anything.
    ///
    /// Distributions backport: where the file can be looked at, it decides, and this tells why.
    package func standing(on release: KernelRelease) -> Standing {
        if isOfNoKernel { return .never }
        if let vendor { return .vendorOnly(vendor) }
        if let until, release >= until { return .removed(in: until) }
        if let since, release < since { return .notYet(since: since) }
        if let inertSince, release >= inertSince { return .withoutEffect(since: inertSince) }
        return .present
    }

    /// The numbers an untuned kernel of this release starts with; nil where it works them out, or has none.
    package func initialValue(on release: KernelRelease) -> [Int64]? {
        switch initial {
        case .fixed(let value): value
        case .computed: nil
        case .changed(let history):
            history.first { $0.since.map { release >= $0 } ?? true }?.value
        }
    }
}
