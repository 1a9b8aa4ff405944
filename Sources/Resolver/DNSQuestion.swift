import CNetlink

/// A question, and the bytes that ask it.
package struct DNSQuestion: Sendable, Hashable {
    package var name: DNSName
    package var type: DNSType
    package var recursionDesired: Bool
    /// How long an answer by UDP may be where it is to be longer than 512 bytes (RFC 6891); nil where nothing is said of it.
    package var room: UInt16?

    package init(
        _ name: DNSName, _ type: DNSType, recursionDesired: Bool, room: UInt16? = nil
    ) {
        self.name = name
        self.type = type
        self.recursionDesired = recursionDesired
        self.room = room
    }

    /// As glibc builds it, with another number; nil where the name cannot be asked for.
    package func message(id: UInt16) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 512)
        let length = unsafe tcptune_make_question(
            name.isRoot ? "" : name.text, CInt(type.rawValue), recursionDesired ? 1 : 0, &bytes,
            CInt(bytes.count))
        guard length >= 12, length <= bytes.count else { return nil }
        bytes.removeSubrange(Int(length)...)
        bytes[0] = UInt8(id >> 8)
        bytes[1] = UInt8(id & 0xFF)
        if let room {
            bytes[11] = 1
            // The root's name, OPT, room, code and version and flags, no data.
            bytes += [0, 0, 41, UInt8(room >> 8), UInt8(room & 0xFF), 0, 0, 0, 0, 0, 0]
        }
        return bytes
    }

    /// True where the message answers this question and no other.
    package func isAnswered(by message: DNSMessage, id: UInt16) -> Bool {
        guard message.isResponse, message.id == id else { return false }
        guard let question = message.question else {
            // Servers that cannot read a question leave it out of what they say (RFC 1035 §4.1.1).
            return [.formatError, .notImplemented, .serverFailure, .refused].contains(message.code)
        }
        return question == DNSMessage.Question(name, type)
    }
}
