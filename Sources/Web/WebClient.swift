import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Sends requests of HTTP/1.1, each by a connection of its own; who calls waits for the answer.
package final class WebClient: Sendable {
    /// A POST with a body of JSON.
    package struct Request: Sendable {
        package var isEncrypted: Bool
        /// A name or an address, without brackets.
        package var host: String
        package var port: Int
        /// As the header `Host` has it.
        package var authority: String
        package var path: String
        package var body: [UInt8]

        package init(
            isEncrypted: Bool, host: String, port: Int, authority: String, path: String,
            body: [UInt8]
        ) {
            self.isEncrypted = isEncrypted
            self.host = host
            self.port = port
            self.authority = authority
            self.path = path
            self.body = body
        }

        fileprivate var place: String { "\(isEncrypted ? "https" : "http")://\(authority)" }
    }

    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let authorities: String?

    /// - Parameter authorities: a file of certificates that servers are verified against; nil for the system's.
    package init(authorities: String? = nil) { self.authorities = authorities }

    deinit { group.shutdownGracefully { _ in } }

    /// Sends it, and gives the status of the answer; not on a thread of an event loop.
    ///
    /// - Throws: where no answer came within so many seconds.
    package func post(_ request: Request, within seconds: Double) throws(WebError) -> Int {
        let limit = TimeAmount.milliseconds(Int64(seconds * 1000))
        do {
            let context = try request.isEncrypted ? tls() : nil
            let answer = group.next().makePromise(of: Int.self)
            let deadline = group.next().scheduleTask(in: limit) {
                answer.fail(ClientFailure.late)
            }
            defer { deadline.cancel() }
            ClientBootstrap(group: group)
                .connectTimeout(limit)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try Self.fill(channel, request, context, answer)
                    }
                }
                .connect(host: request.host, port: request.port)
                .whenFailure { answer.fail($0) }
            return try answer.futureResult.wait()
        } catch {
            throw WebError("send to", request.place, Self.reason(error))
        }
    }

    private static func fill(
        _ channel: any Channel, _ request: Request, _ context: NIOSSLContext?,
        _ answer: EventLoopPromise<Int>
    ) throws {
        let pipeline = channel.pipeline.syncOperations
        if let context {
            // An address is verified without a name to ask for (RFC 6066, 3).
            let isAddress = (try? SocketAddress(ipAddress: request.host, port: 0)) != nil
            try pipeline.addHandler(
                NIOSSLClientHandler(
                    context: context, serverHostname: isAddress ? nil : request.host))
        }
        try pipeline.addHTTPClientHandlers(leftOverBytesStrategy: .dropBytes)
        try pipeline.addHandler(Exchange(request, answer))
    }

    /// Read at each request: a certificate that was replaced counts from then on.
    private func tls() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        if let authorities { configuration.trustRoots = .file(authorities) }
        return try NIOSSLContext(configuration: configuration)
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case ClientFailure.late: "no answer in time"
        case ClientFailure.ended: "the connection ended before an answer"
        case let error as NIOConnectionError:
            error.connectionErrors.first.map { reason($0.error) } ?? "the name has no address"
        case let error as IOError: Errno.text(error.errnoCode)
        case ChannelError.connectTimeout: "no connection in time"
        default: "\(error)"
        }
    }
}

private enum ClientFailure: Error {
    case late
    case ended
}

/// One request and its answer.
private final class Exchange: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let request: WebClient.Request
    private let answer: EventLoopPromise<Int>
    private var bytes = 0

    /// More of an answer is not waited for.
    private static let mostBytes = 1 << 20

    init(_ request: WebClient.Request, _ answer: EventLoopPromise<Int>) {
        self.request = request
        self.answer = answer
    }

    func channelActive(context: ChannelHandlerContext) {
        let channel = context.channel
        answer.futureResult.whenComplete { _ in channel.close(promise: nil) }
        var head = HTTPRequestHead(version: .http1_1, method: .POST, uri: request.path)
        head.headers.add(name: "Host", value: request.authority)
        head.headers.add(name: "User-Agent", value: "tcptune-agent")
        head.headers.add(name: "Content-Type", value: "application/json")
        head.headers.add(name: "Content-Length", value: String(request.body.count))
        head.headers.add(name: "Connection", value: "close")
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(
            wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: request.body)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        // A redirect, or what is wrong with the request, is an answer as well.
        case .head(let head):
            if head.status.code >= 200 { answer.succeed(Int(head.status.code)) }
        case .body(let part):
            bytes += part.readableBytes
            if bytes > Self.mostBytes { context.close(promise: nil) }
        case .end: context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        answer.fail(ClientFailure.ended)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        answer.fail(error)
        context.close(promise: nil)
    }
}
