import CNetlink
import Glibc
import Kernel
import Model

/// The IPv4 or IPv6 packets that come in at one link, in their frames, and a way out by it: packet(7).
///
/// A socket for one protocol is not handed what goes out, unlike one for all.
@safe
struct PacketSocket: ~Copyable {
    private let descriptor: FileDescriptor
    let subject: String

    private init(descriptor: consuming FileDescriptor, subject: String) {
        self.descriptor = descriptor
        self.subject = subject
    }

    /// At a link of the calling thread's namespace.
    static func open(
        link index: Int32, _ family: InternetFamily, named subject: String
    ) throws(KernelError) -> PacketSocket {
        let kind = SOCK_RAW.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
        let name = UInt16(family == .v4 ? ETH_P_IP : ETH_P_IPV6).bigEndian
        let descriptor = FileDescriptor(
            owning: try systemCall("open", "a packet socket") {
                socket(AF_PACKET, CInt(kind), CInt(name))
            })
        var isOn: CInt = 1
        _ = try systemCall("set up", "a packet socket") {
            unsafe setsockopt(
                descriptor.number, SOL_SOCKET, SO_TIMESTAMPNS, &isOn,
                socklen_t(MemoryLayout<CInt>.size))
        }
        var address = sockaddr_ll()
        address.sll_family = UInt16(AF_PACKET)
        address.sll_protocol = name
        address.sll_ifindex = index
        _ = try systemCall("bind", "a packet socket") {
            unsafe withUnsafePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe bind(
                        descriptor.number, $0, socklen_t(MemoryLayout<sockaddr_ll>.size))
                }
            }
        }
        return PacketSocket(descriptor: descriptor, subject: subject)
    }

    var waitable: Waitable { Waitable(descriptor: descriptor.number) }

    /// A frame, and when the kernel had it, in nanoseconds of CLOCK_MONOTONIC.
    struct Arrival {
        var frame: [UInt8]
        var at: Int64
    }

    /// The next frame; nil where none has come.
    func receive(into room: inout [UInt8]) throws(KernelError) -> Arrival? {
        let number = descriptor.number
        var time: CLongLong = 0
        let count: Int
        do throws(KernelError) {
            count = try systemCall("read", subject) {
                unsafe room.withUnsafeMutableBytes {
                    unsafe tcptune_receive_stamped(
                        number, $0.baseAddress, UInt($0.count), &time)
                }
            }
        } catch {
            guard error.code == EAGAIN else { throw error }
            return nil
        }
        let now = LoadClock.now
        let noted = time > 0 ? LoadClock.monotonic(ofTimeOfDay: Int64(time)) : now
        // The day's clock may have been set since.
        let isRecent = (now - 1_000_000_000..<now).contains(noted)
        return Arrival(frame: Array(room.prefix(count)), at: isRecent ? noted : now)
    }

    func send(_ frame: [UInt8]) throws(KernelError) {
        let number = descriptor.number
        _ = try systemCall("send by", subject) {
            unsafe frame.withUnsafeBytes { unsafe Glibc.send(number, $0.baseAddress, $0.count, 0) }
        }
    }
}
