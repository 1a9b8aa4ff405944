import Kernel
import Model

extension TransactionRecord {
    /// True where its time was over before it was confirmed, so that its guard may have reverted it meanwhile.
    var isLate: Bool { isOver(at: BootClock.now) }

    /// What whoever comes too late is told.
    var lateness: Refusal {
        Refusal(
            .restored,
            "the deadline of transaction \(id.prefix(8)) passed before this command continued")
    }
}

extension NamespaceName {
    /// The namespace that the calling thread is in.
    static func here() throws(KernelError) -> NamespaceName {
        let here = try NetworkNamespaces.current(root: .host).namespace
        return NamespaceName(
            inode: here.inode, name: here.name, cookie: try NamespaceCookie.read(),
            processes: ProcessNamespace.name)
    }
}
