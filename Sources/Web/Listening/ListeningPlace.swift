import Glibc
import NIOCore

/// A place to listen that is known to be one, and not open yet.
enum ListeningPlace {
    case address(SocketAddress)
    case file(path: String)
    /// Opened by systemd.
    case activated(CInt, SocketAddress)

    /// Whether only this host reaches it.
    var isLocal: Bool {
        switch self {
        case .address(let address), .activated(_, let address): address.isLocal
        case .file: true
        }
    }

    /// Asks the resolver where a host has a name.
    init(_ address: ListenAddress) throws(WebError) {
        switch address {
        case .unix(let path): self = .file(path: path)
        case .tcp(let host, let port):
            let numeric = host.isEmpty ? Self.everyAddress : host
            do {
                self = .address(try SocketAddress.makeAddressResolvingHost(numeric, port: port))
            } catch {
                throw WebError("listen on", "\(address)", "no address is known of \(host)")
            }
        }
    }

    /// `::`, which takes IPv4 as well, unless this kernel has no IPv6.
    private static var everyAddress: String {
        let number = socket(AF_INET6, CInt(SOCK_STREAM.rawValue), 0)
        guard number >= 0 else { return "0.0.0.0" }
        close(number)
        return "::"
    }
}
