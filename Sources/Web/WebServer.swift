import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// A small server of HTTP/1.1 for pages that are made already: one thread for all connections, one for passwords.
///
/// Its handler runs on that thread, and so must take no time: nothing is read, nobody is waited for.
package final class WebServer: Sendable {
    /// What a server is started with.
    package struct Options: Sendable {
        package var addresses: [ListenAddress]
        /// Listen on the sockets that systemd handed over instead (`--web.systemd-socket`).
        package var usesActivatedSockets = false
        /// `--web.config.file`: encryption, passwords, headers; read again whenever it changes.
        package var configurationFile: String?
        /// What a browser shows where it asks for a password.
        package var realm = "restricted"
        package var limits = WebLimits()
        /// Takes a sentence for the log: the configuration changed, or can no longer be used.
        package var report: @Sendable (String) -> Void = { _ in }

        package init(addresses: [ListenAddress]) { self.addresses = addresses }
    }

    private let group: MultiThreadedEventLoopGroup
    private let pool: NIOThreadPool
    private let gate: LoopGate
    private let listeners: Listeners
    private let service: NIOLoopBound<Service>
    private let count: ConnectionCount
    private let isStopped = Mutex(false)

    /// Where it listens, as `ListenAddress` writes it: a port that was 0 is the one that the kernel chose.
    package var addresses: [String] { listeners.addresses }

    /// Connections that are open now.
    package var connectionCount: Int { count.current }

    /// Looks whether a server can start with these options, and opens nothing.
    package static func check(_ options: Options) throws(WebError) {
        _ = try ConfigurationFile(
            options.configurationFile, isExposed: try isExposed(places(options)),
            report: options.report)
    }

    /// Listens, and answers from then on.
    ///
    /// - Throws: where an address cannot be listened on, where the configuration cannot be used, or where other hosts could
    ///   connect and neither encryption nor authentication is set.
    package static func start(
        _ options: Options, handler: @escaping @Sendable (WebRequest) -> WebResponse
    ) throws(WebError) -> WebServer {
        let places = try places(options)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let pool = NIOThreadPool(numberOfThreads: 1)
        let gate = LoopGate(group.next())
        do throws(WebError) {
            let count = ConnectionCount()
            let service = try Service.make(
                options, isExposed: isExposed(places), loop: group.next(), gate: gate, pool: pool,
                count: count, handler: handler)
            let listeners = try Listeners.open(places, Service.bootstrap(service, group: group))
            return WebServer(
                group: group, pool: pool, gate: gate, listeners: listeners, service: service,
                count: count)
        } catch {
            try? group.syncShutdownGracefully()
            throw error
        }
    }

    private init(
        group: MultiThreadedEventLoopGroup, pool: NIOThreadPool, gate: LoopGate,
        listeners: Listeners, service: NIOLoopBound<Service>, count: ConnectionCount
    ) {
        self.group = group
        self.pool = pool
        self.gate = gate
        self.listeners = listeners
        self.service = service
        self.count = count
        pool.start()
    }

    /// Answers nobody any more; who is being answered has half a second for it.
    package func stop() {
        let isFirst = isStopped.withLock { isStopped in
            defer { isStopped = true }
            return !isStopped
        }
        guard isFirst else { return }
        listeners.close()
        let service = service
        try? group.next().submit { service.value.wind(down: false) }.wait()
        for _ in 0..<100 where count.current > 0 { usleep(5000) }
        try? group.next().submit { service.value.wind(down: true) }.wait()
        gate.close()
        try? group.syncShutdownGracefully()
        // A hash that is being made goes on; nobody waits for it.
        pool.shutdownGracefully { _ in }
    }

    private static func places(_ options: Options) throws(WebError) -> [ListeningPlace] {
        if options.usesActivatedSockets { return try ActivatedSockets.places(.ofThisProcess) }
        var places: [ListeningPlace] = []
        for address in options.addresses { places.append(try ListeningPlace(address)) }
        return places
    }

    private static func isExposed(_ places: [ListeningPlace]) -> Bool {
        !places.allSatisfy(\.isLocal)
    }
}
