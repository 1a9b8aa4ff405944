import NIOCore
import NIOHTTP1
import NIOSSL
import NIOTLS

/// Takes a connection's requests, one after the other: each is refused, or answered when its body has come.
final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let connection: Connection
    private let answers: Answers
    private let tls: TLSContext?
    private var head: HTTPRequestHead?
    private var bodyBytes = 0
    /// Nothing more is taken from this client.
    private var isDeaf = false

    init(_ connection: Connection, answers: Answers, tls: TLSContext?) {
        self.connection = connection
        self.answers = answers
        self.tls = tls
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDeaf else { return }
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context)
        case .body(let bytes):
            bodyBytes += bytes.readableBytes
            if bodyBytes > answers.limits.bodyBytes { refuse(.payloadTooLarge, context) }
        case .end: finish(context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted = event, let tls {
            let certificate = try? context.channel.pipeline.syncOperations.nioSSL_peerCertificate()
            if !tls.allows(certificate) {
                isDeaf = true
                connection.cut()
            }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isDeaf else { return }
        switch error {
        case is HeadLimit.Exceeded: refuse(.requestHeaderFieldsTooLarge, context)
        case HTTPParserError.headerOverflow: refuse(.requestHeaderFieldsTooLarge, context)
        case is HTTPParserError: refuse(.badRequest, context)
        default:
            isDeaf = true
            connection.cut()
        }
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        connection.enter(.body)
        bodyBytes = 0
        self.head = head
        let length = head.headers.first(name: "content-length").flatMap(Int.init) ?? 0
        if let status = Refusal.status(of: head) {
            refuse(status, context)
        } else if length > answers.limits.bodyBytes {
            refuse(.payloadTooLarge, context)
        }
    }

    private func finish(_ context: ChannelHandlerContext) {
        guard let head else { return }
        connection.enter(.answering)
        guard answers.isCurrent(connection) else {
            // It began under settings that are no longer in effect; the client connects again.
            isDeaf = true
            return connection.cut()
        }
        answers.answer(head, source: connection.source) { response in
            self.send(response, to: head, context)
        }
    }

    /// Answers something that is not understood or not taken, and hears no more.
    private func refuse(_ status: HTTPResponseStatus, _ context: ChannelHandlerContext) {
        guard connection.phase != .answering, connection.phase != .sending else {
            isDeaf = true
            return connection.cut()
        }
        let asked = head ?? HTTPRequestHead(version: .http1_1, method: .GET, uri: "/")
        isDeaf = true
        var response = WebResponse.text(Int(status.code), status.reasonPhrase)
        if status == .methodNotAllowed { response.headers = [("Allow", "GET, HEAD")] }
        send(response, to: asked, context)
    }

    private func send(
        _ response: WebResponse, to head: HTTPRequestHead, _ context: ChannelHandlerContext
    ) {
        guard context.channel.isActive, connection.phase != .closing else { return }
        connection.enter(.sending)
        let isLast = isDeaf || !head.isKeepAlive || answers.isStopping
        let part = answers.head(of: response, to: head, isLast: isLast)
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenSuccess { self.sent(isLast: isLast, context) }
        if head.method == .HEAD || response.payload.readableBytes == 0 {
            context.writeAndFlush(wrapOutboundOut(.head(part)), promise: sent)
        } else {
            context.write(wrapOutboundOut(.head(part)), promise: nil)
            let body = HTTPServerResponsePart.body(.byteBuffer(response.payload))
            context.writeAndFlush(wrapOutboundOut(body), promise: sent)
        }
    }

    /// Goes on to the next request when the kernel has all of the response: who asks without reading waits.
    private func sent(isLast: Bool, _ context: ChannelHandlerContext) {
        self.head = nil
        guard !isLast else {
            connection.enter(.closing)
            // What the client still sends is read and dropped: a reset for it could overtake the response.
            if isDeaf {
                context.channel.close(mode: .output, promise: nil)
            } else {
                context.channel.close(promise: nil)
            }
            return
        }
        connection.enter(.idle)
        // Not from here: many small requests in one segment would be answered one within the other.
        context.eventLoop.assumeIsolated().execute {
            guard context.channel.isActive else { return }
            context.writeAndFlush(self.wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
