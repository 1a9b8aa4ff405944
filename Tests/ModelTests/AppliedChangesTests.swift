import Testing

@testable import Model

@Suite struct `What is applied in a namespace` {
    private static func change(
        _ id: String, inode: UInt64?, cookie: UInt64? = nil, _ values: [String: String]
    ) -> AppliedChanges.Change {
        AppliedChanges.Change(
            id: id, profile: "p-" + id, state: .confirmed,
            namespace: inode.map { NamespaceName(inode: $0, name: "n", cookie: cookie) },
            values: values)
    }

    private static func values(
        _ changes: [AppliedChanges.Change], in namespace: Namespace, cookie: UInt64? = nil
    ) -> [String: String] {
        AppliedChanges(boot: "b", changes: changes).settings(in: namespace) { cookie }
            .mapValues(\.value)
    }

    @Test func `is that of the transactions that were applied there`() {
        let here = Namespace(inode: 4, name: "c1", isInit: false)
        let changes = [
            Self.change("a", inode: 4, ["x": "1", "y": "1"]),
            Self.change("b", inode: 5, ["x": "2"]),
            Self.change("c", inode: 4, ["x": "3"]),
        ]
        #expect(Self.values(changes, in: here) == ["x": "3", "y": "1"])
    }

    @Test func `is nothing of one that is gone and whose inode another one has`() {
        let here = Namespace(inode: 4, name: "c1", isInit: false)
        let gone = [Self.change("a", inode: 4, cookie: 100, ["x": "1"])]
        #expect(Self.values(gone, in: here, cookie: 101) == [:])
        #expect(Self.values(gone, in: here, cookie: 100) == ["x": "1"])
        // Before Linux 5.14 no kernel tells.
        #expect(Self.values(gone, in: here, cookie: nil) == ["x": "1"])
    }

    @Test func `is what boot set in the initial one alone`() {
        let changes = [Self.change("a", inode: nil, ["x": "1"])]
        let (first, other) = (
            Namespace(inode: 1, name: "init", isInit: true),
            Namespace(inode: 2, name: "c1", isInit: false)
        )
        #expect(Self.values(changes, in: first) == ["x": "1"])
        #expect(Self.values(changes, in: other) == [:])
    }

    @Test func `takes no system call to ask where nothing is applied`() {
        var hasAsked = false
        let other = Namespace(inode: 2, name: "c1", isInit: false)
        let changes = AppliedChanges(
            boot: "b", changes: [Self.change("a", inode: 4, cookie: 1, ["x": "1"])])
        #expect(
            changes.settings(in: other) {
                hasAsked = true
                return nil
            }.isEmpty)
        #expect(!hasAsked)
    }
}
