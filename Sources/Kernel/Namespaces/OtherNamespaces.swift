import Model

/// How many network namespaces there are beside one without a socket: who looks into it mostly means another.
enum OtherNamespaces {
    /// Nothing where there is no other, or none is to be seen.
    static func unseen(beside snapshot: Snapshot, root: Root) -> [Unseen] {
        guard root.isHost, snapshot.source != .none else { return [] }
        let others = NetworkNamespaces.list(root: root).0
            .count { $0.namespace.inode != snapshot.namespace.inode }
        guard others > 0 else { return [] }
        return [
            Unseen(
                what: others == 1
                    ? "1 other network namespace" : "\(others) other network namespaces",
                why: "no TCP socket in this one; --netns all audits them")
        ]
    }
}
