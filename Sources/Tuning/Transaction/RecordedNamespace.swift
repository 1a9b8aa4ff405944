import Kernel
import Model

/// The network namespace that a record's values belong to.
enum RecordedNamespace {
    enum Outcome<Result: Sendable>: Sendable {
        case found(Result)
        /// Nothing on this host keeps it any more: its values are gone with it.
        case gone
        /// It was not found, and not everything could be looked at.
        case notFound
    }

    /// Runs the body there.
    static func run<Result: Sendable>(
        _ name: NamespaceName, _ body: @escaping @Sendable () throws(KernelError) -> Result
    ) throws(KernelError) -> Outcome<Result> {
        if try NamespaceName.here().isSame(as: name) { return .found(try body()) }
        var wasRefused = false
        let (all, _) = NetworkNamespaces.list(root: .host)
        let listed = all.filter { $0.namespace.inode == name.inode }.compactMap(\.path)
        let known = [name.path].compactMap(\.self) + listed
        if let result = try run(name, by: known, &wasRefused, body) { return .found(result) }
        let search = NamespaceSearch(inode: name.inode, namedAmong: name.processes)
        if let result = try run(name, by: search.paths, &wasRefused, body) {
            return .found(result)
        }
        return search.isComplete && !wasRefused ? .gone : .notFound
    }

    /// By the first of the files that still leads there; nil where none does.
    ///
    /// - Parameter wasRefused: set where one could not be entered, so that it may lead there all the same.
    private static func run<Result: Sendable>(
        _ name: NamespaceName, by paths: [String], _ wasRefused: inout Bool,
        _ body: @escaping @Sendable () throws(KernelError) -> Result
    ) throws(KernelError) -> Result? {
        for path in paths {
            // A path may lead to another namespace by now, or nowhere.
            let isThere: Bool
            do throws(KernelError) {
                isThere = try NamespaceThread.run(inside: path) { () throws(KernelError) in
                    try NamespaceName.here().isSame(as: name)
                }
            } catch {
                if !error.leadsNowhere { wasRefused = true }
                continue
            }
            guard isThere else { continue }
            return try NamespaceThread.run(inside: path) { () throws(KernelError) -> Result? in
                // A process may have gone elsewhere in between.
                guard try NamespaceName.here().isSame(as: name) else { return nil }
                return try body()
            }
        }
        return nil
    }
}

extension KernelError {
    /// Whether a file that was to be entered is gone, or is no network namespace any more.
    fileprivate var leadsNowhere: Bool { isAbsent || isOfEndedProcess || isNoNamespace }
}
