import Glibc
import NIOCore
import NIOPosix

/// The sockets that a server listens on.
final class Listeners: Sendable {
    /// Waiting to be accepted: a client behind a burst of others must not have to send its SYN again a second later.
    static let backlog: CInt = 1024

    private let channels: [any Channel]
    private let files: [UnixListener]
    /// As `ListenAddress` writes them, with the ports that the kernel chose.
    let addresses: [String]

    private init(channels: [any Channel], files: [UnixListener], addresses: [String]) {
        self.channels = channels
        self.files = files
        self.addresses = addresses
    }

    /// Opens all, or none.
    static func open(
        _ places: [ListeningPlace], _ bootstrap: ServerBootstrap
    ) throws(WebError) -> Listeners {
        var channels: [any Channel] = []
        var files: [UnixListener] = []
        var addresses: [String] = []
        do throws(WebError) {
            for place in places {
                switch place {
                case .address(let address):
                    let channel = try opened(address.listenText) { try bind(address, bootstrap) }
                    channels.append(channel)
                    addresses.append((channel.localAddress ?? address).listenText)
                case .file(let path):
                    let file = try UnixListener.open(path, backlog: backlog)
                    files.append(file)
                    channels.append(
                        try opened("unix:" + path) {
                            try bootstrap.withBoundSocket(file.descriptor).wait()
                        })
                    addresses.append("unix:" + path)
                case .activated(let number, let address):
                    channels.append(
                        try opened(address.listenText) {
                            try bootstrap.withBoundSocket(number).wait()
                        })
                    addresses.append(address.listenText)
                }
            }
        } catch {
            Listeners(channels: channels, files: files, addresses: []).close()
            throw error
        }
        return Listeners(channels: channels, files: files, addresses: addresses)
    }

    func close() {
        for channel in channels { try? channel.close().wait() }
        for file in files { file.removeFile() }
    }

    private static func bind(
        _ address: SocketAddress, _ bootstrap: ServerBootstrap
    ) throws -> any Channel {
        var bootstrap = bootstrap.serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        if address.ipAddress == "::" {
            // Whatever net.ipv6.bindv6only says: every address is every address.
            bootstrap = bootstrap.serverChannelOption(
                ChannelOptions.socket(
                    SocketOptionLevel(IPPROTO_IPV6), SocketOptionName(IPV6_V6ONLY)),
                value: 0)
        }
        return try bootstrap.bind(to: address).wait()
    }

    private static func opened(
        _ subject: String, _ open: () throws -> any Channel
    ) throws(WebError) -> any Channel {
        do {
            return try open()
        } catch {
            let reason = (error as? IOError).map { Errno.text($0.errnoCode) } ?? "\(error)"
            throw WebError("listen on", subject, reason)
        }
    }
}
