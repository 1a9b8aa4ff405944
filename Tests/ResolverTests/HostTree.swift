import CNetlink
import Glibc
import Model
import ScratchFiles

@testable import Kernel
@testable import Resolver

/// The files of a host that say how it finds names.
struct HostTree {
    let scratch: SysctlScratch

    /// - Parameters:
    ///   - hosts: the line of nsswitch.conf; nil where there is no such file.
    init(
        resolv: String = "", hosts: String? = "files dns",
        file: String = "127.0.0.1 localhost\n"
    ) throws {
        scratch = try SysctlScratch()
        try scratch.write("/etc/resolv.conf", resolv)
        try scratch.write("/etc/hosts", file)
        if let hosts { try scratch.write("/etc/nsswitch.conf", "passwd: files\nhosts: \(hosts)\n") }
    }

    func options(_ family: AddressFamily = .any) -> NameResolver.Options {
        var options = NameResolver.Options()
        options.root = Root(path: scratch.path)
        options.family = family
        return options
    }

    func resolve(_ name: String, _ family: AddressFamily = .any) -> NameResolution {
        NameResolver(options(family)).resolve(name)
    }

    /// Runs the body on a thread that sees these files in /etc, in a mount namespace of its own.
    func mounted<Success: Sendable>(
        _ body: @escaping @Sendable () throws(KernelError) -> Success
    ) throws -> Success {
        let path = scratch.path
        return try SystemThread.start { () throws(KernelError) in
            try Self.mount(path)
            return try body()
        }.join()
    }

    /// What a command of the shell writes where these files are in /etc.
    func output(of command: String, among servers: NameServers) throws -> String {
        let mounts = ["resolv.conf", "hosts", "nsswitch.conf"]
            .map { "mount --bind \(scratch.path)/etc/\($0) /etc/\($0) && " }
        // To a file: of what a program writes to us the first 4 KiB are kept.
        let whole = "\(mounts.joined())\(command) >\(scratch.path)/out 2>&1"
        try servers.start(["/usr/bin/unshare", "-m", "/bin/sh", "-c", whole])
        return try Root(path: scratch.path).text("/out")
    }

    /// CLONE_NEWNS: unshare(2) leaves the other threads where they are.
    static func mount(_ path: String) throws(KernelError) {
        _ = try systemCall("make", "a mount namespace") { tcptune_unshare(0x20000) }
        _ = try systemCall("keep", "mounts") {
            unsafe Glibc.mount("none", "/", nil, UInt(MS_REC | MS_PRIVATE), nil)
        }
        for name in ["/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf"] {
            guard Root(path: path).exists(name) else { continue }
            _ = try systemCall("mount", name) {
                unsafe Glibc.mount(path + name, name, nil, UInt(MS_BIND), nil)
            }
        }
    }
}
