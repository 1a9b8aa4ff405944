import NIOCore
import Testing

@testable import Web

@Suite struct `Where a server listens` {
    @Test(arguments: [
        ("127.0.0.1:9765", ListenAddress.tcp(host: "127.0.0.1", port: 9765)),
        ("localhost:0", .tcp(host: "localhost", port: 0)), (":80", .tcp(host: "", port: 80)),
        ("[::1]:9765", .tcp(host: "::1", port: 9765)), ("[::]:1", .tcp(host: "::", port: 1)),
        ("unix:/run/a.sock", .unix(path: "/run/a.sock")),
    ])
    func `is read, and written again`(text: String, address: ListenAddress) throws {
        #expect(try ListenAddress(text) == address)
        #expect("\(address)" == text)
    }

    @Test(arguments: [
        ("", "HOST:PORT"), ("127.0.0.1", "HOST:PORT"), ("a:65536", "HOST:PORT"),
        ("a:-1", "HOST:PORT"), ("a:http", "HOST:PORT"), ("::1:9765", "brackets: [::1]:9765"),
        ("unix:relative", "must begin with /"),
        ("unix:/" + String(repeating: "a", count: 107), "shorter than 108"),
    ])
    func `is refused where it is none`(text: String, reason: String) {
        let error = #expect(throws: WebError.self) { try ListenAddress(text) }
        #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.255.0.9", true), ("::1", true), ("::ffff:127.0.0.1", true),
        ("0.0.0.0", false), ("::", false), ("10.0.0.1", false), ("128.0.0.1", false),
        ("fe80::1", false), ("::ffff:10.0.0.1", false), ("2001:db8::127", false),
    ])
    func `reaches other hosts or does not`(address: String, isLocal: Bool) throws {
        #expect(try SocketAddress(ipAddress: address, port: 1).isLocal == isLocal)
    }

    @Test func `a client is an address of IPv4 or a network of IPv6`() throws {
        let sources = try [
            "10.0.0.1", "10.0.0.2", "2001:db8::1", "2001:db8::2:0:0:1", "2001:db8:0:1::1",
            "::ffff:10.0.0.1", "::ffff:10.0.0.2",
        ].map { try SocketAddress(ipAddress: $0, port: 1).source }
        #expect(sources[2] == sources[3])
        #expect(Set(sources).count == 6)
    }
}
