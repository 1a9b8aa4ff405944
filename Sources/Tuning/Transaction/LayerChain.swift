import Kernel
import Model

/// Which values lay above each other, of one boot and one namespace, and when.
struct LayerChain {
    /// One transaction's wish for one key.
    struct Layer {
        let record: TransactionRecord
        let image: KnobImage

        var isInForce: Bool { record.state == .confirmed }

        /// Whether it was in force when a later transaction began.
        ///
        /// A record of before does not tell when it was taken back: of one that was covered then, a later one was there.
        func wasInForce(when number: Int) -> Bool {
            guard record.number < number else { return false }
            if isInForce { return true }
            return record.ending.map { $0.number > number } ?? (image.outcome == .covered)
        }
    }

    /// Oldest first.
    private let layers: [SysctlKey: [Layer]]

    /// - Parameter records: those of one boot and one namespace, oldest first.
    init(_ records: [TransactionRecord]) {
        var layers: [SysctlKey: [Layer]] = [:]
        // What reverted all left nothing of those before it.
        let last = records.last { $0.undoesAll && $0.state == .rolledBack }?.number ?? 0
        for record in records where !record.undoesAll && record.isSettled {
            guard record.number > last || record.state == .confirmed else { continue }
            for image in record.knobs where image.outcome != .skipped {
                layers[image.key, default: []].append(Layer(record: record, image: image))
            }
        }
        self.layers = layers
    }

    var keys: [SysctlKey] { Array(layers.keys) }

    /// Of what is in force, oldest first.
    func inForce(_ key: SysctlKey) -> [Layer] { layers[key]?.filter(\.isInForce) ?? [] }

    /// What a transaction of that number may have found as another's doing.
    func beneath(_ number: Int, _ key: SysctlKey) -> [Layer] {
        layers[key]?.filter { $0.wasInForce(when: number) } ?? []
    }

    /// Of each key that anything in force wants, what was there before the first one.
    var firstValues: [(key: SysctlKey, value: String)] {
        layers.keys.sorted { $0.path < $1.path }.compactMap { key in
            guard var first = inForce(key).first else { return nil }
            // It may have come upon another's value, which has been taken out from beneath it since.
            while let below = beneath(first.record.number, key).last(where: {
                $0.image.isOurs(first.image.before)
            }) {
                first = below
            }
            return (key, first.image.before)
        }
    }
}

extension History {
    /// Those of one boot and one namespace, oldest first.
    func records(of boot: String, in namespace: NamespaceName) -> [TransactionRecord] {
        records.filter { $0.boot == boot && $0.namespace.isSame(as: namespace) }
    }
}
