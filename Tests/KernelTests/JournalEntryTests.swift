import Glibc
import Testing

@testable import Kernel

@Suite struct `An entry of the journal` {
    @Test func `has a line for each field, and lengths where a value has several`() {
        var entry = JournalEntry()
        entry.add("MESSAGE", "news\nand more")
        entry.add("PRIORITY", "2")
        entry.add("TCPTUNE_SUBJECT", "x=y")
        let wanted =
            Array("MESSAGE\n".utf8) + [13, 0, 0, 0, 0, 0, 0, 0] + Array("news\nand more\n".utf8)
            + Array("PRIORITY=2\nTCPTUNE_SUBJECT=x=y\n".utf8)
        #expect(entry.bytes == wanted)
    }

    @Test func `arrives, and is an error that is told apart where nobody reads`() throws {
        let name = "/tmp/tcptune-test-journal-\(getpid())"
        let address = try #require(ServiceNotice.address(name))
        let socket = Glibc.socket(AF_UNIX, 2, 0)
        let bound = unsafe address.withUnsafeBytes {
            unsafe bind(
                socket, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                socklen_t($0.count))
        }
        #expect(bound == 0)
        defer { unsafe _ = unlink(name) }
        var entry = JournalEntry()
        entry.add("MESSAGE", String(repeating: "x", count: 10_000))
        try entry.send(to: name)
        var buffer = [UInt8](repeating: 0, count: 20_000)
        #expect(unsafe recv(socket, &buffer, buffer.count, 0) == 10_009)
        // One that reads nothing is not waited for.
        var failure: KernelError?
        for _ in 0..<10_000 where failure == nil {
            do throws(KernelError) { try entry.send(to: name) } catch { failure = error }
        }
        #expect(failure?.code == EAGAIN && failure?.isWithoutReader == false)
        close(socket)
        for place in [name, name + "-absent"] {
            let error = #expect(throws: KernelError.self) { try entry.send(to: place) }
            #expect(error?.isWithoutReader == true)
        }
    }
}
