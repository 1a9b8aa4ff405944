import Glibc
import Testing

@testable import Kernel

@Suite struct `A notice to systemd` {
    @Test func `goes to a path, or after an at sign to a name of no file`() {
        let family = [UInt8(AF_UNIX), 0]
        #expect(ServiceNotice.address("/run/n") == family + Array("/run/n\0".utf8))
        #expect(ServiceNotice.address("@n") == family + [0] + Array("n".utf8))
    }

    @Test(arguments: ["", "@", "run/n", "vsock:2:1234", "/" + String(repeating: "x", count: 107)])
    func `goes nowhere else`(_ name: String) {
        #expect(ServiceNotice.address(name) == nil)
    }

    @Test(arguments: [true, false])
    func `arrives as one datagram`(_ isAbstract: Bool) throws {
        let name = "\(isAbstract ? "@" : "/tmp/")tcptune-test-\(getpid())"
        let address = try #require(ServiceNotice.address(name))
        let socket = Glibc.socket(AF_UNIX, 2, 0)
        defer {
            close(socket)
            if !isAbstract { unsafe _ = unlink(name) }
        }
        let bound = unsafe address.withUnsafeBytes {
            unsafe bind(
                socket, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                socklen_t($0.count))
        }
        #expect(bound == 0)
        try ServiceNotice.send("READY=1", to: name)
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = unsafe recv(socket, &buffer, 64, 0)
        #expect(Array(buffer.prefix(max(count, 0))) == Array("READY=1".utf8))
    }

    @Test func `to nobody is an error`() {
        let error = #expect(throws: KernelError.self) {
            try ServiceNotice.send("READY=1", to: "@tcptune-test-nobody-\(getpid())")
        }
        #expect(error?.code == ECONNREFUSED)
    }
}
