import NIOCore
import NIOHTTP1
import NIOPosix

/// What all connections have in common; for the event loop's thread.
final class Service {
    private let limits: WebLimits
    private let file: ConfigurationFile
    private let table: ConnectionTable
    private let passwords: PasswordChecks
    private let answers: Answers

    private init(
        _ options: WebServer.Options, file: ConfigurationFile, passwords: PasswordChecks,
        count: ConnectionCount, handler: @escaping @Sendable (WebRequest) -> WebResponse
    ) {
        limits = options.limits
        self.file = file
        self.passwords = passwords
        table = ConnectionTable(options.limits, count: count)
        answers = Answers(
            file, passwords: passwords, realm: options.realm, limits: options.limits,
            handler: handler)
    }

    /// Makes it where it is going to be used.
    static func make(
        _ options: WebServer.Options, isExposed: Bool, loop: any EventLoop, gate: LoopGate,
        pool: NIOThreadPool, count: ConnectionCount,
        handler: @escaping @Sendable (WebRequest) -> WebResponse
    ) throws(WebError) -> NIOLoopBound<Service> {
        do {
            return try loop.submit {
                let service = Service(
                    options,
                    file: try ConfigurationFile(
                        options.configurationFile, isExposed: isExposed, report: options.report),
                    passwords: PasswordChecks(
                        loop: loop, gate: gate, pool: pool, limits: options.limits),
                    count: count, handler: handler)
                return NIOLoopBound(service, eventLoop: loop)
            }.wait()
        } catch let error as WebError {
            throw error
        } catch {
            throw WebError("start", "the server", "\(error)")
        }
    }

    static func bootstrap(
        _ service: NIOLoopBound<Service>, group: MultiThreadedEventLoopGroup
    ) -> ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: Int32(Listeners.backlog))
            // A client that sends much at once is read bit by bit, as it is answered.
            .childChannelOption(
                .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 4096)
            )
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try service.value.welcome(channel) }
            }
    }

    private struct Full: Error {}

    /// - Throws: where there is no room; the connection is closed then.
    private func welcome(_ channel: any Channel) throws {
        file.refresh()
        let connection = Connection(
            source: channel.remoteAddress?.source ?? "unix", generation: file.generation,
            limits: limits, table: table)
        let tls = file.reading.tls
        let pipeline = channel.pipeline.syncOperations
        guard table.admit(connection) else { throw Full() }
        try pipeline.addHandler(connection)
        if let tls { try pipeline.addHandler(tls.handler()) }
        var parsing = NIOHTTPDecoderLimitConfiguration()
        parsing.maxHeaderFieldSize = limits.headBytes
        parsing.maxHeaderListSize = limits.headBytes
        try pipeline.addHandlers([
            HeadLimit(connection, limit: limits.headBytes),
            HTTPResponseEncoder(),
            ByteToMessageHandler(
                HTTPRequestDecoder(
                    leftOverBytesStrategy: .dropBytes, limitConfiguration: parsing)),
            HTTPServerPipelineHandler(),
            NIOHTTPResponseHeadersValidator(),
            RequestHandler(connection, answers: answers, tls: tls),
        ])
    }

    /// Ends the connections on which nothing is on its way, or all.
    func wind(down all: Bool) {
        answers.isStopping = true
        if all { passwords.stop() }
        for connection in table.connections
        where all || connection.phase != .answering && connection.phase != .sending {
            connection.cut()
        }
    }
}
