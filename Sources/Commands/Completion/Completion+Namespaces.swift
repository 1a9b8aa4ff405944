import Kernel

extension Completion {
    /// The network namespaces that can be named.
    enum Namespaces {
        /// The host's, and those that ip-netns(8) lists.
        static var offered: [OfferedWord] {
            let names = NamedNamespaces.directories.flatMap { (try? Root.host.names(in: $0)) ?? [] }
            return [OfferedWord("init", "the host's")]
                + Set(names).sorted().map { OfferedWord($0) }
        }
    }
}
