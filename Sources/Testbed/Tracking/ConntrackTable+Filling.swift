import CNetlink
import Glibc
package import Kernel
import Model

extension ConntrackTable {
    /// Puts connections that do not exist into the table, until so many are tracked.
    ///
    /// They are established and assured, so that the kernel does not throw them out for newer ones
    /// (`net/netfilter/nf_conntrack_core.c:early_drop`).
    ///
    /// - Parameter isOver: asked now and then; true ends it.
    /// - Returns: how many are tracked.
    package static func fill(
        to wanted: Int, isOver: () -> Bool = { false }
    ) throws(KernelError) -> Int {
        let socket = try NetfilterSocket.open()
        var template = Template()
        var next = 0
        var count = count() ?? 0
        // Some are refused where a chain of the kernel's table is long already.
        while count < wanted, next < 2 * wanted + 1000, !isOver() {
            let round = min(Template.size, wanted - count)
            template.number(from: next)
            try socket.send(template.messages(round))
            next += round
            count = Self.count() ?? 0
        }
        return count
    }

    /// Messages that each ask for one connection, of which only the client's end changes.
    private struct Template {
        /// 32 KiB or so, that a socket's send buffer has room for.
        static let size = 200
        private static let address: UInt32 = 0x0A00_0000
        private static let firstPort = 1024
        private static let portsPerAddress = 60_000
        private var bytes: [UInt8] = []
        private let length: Int
        /// Where a message has the client's address and port: of the first packet and of the answer.
        private let addresses: [Int]
        private let ports: [Int]

        init() {
            let marker = SocketAddress(IPAddress(v4: 0x0BAD_CAFE), port: 0xFACE)
            let server = SocketAddress(IPAddress(v4: 0xC000_0201), port: 80)
            // The kernel sends a refusal of every message that it cannot follow, and no answer otherwise.
            var message = ConntrackTable.message(
                IPCTNL_MSG_CT_NEW, flags: NLM_F_REQUEST | NLM_F_CREATE | NLM_F_EXCL)
            message.append(Tuple(source: marker, destination: server), as: CTA_TUPLE_ORIG)
            message.append(Tuple(source: server, destination: marker), as: CTA_TUPLE_REPLY)
            let status = IPS_CONFIRMED.rawValue | IPS_SEEN_REPLY.rawValue | IPS_ASSURED.rawValue
            message.append(CInt(CTA_STATUS.rawValue), network: UInt32(status))
            message.append(CInt(CTA_TIMEOUT.rawValue), network: UInt32(3600))
            message.nest(CInt(CTA_PROTOINFO.rawValue) | CInt(NLA_F_NESTED)) { info in
                info.nest(CInt(CTA_PROTOINFO_TCP.rawValue) | CInt(NLA_F_NESTED)) { tcp in
                    tcp.append(
                        CInt(CTA_PROTOINFO_TCP_STATE.rawValue),
                        [UInt8(TCP_CONNTRACK_ESTABLISHED.rawValue)])
                }
            }
            let one = message.finished
            length = one.count
            addresses = Self.places(of: [0x0B, 0xAD, 0xCA, 0xFE], in: one)
            ports = Self.places(of: [0xFA, 0xCE], in: one)
            for _ in 0..<Self.size { bytes += one }
        }

        private static func places(of pattern: [UInt8], in bytes: [UInt8]) -> [Int] {
            (0...(bytes.count - pattern.count)).filter {
                bytes[$0..<($0 + pattern.count)].elementsEqual(pattern)
            }
        }

        /// Gives each message a client of its own.
        mutating func number(from first: Int) {
            for index in 0..<Self.size {
                let (host, port) = (first + index).quotientAndRemainder(
                    dividingBy: Self.portsPerAddress)
                let address = Self.address + UInt32(truncatingIfNeeded: host)
                let base = index * length
                for place in addresses {
                    for byte in 0..<4 {
                        bytes[base + place + byte] = UInt8(
                            truncatingIfNeeded: address >> (24 - 8 * UInt32(byte)))
                    }
                }
                for place in ports {
                    bytes[base + place] = UInt8(truncatingIfNeeded: (port + Self.firstPort) >> 8)
                    bytes[base + place + 1] = UInt8(truncatingIfNeeded: port + Self.firstPort)
                }
            }
        }

        func messages(_ count: Int) -> [UInt8] { Array(bytes[..<(count * length)]) }
    }
}
