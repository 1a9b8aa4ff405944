import Glibc
import NIOCore

/// A client's connection from the moment it is accepted: its phase, the time that is left to it, and its end.
///
/// Stands first in the pipeline, before TLS, so that its end waits for nobody.
final class Connection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// Whose it is: an address, of IPv6 the network (/64), or `unix`.
    let source: String
    /// Which configuration it began under.
    let generation: Int
    /// Since when it has been in its phase.
    private(set) var since = NIODeadline.now()
    private(set) var phase = ConnectionPhase.opening
    /// Of the head that is being received, in bytes.
    var headBytes = 0

    private let limits: WebLimits
    private let table: ConnectionTable
    private var context: ChannelHandlerContext?
    private var timer: Scheduled<Void>?

    init(source: String, generation: Int, limits: WebLimits, table: ConnectionTable) {
        self.source = source
        self.generation = generation
        self.limits = limits
        self.table = table
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        restartTimer()
    }

    func handlerRemoved(context: ChannelHandlerContext) { leave() }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    func enter(_ new: ConnectionPhase) {
        guard new != phase, phase != .closing else { return }
        // The time for a response runs from the request's end.
        let goesOn = phase == .answering && new == .sending
        phase = new
        since = .now()
        if new.isHeadless { headBytes = 0 }
        if !goesOn { restartTimer() }
    }

    /// Ends it at once, whatever is on its way.
    ///
    /// By a reset, unless all has been said: the kernel keeps nothing for a client that does not read, and no TIME_WAIT.
    func cut() {
        guard let context else { return }
        leave()
        if phase != .idle, phase != .closing {
            (context.channel as? any SocketOptionProvider)?.setSoLinger(
                linger(l_onoff: 1, l_linger: 0)
            ).whenFailure { _ in }
        }
        context.close(promise: nil)
    }

    private func restartTimer() {
        timer?.cancel()
        guard let context else { return }
        timer = context.eventLoop.assumeIsolated().scheduleTask(
            in: TimeAmount(phase.limit(limits))
        ) { self.cut() }
    }

    private func leave() {
        timer?.cancel()
        timer = nil
        context = nil
        table.remove(self)
    }
}
