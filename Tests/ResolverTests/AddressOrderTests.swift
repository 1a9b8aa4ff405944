import Model
import ScratchFiles
import Testing

@testable import Resolver

/// The examples of RFC 6724 §10.2, and what the kernel makes of a host's own addresses.
@Suite struct `The order of addresses` {
    private func candidate(
        _ address: String, from source: String?, isDeprecated: Bool = false, prefix: Int = 128
    ) throws -> AddressOrder.Candidate {
        AddressOrder.Candidate(
            address: try #require(IPAddress(address)), source: source.flatMap { IPAddress($0) },
            isDeprecated: isDeprecated, prefix: prefix)
    }

    private func order(
        _ candidates: [(String, String?)], deprecated: Set<String> = []
    ) throws -> [String] {
        let made = try candidates.map {
            try candidate($0.0, from: $0.1, isDeprecated: deprecated.contains($0.1 ?? ""))
        }
        let sorted = AddressOrder.sorted(made).map(\.description)
        // Whatever the order that they came in, unless none of the rules tells them apart.
        #expect(AddressOrder.sorted(made.reversed()).map(\.description) == sorted)
        return sorted
    }

    @Test func `is that of the RFC's examples`() throws {
        // Prefer matching scope.
        #expect(
            try order([
                ("2001:db8:1::1", "2001:db8:1::2"), ("198.51.100.121", "169.254.13.78"),
            ]) == ["2001:db8:1::1", "198.51.100.121"])
        #expect(
            try order([
                ("2001:db8:1::1", "fe80::1"), ("198.51.100.121", "198.51.100.117"),
            ]) == ["198.51.100.121", "2001:db8:1::1"])
        // Prefer higher precedence.
        #expect(
            try order([("10.1.2.3", "10.1.2.4"), ("2001:db8:1::1", "2001:db8:1::2")])
                == ["2001:db8:1::1", "10.1.2.3"])
        // Prefer smaller scope.
        #expect(
            try order([("2001:db8:1::1", "2001:db8:1::2"), ("fe80::1", "fe80::2")])
                == ["fe80::1", "2001:db8:1::1"])
        // Prefer matching label.
        #expect(
            try order([
                ("2002:c633:6401::1", "2002:c633:6401::2"), ("2001:db8:1::1", "2002:c633:6401::2"),
            ])
                == ["2002:c633:6401::1", "2001:db8:1::1"])
        #expect(
            try order([
                ("2002:c633:6401::1", "2002:c633:6401::2"), ("2001:db8:1::1", "2001:db8:1::2"),
            ]) == ["2001:db8:1::1", "2002:c633:6401::1"])
    }

    @Test func `avoids what no route leads to, and sources that are deprecated`() throws {
        #expect(
            try order([("2001:db8::1", nil), ("192.0.2.1", "192.0.2.9")])
                == ["192.0.2.1", "2001:db8::1"])
        #expect(
            try order(
                [("2001:db8:1::1", "2001:db8:1::2"), ("192.0.2.1", "192.0.2.9")],
                deprecated: ["2001:db8:1::2"]) == ["192.0.2.1", "2001:db8:1::1"])
        // A unique local address from a global one: its label does not match.
        #expect(
            try order([("fd00::1", "2001:db8::2"), ("192.0.2.1", "192.0.2.9")])
                == ["192.0.2.1", "fd00::1"])
        #expect(
            try order([("fd00::1", "fd00::2"), ("192.0.2.1", "192.0.2.9")])
                == ["192.0.2.1", "fd00::1"])
        #expect(try order([("127.0.0.1", "127.0.0.1"), ("::1", "::1")]) == ["::1", "127.0.0.1"])
    }

    @Test func `prefers the longest prefix in common, as far as the source's own goes`() throws {
        let near = try candidate("2001:db8:1::1", from: "2001:db8:1::2", prefix: 64)
        let far = try candidate("2001:db8:3ffe::1", from: "2001:db8:1::2", prefix: 64)
        #expect(AddressOrder.sorted([far, near]).first == near.address)
        // Within the source's prefix both are as near.
        let one = try candidate("2001:db8:1::8", from: "2001:db8:1::9", prefix: 64)
        #expect(AddressOrder.sorted([near, one]).first == near.address)
        #expect(AddressOrder.sorted([one, near]).first == one.address)
        // What a server hands out in turns stays in its order.
        let four = try ["192.0.2.7", "198.51.100.1", "192.0.2.1"].map {
            try candidate($0, from: "192.0.2.2")
        }
        #expect(AddressOrder.sorted(four) == four.map(\.address))
    }

    @Test func `reads prefixes and flags as the kernel writes them`() throws {
        let own = OwnAddress.parse(
            """
            00000000000000000000000000000001 01 80 10 80       lo
            fe80000000000000021122fffe334455 02 40 20 80     eth0
            20010db8000000000000000000000002 02 40 00 20     eth0
            broken
            """)
        #expect(own.count == 3)
        let deprecated = try #require(IPAddress("2001:db8::2"))
        #expect(own[deprecated] == OwnAddress(prefix: 64, isDeprecated: true))
        #expect(own[IPAddress(high: 0, low: 1)] == OwnAddress(prefix: 128, isDeprecated: false))
    }

    @Test func `is said to be another one where the host has its own for getaddrinfo`() throws {
        let tree = try HostTree(file: "127.0.0.1 two one\n::1 two\n")
        func isSaid(_ name: String) -> Bool {
            tree.resolve(name).notes.contains { $0.contains("/etc/gai.conf") }
        }
        #expect(tree.resolve("two").addresses.count == 2)
        #expect(!isSaid("two"))
        try tree.scratch.write("/etc/gai.conf", "#precedence ::ffff:0:0/96  100\nreload no\n")
        #expect(!isSaid("two"))
        try tree.scratch.write("/etc/gai.conf", "# mine\n  precedence  ::ffff:0:0/96  100\n")
        #expect(isSaid("two") && !isSaid("one"))
    }
}
