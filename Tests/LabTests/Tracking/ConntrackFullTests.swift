import HostState
import Kernel
import Testing

@testable import Lab

@Suite(.enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
struct `The experiment conntrack-full` {
    @Test func `is proven on this kernel`() throws {
        let result = try Judged.few(ConntrackFull.experiment)
        #expect(result.verdict == .proven, result.doubts)
        #expect(result.notes.isEmpty)
        for arm in result.arms { print(arm.name, arm.trials.map(\.values)) }
        print(result.seconds)
    }
}
