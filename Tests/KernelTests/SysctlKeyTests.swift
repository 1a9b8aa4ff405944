import Model
import Testing

@testable import Kernel

@Suite struct `A sysctl key` {
    @Test(arguments: [
        ("net.ipv4.tcp_tw_reuse", "net/ipv4/tcp_tw_reuse"),
        ("net.ipv4.conf.eth0/100.rp_filter", "net/ipv4/conf/eth0.100/rp_filter"),
        ("fs.file-max", "fs/file-max"), ("vm", "vm"),
    ])
    func `is one in dots and in slashes`(name: String, path: String) throws {
        let key = try #require(SysctlKey(name))
        #expect(key.path == path)
        #expect(key.name == name)
        #expect(key == SysctlKey(path))
        #expect(key == SysctlKey(path: path))
        #expect(key.file == "/proc/sys/" + path)
    }

    @Test func `is read by its first separator`() {
        #expect(SysctlKey("net/core.somaxconn")?.path == "net/core.somaxconn")
        #expect(SysctlKey("net.core/somaxconn")?.path == "net/core.somaxconn")
        #expect(SysctlKey("net/ipv4/conf/a.b/rp_filter")?.name == "net.ipv4.conf.a/b.rp_filter")
    }

    @Test(arguments: [
        "", ".", "/", "..", "/net/core/somaxconn", ".net.core", "net..core", "net//core",
        "net/core/", "net.core.", "net/../core", "net/./core", "../etc/passwd", "net.//.core",
        "net/a\0b", "/proc/sys/net/core/somaxconn",
    ])
    func `is none where the name leads elsewhere`(name: String) {
        #expect(SysctlKey(name) == nil)
    }

    @Test func `that is any file of this kernel reads back`() throws {
        for directory in ["/proc/sys/net/core", "/proc/sys/net/ipv4", "/proc/sys/net/ipv4/conf"] {
            for name in try Root.host.names(in: directory) {
                let key = try #require(SysctlKey(path: directory.dropFirst(10) + "/" + name))
                #expect(SysctlKey(key.name) == key)
            }
        }
    }
}
