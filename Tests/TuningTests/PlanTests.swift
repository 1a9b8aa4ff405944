import Model
import Testing
import Tuning

@Suite struct `A plan` {
    @Test func `knows nothing to change`() {
        let plan = Plan(
            profile: ProfileIdentity(name: "x", path: "/x.toml", digest: ""),
            namespace: Namespace(inode: 1, name: "init"), bootID: "")
        #expect(plan.changes.isEmpty)
    }
}
