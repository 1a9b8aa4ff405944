import Kernel
import Model

/// What is in force of each key of one boot and one namespace, as layers: the value that was found first at the bottom, above it
/// what each transaction wants, in the order in which they were applied.
///
/// To revert a transaction takes its layer out, wherever it lies. The kernel's value becomes what the next layer below wants, or
/// the first one; where a later transaction wants the key, nothing is written at all.
struct KeyStacks {
    /// The first value of each key that anything in force has changed.
    private let originals: [SysctlKey: String]
    private let chain: LayerChain
    /// True where a record of the history cannot be read: what it wants is not here.
    private let isIncomplete: Bool

    /// Reads what is in force, `record` aside: it is about to be applied, or to be reverted.
    init(besides record: TransactionRecord, history: History) throws(Refusal) {
        chain = LayerChain(
            history.records(of: record.boot, in: record.namespace).filter { $0.id != record.id })
        var originals: [SysctlKey: String] = [:]
        for (key, value) in try Originals.readOrInfer(
            boot: record.boot, namespace: record.namespace, history: history
        ).values {
            originals[key] = value
        }
        self.originals = originals
        isIncomplete = !history.damaged.isEmpty
    }

    /// Whether anything in force wants the key, or may want it.
    func mayHold(_ key: SysctlKey) -> Bool { !chain.inForce(key).isEmpty || isIncomplete }

    /// Every value of the key that a transaction in force wrote, so that it may be taken away.
    ///
    /// What it only found was somebody else's, and what one wrote that was taken back is there again by somebody else.
    func written(_ key: SysctlKey) -> Set<String> {
        Set(
            chain.inForce(key).filter { !$0.image.isFound }
                .flatMap { [$0.image.landed, $0.image.wanted] })
    }

    /// Directs each value of a transaction to where it must go once its layer is out.
    ///
    /// `before` becomes the value to write, and what a later transaction wants is marked as covered.
    ///
    /// - Returns: which those are, in a sentence each.
    func aim(_ record: inout TransactionRecord) -> [String] {
        var covered: [String] = []
        for index in record.knobs.indices where record.knobs[index].outcome != .skipped {
            let image = record.knobs[index]
            let others = chain.inForce(image.key)
            if let above = others.last, above.record.number > record.number {
                record.knobs[index].outcome = .covered
                covered.append(
                    "\(image.name) stays \(above.image.landed): the later transaction \(above.record.id.prefix(8)) "
                        + "(\(above.record.profile)) wants it")
                continue
            }
            if image.outcome == .covered { record.knobs[index].outcome = .pending }
            // What it found was neither the first value nor ours: somebody set it, and gets it again.
            let found = image.before
            guard
                found == originals[image.key]
                    || chain.beneath(record.number, image.key).contains(where: {
                        $0.image.isOurs(found)
                    })
            else { continue }
            record.knobs[index].before =
                others.last?.image.landed ?? originals[image.key] ?? found
        }
        return covered
    }
}
