import Testing

@testable import Lab

@Suite struct `What a server says first` {
    @Test(arguments: [
        (
            "SSH-2.0-OpenSSH_9.2\r\n",
            "; it begins with \"SSH-2.0-OpenSSH_9.2\", as SSH servers do"
        ),
        (
            "220 mail ESMTP\r\n",
            "; it begins with \"220 mail ESMTP\", as SMTP or FTP servers do"
        ),
        ("\u{15}\u{3}\u{1}\0\u{2}", "; it begins, as TLS servers do"),
        ("hello\u{1b}[31m", "; it begins with \"hello\""), ("a\u{1b}b", ""), ("", ""),
    ])
    func `is cited as far as it can be read`(said: String, words: String) {
        #expect(Greeting(said.utf8).words == words)
    }

    @Test func `is cited to its sixtieth byte`() {
        let greeting = Greeting(String(repeating: "x", count: 9999).utf8)
        #expect(greeting.text?.utf8.count == Greeting.mostBytes && greeting.server == nil)
    }

    @Test func `is part of why it is no response`() {
        var reader = ResponseReader()
        let bytes = Array("+OK POP3 ready\r\n".utf8)
        #expect(
            reader.take(bytes, count: bytes.count)
                == .bad(
                    "it does not begin with HTTP/1; it begins with \"+OK POP3 ready\", as POP3 servers do"
                ))
    }

    @Test(arguments: [("www.test.", "www.test"), ("www.test", "www.test."), ("*", "www.test.")])
    func `is heard at the address that is given, with a final dot or without`(
        given: String, asked: String
    ) throws {
        let fixed = try #require(FixedAddresses("\(given):80:127.0.0.1"))
        #expect(fixed.isFor(try TraceURL("http://\(asked)/")))
        #expect(!fixed.isFor(try TraceURL("http://\(asked):81/")))
    }
}
