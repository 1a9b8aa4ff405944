import NIOCore

/// Counts what a head has of bytes before anything reads them, and notices the first byte of a request.
final class HeadLimit: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    struct Exceeded: Error {}

    private let connection: Connection
    private let limit: Int

    init(_ connection: Connection, limit: Int) {
        self.connection = connection
        self.limit = limit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // What a client sends after its last response is not looked at.
        guard connection.phase != .closing else { return }
        if connection.phase == .idle { connection.enter(.head) }
        if connection.phase.isHeadless {
            connection.headBytes += unwrapInboundIn(data).readableBytes
            guard connection.headBytes <= limit else {
                context.fireErrorCaught(Exceeded())
                return
            }
        }
        context.fireChannelRead(data)
    }
}
