import Kernel
import Model
import Testbed

/// What the kernel said of a socket around its close: who ended the connection first is looked up, not concluded from what was
/// read.
///
/// shutdown(2) sends the FIN that close(2) would send, under the socket's lock, and leaves the socket to be asked: in
/// FIN_WAIT1 it has sent the first FIN, in LAST_ACK the peer's was there before. Bytes that nobody has read make close(2) send a
/// reset in place of a FIN (`net/ipv4/tcp.c:__tcp_close`), so that then there is nothing to be shut down.
struct ClosingLook {
    /// When the FIN, or the reset, was sent.
    let closed: Double
    /// Just before; nil where the kernel did not tell.
    let before: TCPState?
    /// Just after the FIN; nil where none was sent.
    let after: TCPState?
    let afterAt: Double
    /// Whether close(2) sent a reset, for bytes that nobody had read.
    let hasReset: Bool
    /// Whether the peer's reset had ended the connection, which SO_ERROR tells, and whether its FIN had come before.
    let wasReset: Bool
    private let wasResetAfterEnd: Bool

    /// Closes the socket.
    ///
    /// - Parameter hearing: is done between this side's FIN and close(2): reads what may still come.
    static func close(
        _ socket: TCPSocket, clock: TraceClock, hearing: () -> Void = {}
    ) -> ClosingLook {
        let before = socket.info()?.state
        // Of a reset in CLOSE_WAIT it is EPIPE (`net/ipv4/tcp_input.c:tcp_reset`).
        let error = before == .close ? socket.takeError() : 0
        let closed = clock.now
        var after: TCPState?
        if socket.unreadBytes() == 0, socket.shutdownSending() == 0 {
            after = socket.info()?.state
        }
        let afterAt = clock.now
        if after != nil { hearing() }
        let hasReset = socket.unreadBytes() > 0 && before != .close
        socket.close()
        return ClosingLook(
            closed: closed, before: before, after: after, afterAt: afterAt, hasReset: hasReset,
            wasReset: error == TCPSocket.wasReset || error == TCPSocket.brokenPipe,
            wasResetAfterEnd: error == TCPSocket.brokenPipe)
    }

    /// Whether the peer's FIN had come when this side's went.
    var wasPeerFirst: Bool {
        before == .closeWait || before == .lastAck || after == .lastAck || wasResetAfterEnd
    }

    /// Who sent the first FIN, or the reset.
    ///
    /// - Parameters:
    ///   - own: the states that this program's socket was seen in afterwards, too.
    ///   - held: what is left of it.
    func first(_ end: Conversation.End, own: Set<TCPState>, held: TCPState?) -> Trace.Closer {
        if case .peerEnded = end { return .peer }
        if wasPeerFirst || own.contains(.closeWait) || own.contains(.lastAck) { return .peer }
        if case .reset = end { return .peer }
        if wasReset { return .peer }
        // It was over before, and nothing was read that says by whom.
        if before == .close || before == nil { return .unknown }
        if own.contains(.closing) || after == .closing { return .both }
        let isOwn =
            hasReset || after == .finWait1 || after == .finWait2 || held == .timeWait
            || held == .finWait2 || own.contains(.finWait2) || own.contains(.timeWait)
        return isOwn ? .local : .unknown
    }

    /// The states of this program's socket that follow from it.
    ///
    /// - Parameter first: who ended the connection, as far as it is known.
    func states(
        _ end: Conversation.End, since opened: Double, first: Trace.Closer
    ) -> [Trace.StateSeen] {
        var states: [Trace.StateSeen] = []
        func add(
            _ state: TCPState, at time: Double, _ source: Trace.StateSeen.Source,
            notBefore: Double? = nil
        ) {
            states.append(
                Trace.StateSeen(
                    at: time, notBefore: notBefore, side: .local, state: state, source: source))
        }
        if case .peerEnded(let at) = end {
            add(.closeWait, at: at, .call)
        } else if wasPeerFirst {
            add(.closeWait, at: closed, .info, notBefore: opened)
        }
        if case .reset(let at) = end {
            add(.close, at: at, .call)
        } else if before == .close {
            add(.close, at: closed, .info, notBefore: opened)
        } else if let after {
            switch after {
            case .finWait1: add(.finWait1, at: closed, .call)
            case .finWait2, .closing:
                add(.finWait1, at: closed, .call)
                add(after, at: afterAt, .info, notBefore: closed)
            case .lastAck: add(.lastAck, at: closed, .call)
            // It has gone on already, from where it went by that FIN.
            default:
                switch first {
                case .peer: add(.lastAck, at: closed, .call)
                case .local, .both: add(.finWait1, at: closed, .call)
                case .unknown: break
                }
            }
            if hasReset { add(.close, at: afterAt, .call) }
        } else if hasReset {
            add(.close, at: closed, .call)
        }
        return states
    }
}
