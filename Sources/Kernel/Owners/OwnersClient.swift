import Model
import Synchronization

/// Asks `tcptune-owners` who holds sockets, for a program that may not look into other users' processes.
///
/// It connects where it is not connected, and again after the helper ended; who does not answer in time is left alone for a
/// while. No answer is no error: the caller looks for itself, and says what it cannot see.
package final class OwnersClient: Sendable {
    package static let usualPath = "/run/tcptune-owners.sock"
    /// Seconds that an answer may take.
    private static let patience = 2.0
    /// Seconds for which a helper that did not answer is not asked.
    private static let rest = 30.0

    private struct State: ~Copyable {
        var socket: PacketSocket?
        var serial: UInt32 = 0
        var resting = -Double.infinity
        var problem: String?
        var answered = 0
    }

    package let path: String
    private let state: Mutex<State>

    package init(path: String = usualPath) {
        self.path = path
        state = Mutex(State())
    }

    /// Why the last question had no answer; nil where it had one, or none was asked.
    package var problem: String? { state.withLock { $0.problem } }

    /// How many questions were answered.
    package var answered: Int { state.withLock { $0.answered } }

    /// Asks; nil where nobody answers.
    package func find(_ sought: [SocketOwners.Sought]) -> SocketOwners? {
        state.withLock { state in
            guard BootClock.now >= state.resting else { return nil }
            do throws(KernelError) {
                let reply: SocketOwners
                do throws(KernelError) { reply = try ask(sought, &state) } catch {
                    // It may have ended since the last time, and another one may be there.
                    guard error.isDisconnection else { throw error }
                    state.socket = nil
                    reply = try ask(sought, &state)
                }
                state.problem = nil
                state.answered += 1
                return reply
            } catch {
                state.socket = nil
                state.problem = error.description
                if error.isLate { state.resting = BootClock.now + Self.rest }
                return nil
            }
        }
    }

    private func ask(
        _ sought: [SocketOwners.Sought], _ state: inout State
    ) throws(KernelError) -> SocketOwners {
        if state.socket == nil { state.socket = try connected() }
        state.serial &+= 1
        let (request, isWhole) = OwnersRequest(serial: state.serial, sought: sought).encoded()
        let deadline = BootClock.now + Self.patience
        guard try state.socket?.send(request) == true else {
            throw KernelError("write to", path, code: KernelError.late)
        }
        var bytes: [UInt8] = []
        while true {
            guard let part = try state.socket?.next(OwnersPart.largestBytes, until: deadline),
                let found = OwnersPart(part), found.serial == state.serial,
                bytes.count + found.bytes.count <= OwnersReply.largestBytes
            else { throw KernelError("understand", path, code: KernelError.badMessage) }
            bytes += found.bytes
            if found.isLast { break }
        }
        guard let reply = OwnersReply(bytes), reply.serial == state.serial else {
            throw KernelError("understand", path, code: KernelError.badMessage)
        }
        return SocketOwners(reply, isWhole: isWhole)
    }

    /// Whoever answers tells what is shown of others' processes: only root's word counts, or that of the same user.
    private func connected() throws(KernelError) -> PacketSocket {
        let socket = try PacketSocket.connect(to: path)
        guard let user = socket.peerUser, user == 0 || user == Caller.now.user else {
            throw KernelError(
                "trust", path, code: StateDirectory.distrust,
                detail: "another user than root answers there")
        }
        return socket
    }
}

/// A part of a reply: packets have a greatest length, and replies have none that is known beforehand.
package struct OwnersPart: Sendable {
    package var serial: UInt32
    package var isLast: Bool
    package var bytes: [UInt8]

    package static let mostBytes = 32_768
    static let largestBytes = mostBytes + 5

    /// A reply in parts, as packets.
    package static func packets(of reply: OwnersReply) -> [[UInt8]] {
        let whole = reply.encoded
        return stride(from: 0, to: whole.count, by: mostBytes).map { start in
            let end = min(start + mostBytes, whole.count)
            var head = WireWriter()
            head.append(reply.serial)
            head.append(UInt8(end == whole.count ? 1 : 0))
            return head.bytes + whole[start..<end]
        }
    }

    init?(_ packet: [UInt8]) {
        var reader = WireReader(packet)
        guard let serial: UInt32 = reader.next(), let last: UInt8 = reader.next(), last <= 1 else {
            return nil
        }
        self.serial = serial
        isLast = last == 1
        bytes = Array(packet.dropFirst(5))
    }
}

extension PacketSocket {
    /// The next packet, waited for.
    fileprivate func next(
        _ limit: Int, until deadline: Double
    ) throws(KernelError) -> [UInt8] {
        while true {
            switch try receive(limit: limit) {
            case .packet(let bytes): return bytes
            case .end: throw KernelError("read from", "tcptune-owners", code: KernelError.ended)
            case .nothing: break
            }
            let left = deadline - BootClock.now
            guard left > 0 else {
                throw KernelError("read from", "tcptune-owners", code: KernelError.late)
            }
            _ = try Waitable.wait(for: [waitable], atMost: left)
        }
    }
}
