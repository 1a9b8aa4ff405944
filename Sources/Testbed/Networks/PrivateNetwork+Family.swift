import CNetlink
import Glibc
import Kernel
package import Model

extension PrivateNetwork {
    /// An address of a side of a pair that veth joins.
    ///
    /// RFC 2544 gives 198.18.0.0/15 to measuring, RFC 5180 2001:2::/48: the client has the first half, the server the second.
    package static func address(
        _ side: Side, _ number: Int, _ family: InternetFamily = .v4
    ) -> IPAddress {
        switch family {
        case .v4:
            let base: UInt32 = side == .client ? 0xC612_0000 : 0xC613_0000
            return IPAddress(v4: base + UInt32(number) + 1)
        case .v6:
            let network: UInt64 = side == .client ? 0x2001_0002_0000_0000 : 0x2001_0002_0000_0001
            return IPAddress(high: network, low: UInt64(number) + 1)
        }
    }

    /// An address over loopback: all of 127.0.0.0/8 is there unasked, and of IPv6 ::1 alone.
    package static func loopback(
        _ side: Side, _ number: Int, _ family: InternetFamily
    ) -> IPAddress {
        guard family == .v4 else { return IPAddress(high: 0, low: 1) }
        return IPAddress(v4: (side == .client ? 0x7F01_0000 : 0x7F00_0000) + UInt32(number) + 1)
    }

    /// Gives an interface an address.
    ///
    /// One of IPv6 is used at once: no other host on the link could have it (IFA_F_NODAD).
    static func add(
        _ address: IPAddress, prefix: UInt8, to index: Int32
    ) throws(KernelError) {
        let what = "address \(address)"
        var request = RouteRequest(what, kind: CInt(RTM_NEWADDR), creates: true)
        // struct ifaddrmsg: family, prefix length, flags, scope; index.
        request.append(address.familyNumber)
        request.append(prefix)
        request.append(UInt8(address.isIPv4 ? 0 : IFA_F_NODAD))
        request.append(UInt8(0))
        request.append(UInt32(index))
        request.append(CInt(IFA_LOCAL), address.networkBytes)
        request.append(CInt(IFA_ADDRESS), address.networkBytes)
        do throws(KernelError) { try request.perform() } catch {
            guard !address.isIPv4, error.isMissingFeature || error.isDenied else { throw error }
            // Denied: net.ipv6.conf.all.disable_ipv6 (net/ipv6/addrconf.c:ipv6_add_addr).
            throw .absent(
                "give an interface", what, detail: "this kernel has no IPv6, or it is off")
        }
        if !address.isIPv4 { try LinkReadiness.await(own: address) }
    }

    /// The length of the prefix that both sides' addresses share.
    static func prefix(_ family: InternetFamily) -> UInt8 { family == .v4 ? 15 : 63 }
}
