import Testing

@testable import Lab

@Suite struct `An address as it is entered` {
    @Test func `that grows beyond the limit when it is encoded is refused`() throws {
        // Each of them is two bytes, and six in a request.
        let letters = String(repeating: "é", count: 3000)
        #expect(throws: TraceURLError.self) { try TraceURL("http://a/\(letters)") }
        let fewer = try TraceURL("http://a/\(letters.prefix(2700))")
        #expect(try TraceURL(fewer.description) == fewer)
    }

    @Test(
        arguments: [
            ("http://example.org", "http://example.org/"),
            ("HTTP://Example.ORG:80/a", "http://example.org/a"),
            ("https://example.org:443?q=1", "https://example.org/?q=1"),
            (
                "http://example.org:8080/a b".replacing(" ", with: "%20"),
                "http://example.org:8080/a%20b"
            ),
            ("http://[::1]:8080/x#part", "http://[::1]:8080/x"),
            ("http://[2001:DB8:0:0::1]/", "http://[2001:db8::1]/"),
            ("http://127.0.0.1:00080/", "http://127.0.0.1/"),
            ("http://h:/", "http://h/"), ("http://h./x", "http://h./x"),
            ("http://h/ä?ö", "http://h/%c3%a4?%c3%b6"), ("http://h/%zz%4", "http://h/%zz%4"),
            ("http://h/a/./b/../c", "http://h/a/c"), ("http://h/../..", "http://h/"),
            ("http://h/a/..", "http://h/"), ("http://h/a\\b\"<>", "http://h/a\\b\"<>"),
            ("http://bücher.example/", "http://bücher.example/"),
            ("http://127.1:81/", "http://127.0.0.1:81/"),
            ("http://0x7f000001/", "http://127.0.0.1/"),
            ("http://0177.0.0.1/", "http://127.0.0.1/"), ("http://1.2.3/", "http://1.2.0.3/"),
            ("http://[::1%lo]:81/", "http://[::1%25lo]:81/"),
            ("http://[fe80::1%25eth0]/x", "http://[fe80::1%25eth0]/x"),
            ("http://[fe80::1%2]/", "http://[fe80::1%252]/"),
        ])
    func `is taken apart and put together again`(_ text: String, _ whole: String) throws {
        let url = try TraceURL(text)
        #expect(url.description == whole)
        #expect(try TraceURL(url.description) == url)
        #expect(url.target.utf8.allSatisfy { 0x21...0x7E ~= $0 })
    }

    /// Those of RFC 3986 §5.4 that stay within http.
    @Test(
        arguments: [
            ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"), ("//g", "http://g/"), ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q"), ("g#s", "http://a/b/c/g"),
            (";x", "http://a/b/c/;x"), ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"),
            ("./", "http://a/b/c/"), ("..", "http://a/b/"), ("../", "http://a/b/"),
            ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../g", "http://a/g"),
            ("../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"),
            ("g.", "http://a/b/c/g."), ("..g", "http://a/b/c/..g"), ("./../g", "http://a/b/g"),
            ("g;x=1/./y", "http://a/b/c/g;x=1/y"), ("g?y/../x", "http://a/b/c/g?y/../x"),
            ("https://b:1/x", "https://b:1/x"),
            // What servers send although they should not, as curl takes it.
            ("/a b?c d", "http://a/a%20b?c+d"), ("http:/b/x", "http://b/x"),
            ("http:///b/x", "http://b/x"), ("//u:p@b/x", "http://b/x"),
            ("http://u:p@b/x?@", "http://b/x?@"),
            ("http://bücher.example/ü", "http://bücher.example/%c3%bc"),
            ("/%zz\"<>", "http://a/%zz\"<>"), ("\\g", "http://a/b/c/\\g"),
        ])
    func `leads where a reference says`(_ reference: String, _ whole: String) throws {
        #expect(try TraceURL("http://a/b/c/d;p?q").resolving(reference).description == whole)
    }

    @Test func `leads nowhere where a reference says nothing that can be followed`() throws {
        for reference in ["127.0.0.1:81/x", "mailto:x", "ftp://b/", "http:x", "/a\tb", "//", "1:2"]
        {
            #expect(throws: TraceURLError.self, "\(reference)") {
                try TraceURL("http://a/b/c").resolving(reference)
            }
        }
        // Bytes that are no UTF-8 are those that the server gets.
        let latin = Array("/caf".utf8) + [0xE9] + Array("?".utf8) + [0xE9]
        #expect(try TraceURL("http://a/").resolving(latin).target == "/caf%e9?%e9")
    }

    @Test func `names an interface to this host alone`() throws {
        let url = try TraceURL("http://[fe80::1%eth0]:81/")
        #expect(url.host == "fe80::1" && url.zone == "eth0")
        #expect(url.authority() == "[fe80::1]:81")
        #expect(try url.resolving("/x").zone == "eth0")
        for bad in ["%", "%25", "%a%b", "%sixteen-letters-"] where bad != "%25" {
            #expect(throws: TraceURLError.self, "\(bad)") {
                try TraceURL("http://[fe80::1\(bad)]/")
            }
        }
    }

    @Test func `is named to the server without the port of its scheme`() throws {
        #expect(try TraceURL("http://h:80/").authority() == "h")
        #expect(try TraceURL("https://h:80/").authority() == "h:80")
        #expect(try TraceURL("http://[::1]:81/").authority() == "[::1]:81")
        #expect(try TraceURL("http://bücher.example/").authority(ascii: "xn--x") == "xn--x")
    }
}
