/// Makes keys of the bytes that a terminal sends, however they are parted between reads.
package struct KeyReader: Sendable {
    /// What was read and may go on.
    private var pending: [UInt8] = []

    package init() {}

    /// True where a lone Escape was read, which may be a key, or the beginning of one.
    package var isUndecided: Bool { pending == [0x1B] }

    /// For how long it is, in seconds; then it was the key.
    package static let patience = 0.05

    package mutating func read(_ bytes: [UInt8]) -> [Key] {
        pending += bytes
        var keys: [Key] = []
        while !pending.isEmpty {
            switch KeySequence(pending) {
            case .incomplete: return keys
            case .key(let key, let length):
                if let key { keys.append(key) }
                pending.removeFirst(length)
            }
        }
        return keys
    }

    /// Nothing has followed: a lone Escape was the key.
    package mutating func settle() -> [Key] {
        guard isUndecided else { return [] }
        pending = []
        return [.escape]
    }
}
