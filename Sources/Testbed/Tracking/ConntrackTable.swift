import CNetlink
import Glibc
package import Kernel
import Model

/// The table of tracked connections of the calling thread's namespace, by ctnetlink.
package enum ConntrackTable {
    /// What the kernel knows of one tracked connection.
    package struct Entry: Sendable, Hashable {
        /// As `conntrack -L` names it: `ESTABLISHED`, `TIME_WAIT`; nil where it is not TCP's.
        package var state: String?
        /// After so long without a packet it is forgotten.
        package var secondsLeft: UInt32
    }

    /// Both ends of a connection, as its first packet had them.
    package struct Tuple: Sendable {
        package var source: SocketAddress
        package var destination: SocketAddress
        package var transport: Transport

        package init(
            source: SocketAddress, destination: SocketAddress, transport: Transport = .tcp
        ) {
            self.source = source
            self.destination = destination
            self.transport = transport
        }

        package enum Transport: Sendable {
            case tcp, udp

            fileprivate var number: UInt8 { UInt8(self == .tcp ? IPPROTO_TCP : IPPROTO_UDP) }
        }
    }

    /// How many connections are tracked in this namespace; nil where none can be.
    package static func count() -> Int? { number("count") }

    /// How many may be: one number for the whole host, which each namespace's own count is compared with.
    ///
    /// Source: `net/netfilter/nf_conntrack_core.c:__nf_conntrack_alloc`. 0 stands for any number.
    package static func limit() -> Int? { number("max") }

    private static func number(_ name: String) -> Int? {
        guard let bytes = try? Root.host.bytes(NFConntrackSettings.path(name), expecting: 32)
        else { return nil }
        return SingleNumber.parse(bytes.span).map { Int($0) }
    }

    /// Looks a connection up; nil where it is not tracked.
    package static func entry(of tuple: Tuple) throws(KernelError) -> Entry? {
        let isIPv4 = tuple.source.address.isIPv4
        var message = Self.message(
            IPCTNL_MSG_CT_GET, flags: NLM_F_REQUEST, family: isIPv4 ? AF_INET : AF_INET6)
        message.append(tuple, as: CTA_TUPLE_ORIG)
        let socket = try NetfilterSocket.open()
        try socket.send(message.finished)
        do throws(KernelError) {
            return try socket.receive { (datagram) throws(KernelError) in
                var entry: Entry?
                _ = try NetlinkMessages.forEach(in: datagram, subject: "ctnetlink") { payload in
                    entry = entry ?? Entry(payload)
                }
                return entry
            }
        } catch {
            guard error.isAbsent else { throw error }
            return nil
        }
    }

    static func message(
        _ type: cntl_msg_types, flags: CInt, family: CInt = AF_INET
    ) -> NetlinkMessage {
        var message = NetlinkMessage(
            kind: UInt16(NFNL_SUBSYS_CTNETLINK) << 8 | UInt16(type.rawValue), flags: flags)
        message.appendFamily(family)
        return message
    }
}

extension ConntrackTable.Entry {
    /// By the kernel's numbers (enum tcp_conntrack).
    private static let states = [
        "NONE", "SYN_SENT", "SYN_RECV", "ESTABLISHED", "FIN_WAIT", "CLOSE_WAIT", "LAST_ACK",
        "TIME_WAIT", "CLOSE",
    ]

    /// Nil where the message has no time.
    init?(_ message: RawSpan) {
        // After struct nfgenmsg.
        let attributes = NetlinkAttributes(message, from: 4)
        guard let timeout = attributes[CInt(CTA_TIMEOUT.rawValue)],
            let left: UInt32 = message.integer(at: timeout.lowerBound)
        else { return nil }
        secondsLeft = UInt32(bigEndian: left)
        state = attributes[CInt(CTA_PROTOINFO.rawValue)]
            .flatMap { NetlinkAttributes(message, in: $0)[CInt(CTA_PROTOINFO_TCP.rawValue)] }
            .flatMap { NetlinkAttributes(message, in: $0)[CInt(CTA_PROTOINFO_TCP_STATE.rawValue)] }
            .flatMap { message.integer(at: $0.lowerBound, as: UInt8.self) }
            .flatMap { Self.states.indices.contains(Int($0)) ? Self.states[Int($0)] : nil }
    }
}

extension NetlinkMessage {
    mutating func append(_ tuple: ConntrackTable.Tuple, as attribute: ctattr_type) {
        nest(CInt(attribute.rawValue) | CInt(NLA_F_NESTED)) { inner in
            inner.nest(CInt(CTA_TUPLE_IP.rawValue) | CInt(NLA_F_NESTED)) { address in
                let (source, destination) = (tuple.source.address, tuple.destination.address)
                let isIPv4 = source.isIPv4
                address.append(
                    CInt((isIPv4 ? CTA_IP_V4_SRC : CTA_IP_V6_SRC).rawValue), source.networkBytes)
                address.append(
                    CInt((isIPv4 ? CTA_IP_V4_DST : CTA_IP_V6_DST).rawValue),
                    destination.networkBytes)
            }
            inner.nest(CInt(CTA_TUPLE_PROTO.rawValue) | CInt(NLA_F_NESTED)) { ports in
                ports.append(CInt(CTA_PROTO_NUM.rawValue), [tuple.transport.number])
                ports.append(CInt(CTA_PROTO_SRC_PORT.rawValue), network: tuple.source.port)
                ports.append(CInt(CTA_PROTO_DST_PORT.rawValue), network: tuple.destination.port)
            }
        }
    }
}
