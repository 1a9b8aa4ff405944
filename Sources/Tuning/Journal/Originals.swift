package import Kernel

/// The first value ever seen of each key, in one boot and one namespace: where `rollback --all` returns to.
package struct Originals: Sendable, Hashable {
    package private(set) var values: [(key: SysctlKey, value: String)]
    private let name: String

    package static func == (left: Originals, right: Originals) -> Bool {
        left.name == right.name && left.values.elementsEqual(right.values, by: ==)
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }

    static let path = Journal.path + "/original"

    /// A value of another boot or of another namespace is not this one's.
    private static func name(boot: String, namespace: UInt64) -> String {
        boot.filter { $0.isASCII && ($0.isHexDigit || $0 == "-") } + "-\(namespace)"
    }

    static func read(boot: String, namespace: UInt64) throws(TuningError) -> Originals {
        try TuningError.kernel { () throws(KernelError) in
            var originals = Originals(values: [], name: name(boot: boot, namespace: namespace))
            guard let directory = try StateDirectory.open(path, .owner),
                let bytes = try directory.read(
                    originals.name, limit: TransactionRecord.largestBytes)
            else { return originals }
            guard originals.take(bytes) else {
                throw KernelError(
                    "read", directory.place(originals.name), code: KernelError.badMessage,
                    detail: "it is damaged; move it away to go on without the first values")
            }
            return originals
        }
    }

    /// Makes durable what is not known yet.
    mutating func keep(
        _ knobs: [KnobImage], in journal: borrowing Journal
    ) throws(TuningError) {
        let known = Set(values.map(\.key))
        let new = knobs.filter { !known.contains($0.key) }
        guard !new.isEmpty else { return }
        values += new.map { ($0.key, $0.before) }
        try TuningError.kernel { () throws(KernelError) in
            let directory = try StateDirectory.make(Self.path, .owner)
            try directory.replace(name, with: bytes, mode: 0o600)
        }
    }

    /// Forgets them: the host is where it was.
    func forget() throws(TuningError) {
        try TuningError.kernel { () throws(KernelError) in
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
