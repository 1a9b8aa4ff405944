/// What `/proc/PID/ns/net` links to: `net:[4026531840]`, the inode of the namespace.
///
/// Reading the link opens nothing. https://man7.org/linux/man-pages/man7/namespaces.7.html
package enum NamespaceLink {
    package static func path(_ process: String) -> String { "/proc/\(process)/ns/net" }

    static func inode(_ text: String) -> UInt64? {
        guard text.hasPrefix("net:["), text.hasSuffix("]") else { return nil }
        let digits = text.dropFirst(5).dropLast()
        guard digits.utf8.allSatisfy({ 48...57 ~= $0 }) else { return nil }
        return UInt64(digits)
    }

    static func read(_ process: String, root: Root) throws(KernelError) -> UInt64 {
        let link = path(process)
        let text = try root.target(of: link)
        guard let inode = inode(text) else {
            throw KernelError(
                "read the link", root.path + link, code: 22, detail: "it is not a network namespace"
            )
        }
        return inode
    }
}
