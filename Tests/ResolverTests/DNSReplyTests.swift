import Model
import Testing

@testable import Resolver

@Suite struct `An answer as a server gives it` {
    private func asked(_ type: DNSType) throws -> [UInt8] {
        try #require(
            DNSQuestion(DNSName("www.shop.test"), type, recursionDesired: true).message(id: 77))
    }

    @Test(arguments: [
        (DNSType.a, IPAddress(v4: 0xC000_0201)),
        (.aaaa, IPAddress(high: 0x2001_0DB8_0000_0000, low: 1)),
    ])
    func `is read as it was meant`(type: DNSType, address: IPAddress) throws {
        let both = [IPAddress(v4: 0xC000_0201), IPAddress(high: 0x2001_0DB8_0000_0000, low: 1)]
        let bytes = try #require(DNSReply.addresses(both, life: 300, to: asked(type)))
        let message = try #require(DNSMessage(bytes))
        #expect(message.id == 77 && message.isResponse && message.recursionDesired)
        #expect(message.authoritative && message.recursionAvailable)
        #expect(message.answers == [.address(DNSName("www.shop.test"), address, life: 300)])
    }

    @Test func `refers to other servers, or says for how long there is nothing`() throws {
        let zone = DNSName("shop.test")
        var referral = DNSReply()
        referral.authorities = [.server(DNSName("ns.shop.test"), of: zone, life: 86_400)]
        referral.additional = [.address(DNSName("ns.shop.test"), IPAddress(v4: 1), life: 5)]
        let bytes = try #require(referral.message(to: asked(.a)))
        let message = try #require(DNSMessage(bytes))
        #expect(message.authorities == referral.authorities)
        #expect(message.additional == referral.additional)
        #expect(!message.authoritative && !message.recursionAvailable)

        var nothing = DNSReply(isAuthoritative: true)
        nothing.code = .noSuchName
        nothing.authorities = [.authority(of: zone, negativeLife: 60)]
        let answer = try #require(nothing.message(to: asked(.a)))
        let read = try #require(DNSMessage(answer))
        #expect(read.code == .noSuchName)
        #expect(read.authorities == nothing.authorities)
    }

    @Test func `is given to questions only`() throws {
        let reply = DNSReply()
        let answer = try #require(reply.message(to: asked(.a)))
        #expect(reply.message(to: answer) == nil)
        #expect(reply.message(to: [1, 2, 3]) == nil)
    }
}
