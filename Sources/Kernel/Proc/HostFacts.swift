import CNetlink
import Glibc
package import Model

/// The machine and its kernel: what does not depend on a namespace.
package enum HostFacts {
    /// Reads them; what could not be read is absent in the result and named in the second part.
    package static func read(root: Root) -> (Host, [Unseen]) {
        var unseen: [Unseen] = []
        var host = root.isHost ? running() : captured(root, &unseen)

        let boot = try? root.bytes("/proc/sys/kernel/random/boot_id", expecting: 64)
        host.bootID = boot.map(firstLine)
        host.processors = (try? root.bytes(ProcessorsOnline.path, expecting: 256)).flatMap {
            ProcessorsOnline.parse($0.span)
        }
        if let bytes = read(Meminfo.path, "memory of the host", root, &unseen) {
            host.memory = Meminfo.parse(bytes.span)
        }
        if let bytes = read(FileNr.path, "open files of the host", root, &unseen) {
            host.files = FileNr.parse(bytes.span)
        }
        for resource in Pressure.resources {
            let bytes = try? root.bytes(Pressure.path(resource), expecting: 256)
            host.pressure[resource] = bytes.flatMap { Pressure.parse($0.span) }
        }
        return (host, unseen)
    }

    /// Whether this kernel's release is that one or a later.
    static func kernel(isAtLeast release: (major: Int, minor: Int)) -> Bool {
        let numbers = running().kernel.split { !$0.isNumber }.prefix(2).map { Int($0) ?? 0 }
        guard numbers.count == 2 else { return false }
        return (numbers[0], numbers[1]) >= (release.major, release.minor)
    }

    /// uname(2); its host name is that of the UTS namespace this process lives in.
    private static func running() -> Host {
        var names = utsname()
        unsafe uname(&names)
        return Host(
            name: text(&names.nodename), kernel: text(&names.release),
            machine: text(&names.machine), pageSize: sysconf(CInt(_SC_PAGESIZE)))
    }

    /// A field of utsname, which Swift sees as a tuple of characters.
    private static func text<Field>(_ field: inout Field) -> String {
        unsafe withUnsafeBytes(of: &field) {
            unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    /// A captured tree has the same in files; the page size is in none, and follows from the processor's name at best.
    private static func captured(_ root: Root, _ unseen: inout [Unseen]) -> Host {
        let machine = CapturedMachine(root: root)
        var host = Host(
            name: "unknown", kernel: "unknown", machine: machine.name ?? "unknown",
            pageSize: machine.pageSize)
        let release = "/proc/sys/kernel/osrelease"
        if let bytes = read(release, "release of the kernel", root, &unseen) {
            host.kernel = firstLine(bytes)
        }
        let name = try? root.bytes("/proc/sys/kernel/hostname", expecting: 256)
        if let name { host.name = firstLine(name) }
        return host
    }

    private static func read(
        _ path: String, _ what: String, _ root: Root, _ unseen: inout [Unseen]
    ) -> [UInt8]? {
        do throws(KernelError) {
            return try root.bytes(path)
        } catch {
            unseen.append(Unseen(what: what, why: error.description))
            return nil
        }
    }

    private static func firstLine(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix { $0 != 10 }, as: UTF8.self)
    }
}
