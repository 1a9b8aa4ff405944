import Glibc
import Model
import ScratchFiles
import Testing

@testable import Kernel
@testable import Resolver

@Suite struct `A name as it is entered` {
    private func refusal(_ name: String) -> NameResolution.Failure? {
        NameResolver().resolve(name).failure
    }

    @Test func `that nobody can have is refused with the reason`() throws {
        let label = String(repeating: "a", count: 63)
        for (name, why) in [
            ("", "empty"), (".", "empty"), ("a..b", "empty label"), (".a", "empty label"),
            ("a.b..", "empty label"), ("\(label)a.org", "64 bytes; a label has at most 63"),
            (String(repeating: "\(label).", count: 4) + "org", "259 bytes"),
            (String(repeating: "x", count: 300), "300 bytes; a name has at most 253"),
            ("a b", "0x20"), ("a\\b", "'\\'"), ("a/b", "'/'"), ("a\0b", "0x00"),
        ] {
            let failure = try #require(refusal(name))
            #expect(failure.reason == .badName && failure.text.contains(why), "\(failure)")
            #expect(failure.text.utf8.count < 200)
            #expect(IterativeResolver().resolve(name).failure == failure)
        }
        #expect(refusal("fe80::1%eth0")?.reason == .badName)
    }

    @Test func `may have 253 bytes`() throws {
        let label = String(repeating: "a", count: 63)
        let longest = "\(label).\(label).\(label).\(String(repeating: "b", count: 61))"
        #expect(longest.utf8.count == 253)
        #expect(try HostName.parse(longest).get().ascii == longest)
        #expect(try HostName.parse(longest + ".").get().isAbsolute)
        #expect(DNSQuestion(DNSName(longest), .a, recursionDesired: true).message(id: 1) != nil)
        #expect(try HostName.parse("_dmarc.a-b.Example").get().ascii == "_dmarc.a-b.Example")
    }

    @Test func `may be an address`() {
        for (name, address) in [
            ("192.0.2.1", "192.0.2.1"), ("::1", "::1"), ("127.1", "127.0.0.1"),
            ("0x7f.1", "127.0.0.1"), ("017700000001", "127.0.0.1"), ("2130706433", "127.0.0.1"),
            ("1.2.3", "1.2.0.3"), ("0", "0.0.0.0"), ("0177.0.0.1", "127.0.0.1"),
            ("010.0x10.1.2", "8.16.1.2"), ("0x7F000001", "127.0.0.1"),
            ("255.255.65535", "255.255.255.255"),
        ] {
            let found = NameResolver().resolve(name)
            #expect(found.answeredBy == .address)
            #expect(found.addresses.map(\.description) == [address])
            #expect(found.queries.isEmpty && found.failure == nil)
            #expect(found.notes.isEmpty == (name == address))
        }
        for name in [
            "256.1.1.1", "1.2.3.4.5", "08", "08.1.1.1", "1.2.3.4.", "1..2", "", "0x", "4294967296",
            "1.2.65536", "+1", "1e3",
        ] {
            #expect(NumericHost.parse(name) == nil, "\(name)")
        }
        var options = NameResolver.Options()
        options.family = .v6
        #expect(NameResolver(options).resolve("192.0.2.1").failure?.reason == .noData)
    }

    /// The same as glibc says, of whatever looks like an address.
    @Test func `is taken for an address where getaddrinfo takes it for one`() {
        var random = SysctlRandom(seed: 7)
        let numbers = [
            "0", "1", "00", "01", "017", "08", "255", "256", "0xff", "0XFF", "0x", "65535", "65536",
            "16777215", "16777216", "4294967295", "4294967296", "-1", "+1", "1a", "",
        ]
        for _ in 0..<4000 {
            let parts = (0..<Int.random(in: 1...5, using: &random)).map { _ in random.pick(numbers)
            }
            let text = parts.joined(separator: ".")
            #expect(NumericHost.parse(text)?.v4 == Self.glibc(text), "\(text)")
        }
    }

    /// Nil for a name.
    private static func glibc(_ text: String) -> UInt32? {
        var hints = unsafe addrinfo()
        unsafe hints.ai_flags = AI_NUMERICHOST
        unsafe hints.ai_family = AF_INET
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(text, nil, &hints, &list) == 0, let first = unsafe list else {
            return nil
        }
        defer { unsafe freeaddrinfo(list) }
        return unsafe first.pointee.ai_addr.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
            unsafe UInt32(bigEndian: $0.pointee.sin_addr.s_addr)
        }
    }

    @Test func `localhost never leaves the host`() throws {
        let tree = try HostTree(resolv: "nameserver 192.0.2.1\n", file: "")
        for name in ["localhost", "any.LOCALHOST", "localhost."] {
            let found = tree.resolve(name)
            #expect(found.answeredBy == .localhost && found.queries.isEmpty)
            #expect(Set(found.addresses.map(\.description)) == ["127.0.0.1", "::1"])
        }
        let named = try HostTree(file: "127.0.0.1 x\n127.0.0.1 localhost\n").resolve("localhost")
        #expect(named.answeredBy == .hosts(place: "/etc/hosts:2"))
    }

    @Test func `nscd and stubs are told of`() throws {
        let tree = try HostTree(
            resolv: "nameserver 127.0.0.53\nnameserver ::1\nnameserver 10.0.0.1\n")
        try tree.scratch.write("/run/nscd/socket", "")
        let read = try ResolverConfiguration.read(Root(path: tree.scratch.path))
        #expect(read.hasNameServiceCache)
        #expect(read.servers.map(\.kind) == [.systemdResolved, .local, nil])
    }
}
