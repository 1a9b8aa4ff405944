import Model
import Testing
import Text

@testable import Tuning

@Suite struct `The drop-in` {
    static let some = DropIn([
        entry("net.ipv4.ip_local_port_range", "1024 65535"),
        entry("net.ipv4.tcp_tw_reuse", "1"),
        entry("net.ipv4.ip_local_reserved_ports", "8080,9000-9010"),
        entry("net.core.somaxconn", "8192", profile: "web-server"),
    ])

    static func entry(_ key: String, _ value: String, profile: String = "outbound-reuse")
        -> DropIn.Entry
    {
        DropIn.Entry(
            key: key, value: value, profile: profile,
            digest: SHA256.hex(of: Array(profile.utf8)), id: "0123456789abcdef0123456789abcdef")
    }

    @Test func `is what it was once it is read back`() throws {
        let none = DropIn([Self.entry("net.ipv4.ip_local_reserved_ports", "")])
        for dropIn in [Self.some, DropIn(), none] {
            let bytes = dropIn.rendered()
            let again = try DropIn(parsing: bytes)
            #expect(again == dropIn)
            #expect(again.rendered() == bytes)
        }
    }

    @Test func `notices every byte that is changed, left out or put in`() {
        let bytes = Self.some.rendered()
        for index in bytes.indices {
            for change: (inout [UInt8]) -> Void in [
                { $0[index] ^= 1 }, { $0[index] ^= 0x80 }, { $0[index] = 0x0A },
                { $0.remove(at: index) }, { $0.insert(0x20, at: index) },
            ] {
                var other = bytes
                change(&other)
                guard other != bytes else { continue }
                let error = #expect(throws: Refusal.self, "at \(index)") {
                    try DropIn(parsing: other)
                }
                #expect(error?.kind == .conflict)
            }
        }
        for count in 0..<bytes.count {
            #expect(throws: Refusal.self) { try DropIn(parsing: Array(bytes.prefix(count))) }
        }
    }

    @Test(arguments: [
        ("net.ipv4.tcp_tw_reuse = 1\n", "was not written by tcptune"), ("", "was not written"),
        ("\u{0}\u{1}", "was not written"),
    ])
    func `takes nobody else's file for its own`(text: String, why: String) {
        let error = #expect(throws: Refusal.self) { try DropIn(parsing: Array(text.utf8)) }
        #expect(error?.kind == .conflict)
        #expect(error?.description.contains(why) == true)
    }

    @Test func `says which line was edited`() {
        let text = String(decoding: Self.some.rendered(), as: UTF8.self)
            .replacing("tcp_tw_reuse = 1", with: "tcp_tw_reuse = 0")
        let error = #expect(throws: Refusal.self) { try DropIn(parsing: Array(text.utf8)) }
        #expect(error?.description.contains("was edited") == true)
        let newer = text.replacing("# format 1", with: "# format 2")
        let other = #expect(throws: Refusal.self) { try DropIn(parsing: Array(newer.utf8)) }
        #expect(other?.description.contains("newer tcptune") == true)
    }

    @Test func `keeps one value a key, the later one`() {
        let merged = Self.some.merging([
            Self.entry("net.ipv4.tcp_tw_reuse", "2", profile: "kernel-defaults")
        ])
        #expect(merged.entries.count == 4)
        #expect(merged["net.ipv4.tcp_tw_reuse"]?.value == "2")
        #expect(merged["net.ipv4.tcp_tw_reuse"]?.profile == "kernel-defaults")
        #expect(merged.removing(["net.core.somaxconn"]).entries.count == 3)
    }

    @Test func `reserves ports before it widens the range`() {
        let keys = Self.some.entries.map(\.key)
        #expect(keys.first == "net.ipv4.ip_local_reserved_ports")
        #expect(keys.last == "net.ipv4.ip_local_port_range")
    }

    @Test func `lets no name become a line of its own`() throws {
        let hostile = DropIn([
            Self.entry(
                "net.ipv4.tcp_tw_reuse", "1",
                profile: "x\nkernel.core_pattern = |/bin/sh\u{202E}")
        ])
        let text = String(decoding: hostile.rendered(), as: UTF8.self)
        #expect(!text.contains("\nkernel"))
        #expect(try DropIn(parsing: hostile.rendered()) == hostile)
    }

    @Test func `knows what sysctl(8) would store in part`() {
        let ports = (0..<2000).map { "\(20000 + 2 * $0)" }.joined(separator: ",")
        let dropIn = DropIn([Self.entry("net.ipv4.ip_local_reserved_ports", ports)])
        #expect(dropIn.firstTooLong()?.key == "net.ipv4.ip_local_reserved_ports")
        #expect(Self.some.firstTooLong() == nil)
    }
}
