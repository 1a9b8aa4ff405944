import Catalogue
import Kernel
import Model

/// The throw-away namespace at work: set as the host is, changed, changed back, compared.
struct PreflightBench: ~Copyable {
    private let writer: SysctlWriter
    private var reader = SysctlReader()
    private var subjects: [PlannedChange]
    private let beside: [String: String]
    private var verdicts: [String: Preflight.Verdict] = [:]
    private var order: [String] = []
    /// The kernel's text for each key, once the namespace is as the host is.
    private var baseline: [String: String] = [:]

    private struct Write {
        var key: SysctlKey
        var name: String
        var value: String
    }

    init(_ subjects: [PlannedChange], beside: [String: String]) throws(KernelError) {
        writer = try SysctlWriter.open()
        self.subjects = subjects
        self.beside = beside
    }

    /// - Throws: nothing of one key's: that becomes its verdict.
    mutating func run() throws(KernelError) -> Preflight.Outcome {
        setUp()
        apply()
        readBack()
        undo()
        return Preflight.Outcome(verdicts: verdicts, order: order)
    }

    /// Gives the namespace the host's values; what does not take its own cannot be tried.
    private mutating func setUp() {
        var writes: [Write] = []
        for (name, value) in beside.sorted(by: { $0.key < $1.key })
        where !subjects.contains(where: { $0.key == name }) {
            append(name, value, to: &writes)
        }
        for subject in subjects { append(subject.key, subject.before, to: &writes) }
        let missing = write(writes.filter { canonical($0.name) != $0.value }).failed
        for write in writes { baseline[write.name] = text(write.key) }
        for subject in subjects {
            if let text = baseline[subject.key] {
                if canonical(subject.key, text) == subject.before { continue }
                let why = missing[subject.key]?.description ?? "it reads back as \(text)"
                verdicts[subject.key] = .declared(
                    why: "tcptune could not set the present value in a new namespace: \(why)")
            } else {
                verdicts[subject.key] = .declared(why: "a new namespace does not have it")
            }
        }
        subjects.removeAll { verdicts[$0.key] != nil }
    }

    private mutating func apply() {
        var writes: [Write] = []
        for subject in subjects { append(subject.key, subject.wanted, to: &writes) }
        let result = write(writes)
        order = result.done
        for (key, error) in result.failed {
            verdicts[key] =
                error.isDenied || error.isAbsent
                ? .declared(why: "tcptune could not test it in a new namespace: \(error)")
                : .refused(why: "this kernel refuses it: \(error)")
        }
    }

    private mutating func readBack() {
        for subject in subjects where verdicts[subject.key] == nil {
            let landed = canonical(subject.key)
            if let landed, landed == subject.wanted || isRounding(landed, of: subject) {
                verdicts[subject.key] = .proven(landed: landed)
            } else {
                verdicts[subject.key] = .refused(
                    why: "this kernel accepted \(Planner.cited(subject.wanted)), but shows "
                        + Planner.cited(landed ?? "nothing"))
            }
        }
    }

    private func isRounding(_ landed: String, of change: PlannedChange) -> Bool {
        guard let knob = Knob.named(change.key), knob.isRounded,
            let wanted = Int64(change.wanted), let landed = Int64(landed)
        else { return false }
        // A tick is at most 10 ms; a value of milliseconds moves by less than one.
        let most: Int64 = knob.unit == .microseconds ? 10_000 : 10
        let distance = landed.subtractingReportingOverflow(wanted)
        return !distance.overflow && distance.partialValue.magnitude < UInt64(most)
    }

    /// Takes all back, last first, and holds every key against what it was.
    private mutating func undo() {
        var writes: [Write] = []
        let places = Dictionary(
            order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        // One that was refused may have been stored in part: a vector up to its faulty number.
        let latestFirst = subjects.sorted {
            (places[$0.key] ?? .max) > (places[$1.key] ?? .max)
        }
        for subject in latestFirst { append(subject.key, subject.before, to: &writes) }
        let changed = writes.filter { baseline[$0.name] != text($0.key) }
        let failed = write(changed).failed
        for (name, error) in failed {
            verdicts[name] = .refused(why: "tcptune cannot write its old value again: \(error)")
        }
        var touched: [String] = []
        for (name, was) in baseline where failed[name] == nil {
            guard let key = SysctlKey(name), let now = text(key), now != was else { continue }
            if subjects.contains(where: { $0.key == name }) {
                verdicts[name] = .refused(
                    why:
                        "after the revert it is \(Planner.cited(now)), and was \(Planner.cited(was))"
                )
            } else {
                touched.append(name)
            }
        }
        guard !touched.isEmpty else { return }
        for subject in subjects {
            verdicts[subject.key] = .refused(
                why: "this plan also changes \(touched.sorted().joined(separator: ", "))")
        }
    }

    /// Writes all, again and again while that gets any further: one value may make room for another.
    private func write(_ writes: [Write]) -> (done: [String], failed: [String: KernelError]) {
        var pending = writes
        var done: [String] = []
        var failed: [String: KernelError] = [:]
        while !pending.isEmpty {
            var left: [Write] = []
            for write in pending {
                do throws(KernelError) {
                    try writer.write(write.value, to: write.key)
                    done.append(write.name)
                    failed[write.name] = nil
                } catch {
                    failed[write.name] = error
                    left.append(write)
                }
            }
            if left.count == pending.count { break }
            pending = left
        }
        return (done, failed)
    }

    private func append(_ name: String, _ value: String, to writes: inout [Write]) {
        guard let key = SysctlKey(name) else { return }
        writes.append(Write(key: key, name: name, value: value))
    }

    private mutating func text(_ key: SysctlKey) -> String? {
        if case .value(let text) = reader.read(key) { text } else { nil }
    }

    private mutating func canonical(_ name: String) -> String? {
        SysctlKey(name).flatMap { text($0) }.flatMap { canonical(name, $0) }
    }

    private func canonical(_ name: String, _ text: String) -> String? {
        Knob.named(name)?.canonical(text) ?? nil
    }
}
