import Testing

@testable import Collector

@Suite struct `The pace of several namespaces` {
    @Test func `shares one budget by sockets, and leaves none without`() {
        let shares = NamespacePace.shares(of: 0.01, sockets: [10_000, 0, 800])
        #expect(abs(shares.reduce(0, +) - 0.01) < 1e-12)
        #expect(shares[0] > shares[2] && shares[2] > shares[1] && shares[1] > 0)
        // 10 200, 200 and 1 000 of 11 400.
        #expect(abs(shares[0] - 0.01 * 10_200 / 11_400) < 1e-12)
    }

    @Test func `takes a counter gone wrong for none`() {
        #expect(NamespacePace.shares(of: 0.02, sockets: [-5, 0]) == [0.01, 0.01])
    }

    @Test func `looks each second where that is cheap, and at long last before TIME_WAIT forgets`()
    {
        #expect(NamespacePace.interval(cost: nil, share: 0.01) == 1)
        #expect(NamespacePace.interval(cost: 0.000_3, share: 0.01) == 1)
        // 200 namespaces of equal shares, 0.3 ms each: every 20 s would be 0.3 % of a processor.
        #expect(NamespacePace.interval(cost: 0.000_15, share: 0.000_05) == 10)
        #expect(NamespacePace.interval(cost: 1, share: 0.000_01) == NamespacePace.longest)
        #expect(NamespacePace.interval(cost: 1, share: 0) == 1)
    }
}
