import Model
import Testing

@testable import Resolver

@Suite struct `A message of a name server` {
    private typealias Bytes = DNSBytes

    @Test func `is taken apart`() throws {
        let owner = Bytes.pointer(12)
        let bytes =
            Bytes.header(flags: 0x8583, answers: 3, authorities: 1, additional: 2)
            + Bytes.question("www.example.org")
            + Bytes.record(owner, .cname, life: 0x8000_0001, Bytes.name("a\u{7}b.c"))
            + Bytes.record(owner, .a, [192, 0, 2, 1])
            + Bytes.record(owner, .txt, [3, 0x61, 0x22, 0xFF, 1, 0x62])
            + Bytes.record(
                Bytes.name("org"), .soa, life: 900,
                Bytes.name("m") + Bytes.name("h.m")
                    + [1, 2, 3, 4, 300].flatMap { Bytes.number(0) + Bytes.number($0) })
            + Bytes.record(owner, DNSType(rawValue: 65280), [0, 0xFF])
            + Bytes.record([0], .opt, life: 0x0100_0000, kind: 1232, [])
        let message = try #require(DNSMessage(bytes))
        #expect(message.id == 7 && message.isResponse && message.authoritative)
        #expect(!message.truncated && message.recursionDesired && message.recursionAvailable)
        // The extension carries the upper bits of the code.
        #expect(message.code.description == "RCODE19")
        #expect(message.question == DNSMessage.Question(DNSName("WWW.example.org."), .a))
        #expect(
            message.answers.map { "\($0.name) \($0.type) \($0.life) \($0.text)" } == [
                #"www.example.org CNAME 0 a\007b.c"#, "www.example.org A 60 192.0.2.1",
                #"www.example.org TXT 60 "a\"\255" "b""#,
            ])
        #expect(message.authorities[0].content == .authority(negativeLife: 300))
        #expect(message.authorities[0].text == "m h.m 1 2 3 4 300")
        #expect(message.additional.map { "\($0.type) \($0.text)" } == ["TYPE65280 \\# 2 00ff"])
    }

    @Test func `that is cut, or leads in circles, is none`() throws {
        let question = Bytes.question("a.example")
        let whole =
            Bytes.header(answers: 1) + question + Bytes.record(Bytes.pointer(12), .a, [1, 2, 3, 4])
        #expect(DNSMessage(whole) != nil)
        for count in 0..<whole.count { #expect(DNSMessage(Array(whole.prefix(count))) == nil) }
        for (what, bytes) in [
            ("to itself", Bytes.header() + Bytes.pointer(12) + [0, 1, 0, 1]),
            ("forward", Bytes.header() + Bytes.pointer(14) + Bytes.pointer(12) + [0, 1, 0, 1]),
            ("outside", Bytes.header() + Bytes.pointer(0x3FFF) + [0, 1, 0, 1]),
            ("label loop", Bytes.header() + [1, 0x61] + Bytes.pointer(12) + [0, 1, 0, 1]),
            ("odd label", Bytes.header() + [0x80, 0, 0, 1, 0, 1]),
            ("more answers", Bytes.header(answers: 0xFFFF) + question),
            ("two questions", Bytes.header(questions: 2) + question + question),
            ("other class", Bytes.header() + Bytes.name("a") + [0, 1, 0, 3]),
            (
                "long data",
                Bytes.header(answers: 1) + question
                    + Bytes.record([0], .a, [1, 2, 3, 4], length: 5)
            ),
            ("short address", Bytes.header(answers: 1) + question + Bytes.record([0], .a, [1, 2])),
            (
                "name beyond its data",
                Bytes.header(answers: 1) + question
                    + Bytes.record([0], .ns, Bytes.name("ns.example"), length: 3)
            ),
            (
                "too long a name",
                Bytes.header()
                    + (0..<5).flatMap { _ in [63] + [UInt8](repeating: 0x61, count: 63) }
                    + [0, 0, 1, 0, 1]
            ),
        ] {
            #expect(DNSMessage(bytes) == nil, "\(what)")
        }
        // One that says it was cut is taken as far as it goes.
        let cut = Bytes.header(flags: 0x8380, answers: 2) + question
        #expect(DNSMessage(cut)?.truncated == true)
    }

    @Test func `answers one question and no other`() throws {
        let question = DNSQuestion(DNSName("a.example"), .a, recursionDesired: true)
        func message(_ flags: UInt16, _ question: [UInt8]?) throws -> DNSMessage {
            try #require(
                DNSMessage(
                    Bytes.header(flags: flags, questions: question == nil ? 0 : 1)
                        + (question ?? [])))
        }
        let right = try message(0x8180, Bytes.question("A.Example"))
        #expect(question.isAnswered(by: right, id: 7))
        #expect(!question.isAnswered(by: right, id: 8))
        for wrong in [
            try message(0x0100, Bytes.question("a.example")),
            try message(0x8180, Bytes.question("b.example")),
            try message(0x8180, Bytes.question("a.example", .aaaa)), try message(0x8180, nil),
        ] {
            #expect(!question.isAnswered(by: wrong, id: 7))
        }
        #expect(question.isAnswered(by: try message(0x8182, nil), id: 7))
    }

    @Test func `is asked for as glibc builds it`() throws {
        let plain = DNSQuestion(DNSName("www.example.org"), .aaaa, recursionDesired: true)
        let bytes = try #require(plain.message(id: 0x0102))
        let expected =
            [1, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0] + Bytes.question("www.example.org", .aaaa)
        #expect(bytes == expected)
        let extended = DNSQuestion(.root, .ns, recursionDesired: false, room: 1232)
        let more = try #require(extended.message(id: 0))
        #expect(
            more == [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1] + Bytes.question("", .ns)
                + [0, 0, 41, 4, 0xD0, 0, 0, 0, 0, 0, 0])
        #expect(DNSMessage(more)?.question?.name == .root)
    }

    @Test func `means what it says of the zone`() throws {
        func verdict(
            _ flags: UInt16, answers: [[UInt8]] = [], authorities: [[UInt8]] = [],
            zone: String = "org"
        ) throws -> ServerVerdict {
            let message = try #require(
                DNSMessage(
                    Bytes.header(
                        flags: flags, answers: UInt16(answers.count),
                        authorities: UInt16(authorities.count)) + Bytes.question("a.b.org")
                        + answers.joined() + authorities.joined()))
            let question = DNSQuestion(DNSName("a.b.org"), .a, recursionDesired: false)
            return ServerVerdict(message, to: question, in: DNSName(zone))
        }
        func servers(_ zone: String) -> [[UInt8]] {
            ["ns.x", "ns.y"].map { Bytes.record(Bytes.name(zone), .ns, Bytes.name($0)) }
        }
        let address = Bytes.record(Bytes.name("a.b.org"), .a, [1, 2, 3, 4])
        #expect(try verdict(0x8400, answers: [address]) == .settled)
        #expect(try verdict(0x8400) == .settled)
        #expect(try verdict(0x8403) == .settled)
        let down = ServerVerdict.referral(
            DNSName("b.org"), servers: [DNSName("ns.x"), DNSName("ns.y")])
        #expect(try verdict(0x8000, authorities: servers("b.org")) == down)
        for lame in [
            // Refused; an answer, or that there is none, from one who is no authority; up, aside, or to itself.
            try verdict(0x8005), try verdict(0x8002), try verdict(0x8080, answers: [address]),
            try verdict(0x8003), try verdict(0x8000), try verdict(0x8000, authorities: servers("")),
            try verdict(0x8000, authorities: servers("org")),
            try verdict(0x8000, authorities: servers("c.org")),
            try verdict(0x8000, authorities: servers("b.org"), zone: "b.org"),
        ] {
            guard case .lame = lame else {
                Issue.record("\(lame) is not lame")
                continue
            }
        }
    }

    @Test func `has names that are alike label by label`() {
        #expect(DNSName("A.Example.") == DNSName("a.example"))
        #expect(DNSName("a.b.org").isWithin(DNSName("B.org")))
        #expect(!DNSName("ab.org").isWithin(DNSName("b.org")))
        #expect(DNSName(".").isRoot && DNSName("").isRoot && DNSName("a").isWithin(.root))
        // An escaped dot parts no labels.
        #expect(!DNSName(#"a\.b.org"#).isWithin(DNSName("b.org")))
        #expect(DNSName(#"a\.b.org"#).depth == 2 && DNSName(#"a\\.b.org"#).depth == 3)
        #expect(DNSName("a").below(DNSName("b.org.")).text == "a.b.org")
    }
}
