import CNetlink
import Glibc
import Kernel
import Model

extension ResolverConfiguration {
    /// Where nscd listens, whose cache is asked before any server.
    static let nameServiceCache = "/run/nscd/socket"

    /// The configuration of a host: of the running one as glibc has it for every program.
    static func read(_ root: Root) throws(KernelError) -> ResolverConfiguration {
        var configuration: ResolverConfiguration
        if root.isHost {
            configuration = try system()
        } else {
            let text = (try? root.text(ResolvConf.path)) ?? ""
            configuration = ResolvConf.parse(text)
        }
        configuration.hasNameServiceCache = root.exists(nameServiceCache)
        return configuration
    }

    /// What res_ninit(3) makes of resolv.conf, LOCALDOMAIN and RES_OPTIONS.
    static func system() throws(KernelError) -> ResolverConfiguration {
        var read = tcptune_resolver()
        guard unsafe tcptune_resolver_read(&read) == 0 else {
            throw KernelError("read", ResolvConf.path, code: errno == 0 ? EINVAL : errno)
        }
        let options = read.options
        func has(_ flag: Int) -> Bool { options & UInt(flag) != 0 }
        var configuration = ResolverConfiguration(
            servers: servers(read), search: domains(read), dots: Int(read.dots),
            timeout: Int(read.timeout), attempts: Int(read.attempts),
            rotates: has(Int(RES_ROTATE)), usesTCP: has(Int(RES_USEVC)),
            asksOneByOne: has(Int(RES_SNGLKUP)) || has(Int(RES_SNGLKUPREOP)),
            extends: has(Int(RES_USE_EDNS0)),
            leavesOutAAAA: has(Int(TCPTUNE_RES_NOAAAA)))
        configuration.nameKinds()
        return configuration
    }

    private static func servers(_ read: tcptune_resolver) -> [Server] {
        let all = [read.servers.0, read.servers.1, read.servers.2]
        return all.prefix(Int(read.server_count)).compactMap { storage in
            let address = unsafe withUnsafeBytes(of: storage) { bytes in
                unsafe SocketAddress(bytes: bytes)
            }
            return address.map {
                Server($0.address, port: $0.port, scope: $0.isIPv6 ? storage.sin6_scope_id : 0)
            }
        }
    }

    private static func domains(_ read: tcptune_resolver) -> [String] {
        let bytes = unsafe withUnsafeBytes(of: read.search) { unsafe Array($0) }
        return bytes.split(separator: 0, omittingEmptySubsequences: false)
            .prefix(Int(read.search_count)).map { String(decoding: $0, as: UTF8.self) }
    }
}
