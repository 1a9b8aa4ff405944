import CNetlink
import Glibc
import Kernel

/// The number by which perf_event_open(2) knows the tracepoint of state changes.
///
/// It stands in tracefs. Where that is not mounted, a thread of its own mounts it in a mount namespace of its own, which
/// ends with the thread: nobody else sees it.
enum TracepointID {
    static let name = "the tracepoint sock:inet_sock_set_state"
    private static let folder = "/sys/kernel/tracing"
    private static let place = folder + "/events/sock/inet_sock_set_state/"
    /// What ``StateChanges/Change`` reads, where it has been since Linux 5.6.
    private static let fields = [
        "skaddr;\toffset:8;", "oldstate;\toffset:16;", "newstate;\toffset:20;",
        "sport;\toffset:24;", "dport;\toffset:26;", "family;\toffset:28;",
        "saddr[4];\toffset:32;", "daddr[4];\toffset:36;", "saddr_v6[16];\toffset:40;",
        "daddr_v6[16];\toffset:56;",
    ]

    /// MS_REC and MS_PRIVATE (`include/uapi/linux/mount.h`).
    private static let privately: UInt = 1 << 14 | 1 << 18

    static func read() throws(KernelError) -> UInt64 {
        if let id = try? readMounted() { return id }
        return try SystemThread.start { () throws(KernelError) in
            _ = try systemCall("have", "a mount namespace of its own") {
                tcptune_unshare(CInt(TCPTUNE_CLONE_NEWNS))
            }
            // What is mounted from here on goes to no other namespace.
            _ = try systemCall("part", "mounts") {
                unsafe mount("none", "/", nil, privately, nil)
            }
            _ = try systemCall("mount", "tracefs") {
                unsafe mount("tracefs", folder, "tracefs", 0, nil)
            }
            return try readMounted()
        }.join()
    }

    private static func readMounted() throws(KernelError) -> UInt64 {
        let format = String(
            decoding: try InputFile.read(place + "format", limit: 1 << 16), as: UTF8.self)
        guard fields.allSatisfy(format.contains) else {
            throw KernelError(
                "read", name, code: EOPNOTSUPP,
                detail: "its fields are in other places on this kernel")
        }
        let text = String(decoding: try InputFile.read(place + "id", limit: 64), as: UTF8.self)
        guard let id = UInt64(text.filter(\.isNumber)) else {
            throw KernelError("read", name, code: EBADMSG)
        }
        return id
    }
}
