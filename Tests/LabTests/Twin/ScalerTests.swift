import Testing

@testable import Lab

@Suite struct `Scaling a twin down` {
    private static let now = [
        Scaler.range: "32768 60999", Scaler.reserved: "", Scaler.buckets: "131072",
        Scaler.finTimeout: "60", Scaler.backlog: "4096",
    ]

    private func scaler(
        _ scaling: TwinScaling, then changes: [String: String] = [:]
    ) -> (now: [String: String], then: [String: String], Scaler) {
        let then = Self.now.merging(changes) { $1 }
        let scaler = Scaler(scaling, now: Self.now, then: then, rate: 450)
        return (scaler.scaled(Self.now), scaler.scaled(then), scaler)
    }

    @Test func `keeps the ratio of the arms' ports, and of the cap on TIME_WAIT`() {
        let (now, then, scaler) = scaler(
            .ports(room: 600), then: [Scaler.range: "16384 60999", Scaler.buckets: "1411"])
        #expect(now[Scaler.range] == "32768 33367")
        // 44 616 of 28 232 are 948 of 600.
        #expect(then[Scaler.range] == "16384 17331")
        #expect(now[Scaler.buckets] == "2786" && then[Scaler.buckets] == "30")
        #expect(scaler.law.contains("1:47"))
    }

    @Test func `counts reserved ports, and leaves none of them in the small range`() {
        let (_, then, _) = scaler(
            .ports(room: 600), then: [Scaler.reserved: "80,32700-32799,40000-54115"])
        // 32 of the first range and all of the second: 14 084 of 28 232 are left.
        #expect(then[Scaler.range] == "32768 33066")
        #expect(then[Scaler.reserved] == "80,32700-32767,40000-54115")
    }

    @Test(arguments: [
        ("60", "30", "2", "1"), ("60", "20", "3", "1"), ("60", "40", "3", "2"),
        // Above 60 the life is twice what is beyond: 75 is 30 s.
        ("60", "75", "2", "1"), ("60", "60", "2", "2"), ("2", "1", "2", "1"),
    ])
    func `keeps the ratio of the lives of FIN_WAIT2`(
        now: String, then: String, small: String, smaller: String
    ) {
        let before = [Scaler.finTimeout: now]
        let after = [Scaler.finTimeout: then]
        let scaler = Scaler(.finWait(longest: 3), now: before, then: after, rate: nil)
        #expect(scaler.scaled(before)[Scaler.finTimeout] == small)
        #expect(scaler.scaled(after)[Scaler.finTimeout] == smaller)
    }

    @Test func `leaves alone what is small already`() {
        let few = [Scaler.range: "40000 40099", Scaler.backlog: "16", Scaler.finTimeout: "2"]
        for scaling in [TwinScaling.ports(room: 600), .backlog(room: 64), .finWait(longest: 3)] {
            let scaler = Scaler(scaling, now: few, then: few, rate: nil)
            #expect(scaler.key == nil && scaler.scaled(few) == few)
        }
    }

    @Test func `of a measured load fills the ports in the run as the minute does`() {
        // 200/s for 60 s are 43 % of 28 232 ports; 450/s for 3 s of 3176.
        let share = 450.0 / 200 * 3 / 60
        let (now, _, _) = scaler(.measured(ports: share, minute: 3.0 / 60))
        #expect(now[Scaler.range] == "32768 35943")
    }
}
