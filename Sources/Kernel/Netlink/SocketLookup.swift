import CNetlink
import Glibc
import HostState

/// One TCP socket by its four numbers, without a walk through the others.
enum SocketLookup {
    /// The socket of the namespace that the calling thread is in; nil where there is none.
    ///
    /// Source: `net/ipv4/inet_diag.c:inet_diag_find_one_icsk`, which finds TIME_WAIT too. IPv4 only.
    static func find(
        from source: SocketAddress, to destination: SocketAddress
    ) throws(KernelError) -> SocketRow? {
        let socket = try SocketDump.open()
        try socket.send(request(source, destination))
        var found: SocketRow?
        do throws(KernelError) {
            _ = try socket.receive { (datagram) throws(KernelError) in
                try NetlinkMessages.forEach(in: datagram, subject: SocketDump.family) { message in
                    found = DiagRow.parse(message)
                }
            }
        } catch {
            guard error.isAbsent else { throw error }
            return nil
        }
        return found
    }

    private static func request(
        _ source: SocketAddress, _ destination: SocketAddress
    ) -> [UInt8] {
        var message = MessageBytes()
        message.append(UInt32(0))
        message.append(UInt16(SOCK_DIAG_BY_FAMILY))
        message.append(UInt16(NLM_F_REQUEST))
        message.append(UInt64(0))
        // struct inet_diag_req_v2: family, protocol, extensions, padding; states; identity 48.
        message.append(UInt8(AF_INET))
        message.append(UInt8(IPPROTO_TCP))
        message.append(UInt16(0))
        message.append(UInt32.max)
        message.append(source.port.bigEndian)
        message.append(destination.port.bigEndian)
        for address in [source.address, destination.address] {
            message.append((address.v4 ?? 0).bigEndian)
            message.appendZeros(12)
        }
        // Any interface, any cookie.
        message.append(UInt32(0))
        message.append(UInt64.max)
        message.setLength()
        return message.bytes
    }
}
