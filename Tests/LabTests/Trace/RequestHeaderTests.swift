import Model
import Testing

@testable import Kernel
@testable import Lab
@testable import Resolver

@Suite struct `A field of a request` {
    private static func lines(_ texts: String..., isFirst: Bool = true) throws -> [String] {
        let url = try TraceURL("http://www.test:81/x")
        return RequestHeader.lines(
            url, authority: url.authority(), agent: "own",
            given: texts.compactMap(RequestHeader.init),
            isFirst: isFirst
        ).sent
    }

    @Test func `is added, replaced or left out, as curl does it`() throws {
        #expect(
            try Self.lines() == [
                "GET /x HTTP/1.1", "Host: www.test:81", "User-Agent: own", "Accept: */*",
                "Connection: keep-alive",
            ])
        #expect(
            try Self.lines("HOST: other", "user-agent:", "accept: a", "Accept: b", "X-E;", "X:y z ")
                == [
                    "GET /x HTTP/1.1", "HOST: other", "Connection: keep-alive", "accept: a",
                    "Accept: b", "X-E:", "X: y z ",
                ])
        #expect(try !Self.lines("Host:").contains { $0.hasPrefix("Host") })
    }

    @Test func `that belongs to one server goes to no other`() throws {
        let given = ["Authorization: a", "cookie: b", "Host: c", "X: d"]
        let away = try Self.lines(given[0], given[1], given[2], given[3], isFirst: false)
        #expect(away.contains("Host: www.test:81") && away.contains("X: d"))
        #expect(!away.contains(given[0]) && !away.contains(given[1]))
        #expect(try Self.lines(given[0], given[1]).suffix(2) == [given[0], given[1]])
    }

    @Test(arguments: ["", ":", ": x", "a b: c", "a", "@file", "a: b\nc", "ä: b", "a: \u{7f}"])
    func `that is none is refused`(_ text: String) {
        #expect(RequestHeader(text) == nil)
    }
}

@Suite struct `Addresses that are given` {
    @Test func `are those of their host and port, the last that fits`() throws {
        let fixed = ["a.test:80:192.0.2.1", "*:80:192.0.2.2,[::2],::3", "A.test:443:[::1]"]
            .compactMap(FixedAddresses.init)
        #expect(fixed.count == 3)
        func addresses(_ url: String, _ family: AddressFamily = .any) throws -> [String]? {
            fixed.resolution(of: try TraceURL(url), family: family)?.addresses.map(\.description)
        }
        #expect(try addresses("http://a.test/") == ["192.0.2.2", "::2", "::3"])
        #expect(try addresses("http://b.test/", .v6) == ["::2", "::3"])
        #expect(try addresses("https://a.test./") == ["::1"])
        #expect(try addresses("https://b.test/") == nil)
        #expect(
            fixed.resolution(of: try TraceURL("https://a.test/"), family: .v4)?.failure?.reason
                == .noData)
    }

    @Test(arguments: [
        "", "a:80", "a:80:", "a:80:x", "a:80:[1.2.3.4]", "a:x:::1", ":80:::1", "a:80:1.1.1.1,",
    ])
    func `that are none are refused`(_ text: String) {
        #expect(FixedAddresses(text) == nil)
    }
}
