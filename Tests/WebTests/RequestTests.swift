import NIOCore
import Testing

@testable import Web

@Suite struct `What a request asks for` {
    @Test(arguments: [
        ("/", "/", ""), ("/a%20b", "/a b", ""), ("/a+b", "/a+b", ""),
        ("/metrics?x=1&y=a+b&z", "/metrics", "x=1,y=a b,z="),
        ("/?at=2026-12-01T00%3A00%3A00Z", "/", "at=2026-12-01T00:00:00Z"),
        ("/?a=b=c&&d", "/", "a=b=c,d="), ("http://host:1/p?q=1", "/p", "q=1"),
        ("http://host", "/", ""), ("http://host?q=1", "/", "q=1"), ("/%C3%A9", "/é", ""),
        ("//double", "//double", ""), ("/a#b?c=1", "/a", ""),
    ])
    func `is its path and its query, decoded`(target: String, path: String, query: String) throws {
        let request = try #require(WebRequest(method: "GET", target: target, accept: nil))
        #expect(request.path == path)
        #expect(request.query.map { "\($0.name)=\($0.value)" }.joined(separator: ",") == query)
    }

    @Test(arguments: [
        "", "*", "host:443", "/%", "/%4", "/%zz", "/%00", "/%ff", "/?a=%", "ftp://x/",
    ])
    func `is nothing where the target is no path`(target: String) {
        #expect(WebRequest(method: "GET", target: target, accept: nil) == nil)
    }

    @Test func `has the first value of a name`() {
        let request = WebRequest(method: "GET", target: "/?at=1&at=2&b", accept: nil)
        #expect(request?["at"] == "1")
        #expect(request?["b"] == "")
        #expect(request?["c"] == nil)
    }
}

@Suite struct `What is read by itself` {
    @Test(arguments: [
        ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYmFy", "foobar"),
        ("+/+/", "\u{fb}"),
    ])
    func `base 64 is decoded`(letters: String, text: String) {
        let bytes = Base64.decoded(letters.utf8)
        #expect(bytes == (letters == "+/+/" ? [0xFB, 0xFF, 0xBF] : Array(text.utf8)))
    }

    @Test(arguments: ["Z", "Zg", "Zg=", "Zg===", "====", "Z===", "Zm9v!mFy", "Z=9v", "Zm9v\n"])
    func `what is no base 64 is refused`(letters: String) {
        #expect(Base64.decoded(letters.utf8) == nil)
    }

    @Test func `a name and a password are taken apart at the first colon`() {
        let found = Credentials("Basic YWxpY2U6YTpi")
        #expect(found?.user == "alice")
        #expect(found?.password == Array("a:b".utf8))
        #expect(Credentials("basic  YWxpY2U6")?.password == [])
        for header in ["", "Basic", "Basic YWxpY2U=", "Bearer YWxpY2U6YTpi", "Basic /zo="] {
            #expect(Credentials(header) == nil, "\(header)")
        }
    }

    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
    ])
    func `a time is written as RFC 9110 has it`(seconds: Int, text: String) {
        #expect(HTTPDate.text(seconds) == text)
    }

    @Test(arguments: [
        ("0", Duration.zero), ("1s", .seconds(1)), ("1m30s", .seconds(90)),
        ("1.5h", .seconds(5400)),
        ("250ms", .milliseconds(250)), ("10us", .microseconds(10)), ("10µs", .microseconds(10)),
        ("7ns", .nanoseconds(7)), ("1000000000", .seconds(1)),
    ])
    func `a duration is read as Go writes it`(text: String, duration: Duration) {
        #expect(GoDuration.parsed(text) == duration)
    }

    @Test(arguments: ["", "-1s", "-1", "1", "s", "1x", "1s2", "1.2.3s", "1e300h", "1 s", "one"])
    func `what is no duration is refused, but for a number of nanoseconds`(text: String) {
        #expect((GoDuration.parsed(text) == nil) == (text != "1"))
    }

    @Test func `a request within the rate takes a token, which come back one an interval`() {
        let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
        var bucket = TokenBucket(RequestRate(interval: .seconds(1), burst: 2), now: start)
        let asked = [0, 0, 0, 999, 1000, 1000, 9000, 9000, 9000]
        let taken = asked.map { bucket.take(start + .milliseconds(Int64($0))) }
        #expect(taken == [true, true, false, false, true, false, true, true, false])
    }

    @Test func `no more passwords are begun in any second than may be`() {
        var starts = RecentStarts(perSecond: 2)
        var begun: [Int] = []
        for millisecond in 0..<5000 {
            let now = NIODeadline.uptimeNanoseconds(UInt64(5000 + millisecond) * 1_000_000)
            if starts.nextStart(now: now) == nil {
                starts.begin(now)
                begun.append(millisecond)
            }
        }
        #expect(begun == [0, 1, 1000, 1001, 2000, 2001, 3000, 3001, 4000, 4001])
    }
}
