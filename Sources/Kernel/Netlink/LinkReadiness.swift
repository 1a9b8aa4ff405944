import CNetlink
import Glibc
package import Model

/// Whether a link carries what is sent.
package enum LinkReadiness {
    /// Longer than the kernel ever puts a change of a link off (net/core/link_watch.c: one second), and than its worker
    /// waits for the lock while a hundred namespaces are made.
    private static let patience: Int64 = 30_000_000_000

    /// Waits until a link of the calling thread's namespace is running.
    ///
    /// A pair that was just raised is switched on by a worker, by and by. Until then the kernel drops what is sent without
    /// a word, and a first SYN that is lost so comes a second later: one run in a hundred measured that.
    package static func await(link index: Int32) throws(KernelError) {
        let end = LoadClock.now + patience
        while try !isRunning(index) {
            guard LoadClock.now < end else {
                throw KernelError("raise", "a veth pair", code: ENETDOWN)
            }
            LoadClock.rest(milliseconds: 1)
        }
    }

    /// Waits until an address of the calling thread's namespace takes what is sent to it.
    ///
    /// A worker adds its route by and by (`net/ipv6/addrconf.c:addrconf_dad_work`).
    package static func await(own address: IPAddress) throws(KernelError) {
        let end = LoadClock.now + patience
        while try !isOwn(address) {
            guard LoadClock.now < end else {
                throw KernelError("use", "address \(address)", code: EADDRNOTAVAIL)
            }
            LoadClock.rest(milliseconds: 1)
        }
    }

    /// Whether the route to it is of the kind RTN_LOCAL.
    private static func isOwn(_ address: IPAddress) throws(KernelError) -> Bool {
        var request = RouteRequest("the route to \(address)", kind: CInt(RTM_GETROUTE))
        // struct rtmsg: family, prefix lengths, type of service; table, protocol, scope, type; flags.
        request.append(address.familyNumber)
        request.append(UInt8(address.networkBytes.count * 8))
        for _ in 0..<6 { request.append(UInt8(0)) }
        request.append(UInt32(0))
        request.append(CInt(RTA_DST.rawValue), address.networkBytes)
        var kind: UInt8?
        do throws(KernelError) {
            try request.perform { answer in kind = kind ?? answer.integer(at: 7) }
        } catch {
            // No route yet.
            guard [ENETUNREACH, EHOSTUNREACH].contains(error.code) else { throw error }
        }
        return kind == UInt8(RTN_LOCAL)
    }

    /// Whether the loopback interface is up, which has the number 1 in every namespace
    /// (`net/core/dev.c:dev_index_reserve` hands numbers out from 1 on, and `drivers/net/loopback.c` comes first).
    static func isLoopbackUp() throws(KernelError) -> Bool { try flags(of: 1) & 1 != 0 }

    private static func isRunning(_ index: Int32) throws(KernelError) -> Bool {
        // IFF_RUNNING of <linux/if.h>, which does not go together with glibc's <net/if.h>.
        try flags(of: index) & 0x40 != 0
    }

    /// The flags of struct ifinfomsg.
    private static func flags(of index: Int32) throws(KernelError) -> UInt32 {
        var request = RouteRequest("the state of a link", kind: CInt(RTM_GETLINK))
        request.appendLink(index: index, up: false)
        var flags: UInt32 = 0
        try request.perform { answer in
            if let value: UInt32 = answer.integer(at: 8) { flags = value }
        }
        return flags
    }
}
