import Synchronization
import Testbed

/// Other hosts in a new connection: the wire shifts the numbers and the clocks of the two kernels.
///
/// So the connection begins at the numbers and the timestamp that are asked for, as it might between other hosts behind the
/// same addresses, and yet a real TCP answers whatever comes, on both sides. A kernel's own numbers begin by a clock, see
/// `net/core/secure_seq.c`.
final class Renumbering: Sendable {
    /// What a connection begins with on the wire; nil for what the kernel chose.
    struct Beginning: Sendable, Hashable {
        /// The sequence number of the SYN.
        var number: UInt32?
        /// The timestamp of the SYN.
        var time: UInt32?
        /// The sequence number of the SYN-ACK.
        var answer: UInt32?
    }

    /// What is added to what the kernels chose.
    fileprivate struct Shift {
        var isKnown = false
        var number: UInt32 = 0
        var time: UInt32 = 0
        var answer: UInt32 = 0
    }

    private let port: UInt16
    private let beginning: Beginning
    private let shift = Mutex(Shift())

    /// - Parameter port: of the client.
    init(port: UInt16, _ beginning: Beginning) {
        self.port = port
        self.beginning = beginning
    }

    /// For the wire's rule.
    func action(on segment: Segment, from side: Wire.Side) -> Wire.Action {
        let own = side == .client ? segment.source.port : segment.destination.port
        guard own == port, beginning != Beginning() else { return .passes }
        let shift = shift.withLock { shift in
            shift.learn(segment, from: side, beginning)
            return shift
        }
        guard shift.isKnown else { return .passes }
        var other = segment
        if side == .client {
            other.sequence &+= shift.number
            other.options.timestamps?.value &+= shift.time
            if segment.flags.contains(.ack) { other.acknowledgement &-= shift.answer }
        } else {
            other.sequence &+= shift.answer
            if segment.flags.contains(.ack) { other.acknowledgement &-= shift.number }
            // 0 where there was none to be echoed.
            if let echo = segment.options.timestamps?.echo, echo != 0 {
                other.options.timestamps?.echo &-= shift.time
            }
        }
        return .becomes(other)
    }

    /// A segment of the client's that has been on the wire since before, as the server gets it now.
    func late(_ segment: Segment) -> Segment {
        var late = segment
        late.acknowledgement &-= shift.withLock(\.answer)
        return late
    }
}

extension Renumbering.Shift {
    fileprivate mutating func learn(
        _ segment: Segment, from side: Wire.Side, _ beginning: Renumbering.Beginning
    ) {
        if side == .client, segment.flags == .syn, !isKnown {
            isKnown = true
            number = beginning.number.map { $0 &- segment.sequence } ?? 0
            time =
                beginning.time.flatMap { time in
                    segment.options.timestamps.map { time &- $0.value }
                } ?? 0
        }
        if side == .server, segment.flags == [.syn, .ack], isKnown {
            answer = beginning.answer.map { $0 &- segment.sequence } ?? 0
        }
    }
}
