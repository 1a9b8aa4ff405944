import Catalogue
import Testing

@Suite struct `A canonical value` {
    private func knob(_ key: String) throws -> Knob {
        try #require(Knob.all.first { $0.key == key })
    }

    @Test func `is the same however it was spelt`() throws {
        let range = try knob("net.ipv4.ip_local_port_range")
        #expect(range.canonical("32768\t60999") == "32768 60999")
        #expect(range.canonical(" 32768  60999\n") == "32768 60999")
        #expect(range.numbers("32768 60999") == [32768, 60999])
        let ports = try knob("net.ipv4.ip_local_reserved_ports")
        #expect(ports.canonical("9000,8080,8081") == "8080-8081,9000")
        #expect(ports.canonical("") == "")
        #expect(try knob("net.ipv4.tcp_congestion_control").canonical("cubic") == "cubic")
    }

    @Test(arguments: ["010", "0x10", "+1", "-0", "1 2", "", "1x", "１", "1,2"])
    func `is not made of what the kernel would misread`(text: String) throws {
        #expect(try knob("net.ipv4.tcp_fin_timeout").canonical(text) == nil)
    }

    @Test func `has as many numbers as the knob`() throws {
        #expect(try knob("net.ipv4.tcp_rmem").canonical("4096 131072") == nil)
        #expect(
            try knob("net.ipv4.tcp_rmem").canonical("4096 131072 6291456") == "4096 131072 6291456")
        #expect(try knob("net.ipv4.tcp_fin_timeout").canonical("-1") == "-1")
    }
}
