import Model
import Testing

@testable import Lab

/// What runs in namespaces of one's own stands on.
@Suite(.serialized, .enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
struct `A private network` {
    /// The link was not switched on yet in one of a hundred: the SYN was lost, and came again a second later.
    @Test func `carries the very first segment`() throws {
        for _ in 0..<120 {
            let result = try Runs.run { $0.count = 1 }
            #expect(result.connect?.maximum ?? .infinity < 0.9)
        }
    }
}
