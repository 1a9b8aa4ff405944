import Kernel
import Model

/// The values of this thread's network namespace, in their canonical form, read and written one at a time.
struct HostKnobs: ~Copyable {
    private var reader = SysctlReader()
    private let writer: SysctlWriter

    init() throws(KernelError) { writer = try SysctlWriter.open() }

    /// What the kernel shows; nil where it shows nothing.
    ///
    /// The kernel prints canonical numbers and ports; only the tabs between them are ours to change.
    mutating func value(of key: SysctlKey) -> String? {
        guard case .value(let text) = reader.read(key) else { return nil }
        return text.singleSpaced
    }

    func write(_ value: String, to key: SysctlKey) throws(KernelError) {
        try writer.write(value, to: key)
    }
}
