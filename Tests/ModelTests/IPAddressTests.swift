import Testing

@testable import Model

@Suite struct `An IP address` {
    @Test(arguments: [
        "0.0.0.0", "127.0.0.1", "255.255.255.255", "::", "::1", "1::", "fe80::1:0:0:1",
        "2001:db8::1:0:0:1", "1:2:3:4:5:6:7:8", "1:0:2:0:3:0:4:0", "::2:0:0:0:0",
    ])
    func `reads back what it writes`(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(IPAddress(address.description) == address)
    }

    @Test func `is written as RFC 5952 says`() {
        #expect(IPAddress("2001:DB8:0:0:0:0:0:1")?.description == "2001:db8::1")
        #expect(IPAddress("1:0:0:2:0:0:0:3")?.description == "1:0:0:2::3")
        #expect(IPAddress("1:0:2:3:4:5:6:7")?.description == "1:0:2:3:4:5:6:7")
    }

    @Test func `that is v4-mapped is an IPv4 address`() {
        #expect(IPAddress("::ffff:10.0.0.1") == IPAddress("10.0.0.1"))
        #expect(IPAddress("10.0.0.1")?.description == "10.0.0.1")
    }

    @Test(arguments: [
        "", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.-4", "+1.2.3.4", ":", ":::", "1::2::3",
        "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "g::", "[::1]", "fe80::1%eth0", "::1.2.3",
    ])
    func `refuses what is none`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func `knows loopback`() {
        #expect(IPAddress("127.9.9.9")?.isLoopback == true)
        #expect(IPAddress("::1")?.isLoopback == true)
        #expect(IPAddress("10.0.0.1")?.isLoopback == false)
    }
}
