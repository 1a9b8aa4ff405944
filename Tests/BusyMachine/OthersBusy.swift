import FoundationEssentials
import Glibc
public import Testing

/// On a machine that others keep busy what is measured may come out void or undecided, and that is what tcptune says then: an
/// issue of such a test is named, and fails nothing.
///
/// A quarter of all processors' time is others' work, where this test and what it started had less than they asked for.
public struct OthersBusy: SuiteTrait, TestTrait, TestScoping {
    public var isRecursive: Bool { true }

    private static let share = 0.25

    @concurrent public func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let before = ProcessorUse.now()
        try await withKnownIssue(
            "others kept the processors busy: nothing can be measured", isIntermittent: true
        ) {
            try await function()
        } matching: { _ in
            ProcessorUse.now().shareOfOthers(since: before) > Self.share
        }
    }
}

extension Trait where Self == OthersBusy {
    public static var unlessOthersAreBusy: Self { OthersBusy() }
}

/// What processors have done since the machine was started, in ticks of a hundredth of a second.
public struct ProcessorUse: Sendable {
    private let all: Double
    private let busy: Double
    /// By this process, those beside it of one `scripts/test`, and all that they have started.
    public let own: Double

    public static func now() -> ProcessorUse {
        let numbers = words("/proc/stat").prefix(9).dropFirst().compactMap { Double($0) }
        let all = numbers.reduce(0, +)
        // The fourth is idle, the fifth waits for a disk.
        let idle = numbers.count > 4 ? numbers[3] + numbers[4] : 0
        return ProcessorUse(all: all, busy: all - idle, own: ownTicks())
    }

    public func shareOfOthers(since before: ProcessorUse) -> Double {
        let time = all - before.all
        return time > 0 ? (busy - before.busy - max(own - before.own, 0)) / time : 0
    }

    private static func ownTicks() -> Double {
        var parents: [pid_t: pid_t] = [:]
        var ticks: [pid_t: Double] = [:]
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        for name in names {
            guard let pid = pid_t(name) else { continue }
            // Behind the name: the state, the parent, and from the twelfth on its time and that of its children.
            let fields = words("/proc/\(name)/stat", after: ")")
            guard fields.count > 14, let parent = pid_t(fields[1]) else { continue }
            parents[pid] = parent
            ticks[pid] = fields[11...14].compactMap { Double($0) }.reduce(0, +)
        }
        // Side by side with this process, `scripts/test` runs others of its own.
        let ours = ProcessInfo.processInfo.environment["TCPTUNE_TESTS"]
        let own = ours.flatMap { pid_t($0) } ?? getpid()
        return ticks.reduce(0) { sum, process in
            var ancestor: pid_t? = process.key
            while let pid = ancestor, pid > 1, pid != own { ancestor = parents[pid] }
            return ancestor == own ? sum + process.value : sum
        }
    }

    private static func words(_ path: String, after mark: Character? = nil) -> [Substring] {
        guard let data = try? Data(contentsOf: URL(filePath: path)) else { return [] }
        var text = String(decoding: data, as: UTF8.self)[...]
        if let mark, let end = text.lastIndex(of: mark) { text = text[text.index(after: end)...] }
        return text.split { $0 == " " || $0 == "\n" }
    }
}
