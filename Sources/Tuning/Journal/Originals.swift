import Kernel
package import Model

/// The first value ever seen of each key, in one boot and one namespace: where `rollback --all` returns to.
package struct Originals: Sendable, Hashable {
    package private(set) var values: [(key: SysctlKey, value: String)]
    private let name: String
    /// False where some of them are not on the disk, but worked out from the history.
    private var isStored = true

    package static func == (left: Originals, right: Originals) -> Bool {
        left.name == right.name && left.values.elementsEqual(right.values, by: ==)
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }

    static let path = Journal.path + "/original"

    /// A value of another boot or of another namespace is not this one's.
    private static func name(boot: String, namespace: NamespaceName) -> String {
        boot.filter { $0.isASCII && ($0.isHexDigit || $0 == "-") }
            + (namespace.cookie.map { "-cookie-\($0)" } ?? "-\(namespace.inode)")
    }

    /// Those of this boot, and of the calling thread's namespace.
    package static func here() throws(Refusal) -> Originals {
        let (boot, namespace) = try Refusal.kernel { () throws(KernelError) in
            (try BootIdentity.read(), try NamespaceName.here())
        }
        return try read(boot: boot, namespace: namespace)
    }

    static func read(
        boot: String, namespace: NamespaceName
    ) throws(Refusal) -> Originals {
        try Refusal.kernel { () throws(KernelError) in
            var originals = Originals(values: [], name: name(boot: boot, namespace: namespace))
            guard let directory = try StateDirectory.open(path, .owner),
                let bytes = try directory.read(
                    originals.name, limit: TransactionRecord.largestBytes)
            else { return originals }
            guard originals.take(bytes) else {
                throw KernelError(
                    "read", directory.place(originals.name), code: KernelError.badMessage,
                    detail:
                        "it is damaged, and so is the history that records the first values; move the damaged files "
                        + "away once the values are right")
            }
            return originals
        }
    }

    /// The same, and what is not in the file, or all where that is damaged, as the history tells it: what was there before the
    /// first of the transactions that want a key.
    static func readOrInfer(
        boot: String, namespace: NamespaceName, history: History
    ) throws(Refusal) -> Originals {
        var originals: Originals
        do throws(Refusal) {
            originals = try read(boot: boot, namespace: namespace)
        } catch {
            guard error.kind == .failed, history.damaged.isEmpty else { throw error }
            originals = Originals(values: [], name: name(boot: boot, namespace: namespace))
            originals.isStored = false
        }
        let chain = LayerChain(history.records(of: boot, in: namespace))
        for (key, value) in chain.firstValues
        where !originals.values.contains(where: { $0.key == key }) {
            originals.values.append((key, value))
            originals.isStored = false
        }
        return originals
    }

    /// Makes durable what is not known yet, before it is changed.
    ///
    /// A value of a key that nothing in force wants any more is not the first one of what begins now; where a record of the history
    /// is damaged, what is in force is not known, and what is kept stays.
    mutating func keep(
        _ knobs: [KnobImage], beneath stacks: KeyStacks, in journal: borrowing Journal
    ) throws(Refusal) {
        let known = values
        for knob in knobs {
            if let index = values.firstIndex(where: { $0.key == knob.key }) {
                if !stacks.mayHold(knob.key) { values[index].value = knob.before }
            } else {
                values.append((knob.key, knob.before))
            }
        }
        if isStored, values.elementsEqual(known, by: ==) { return }
        try Refusal.kernel { () throws(KernelError) in
            let directory = try StateDirectory.make(Self.path, .owner)
            try directory.replace(name, with: bytes, mode: 0o600)
        }
    }

    /// Forgets the first values of keys that nothing in force wants any more: what is found next begins anew.
    static func forgetWhatNothingHolds(_ record: TransactionRecord) throws(Refusal) {
        let history = try History.read()
        var originals = try readOrInfer(
            boot: record.boot, namespace: record.namespace, history: history)
        let stacks = try KeyStacks(besides: record, history: history)
        let count = originals.values.count
        originals.values.removeAll { !stacks.mayHold($0.key) }
        guard originals.values.count < count else { return }
        guard !originals.values.isEmpty else { return try originals.forget() }
        try Refusal.kernel { () throws(KernelError) in
            try StateDirectory.make(Self.path, .owner)
                .replace(originals.name, with: originals.bytes, mode: 0o600)
        }
    }

    /// Forgets them: the host is where it was.
    static func forget(boot: String, namespace: NamespaceName) throws(Refusal) {
        try Originals(values: [], name: name(boot: boot, namespace: namespace)).forget()
    }

    private func forget() throws(Refusal) {
        try Refusal.kernel { () throws(KernelError) in
            guard let directory = try StateDirectory.open(Self.path, .owner) else { return }
            try directory.remove(name)
        }
    }

    private var bytes: [UInt8] {
        var text = RecordText()
        text.add("tcptune-original", "1")
        for (key, value) in values {
            text.add("knob", key.path)
            text.add("before", value)
        }
        return text.sealed
    }

    private mutating func take(_ bytes: [UInt8]) -> Bool {
        var reader = RecordReader(String(decoding: bytes, as: UTF8.self)[...])
        guard reader.next("tcptune-original") == "1" else { return false }
        while let path = reader.next("knob") {
            guard let key = SysctlKey(path: path), let value = reader.next("before") else {
                return false
            }
            values.append((key, value))
        }
        return self.bytes == bytes
    }
}
