import Testing

@testable import Text

@Suite struct `Figures` {
    @Test func `group digits from five on`() {
        #expect(4096.grouped == "4096")
        #expect(28232.grouped == "28 232")
        #expect((-1_234_567).grouped == "-1 234 567")
        #expect(0.grouped == "0")
    }

    @Test func `show as many places as tell something`() {
        #expect(462.4.figure == "462")
        #expect(9.84.figure == "9.8")
        #expect(9.96.figure == "10")
        #expect(0.254.figure == "0.25")
        #expect((-0.001).figure == "0.00")
        #expect(Double.infinity.figure == "-")
    }

    @Test func `show shares, times and sizes`() {
        #expect(0.989.percent == "98.9 %")
        #expect(1.0.percent == "100 %")
        #expect(0.21.duration == "210 ms")
        #expect(90.0.duration == "90 s")
        #expect(180.0.duration == "3 min")
        #expect(Int64(33_554_432).bytes == "32 MiB")
        #expect(Int64(512).bytes == "512 B")
        #expect(Int64(0).bytes == "0 B" && Int64(5).bytes == "5 B")
    }
}
