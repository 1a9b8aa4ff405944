import History
import Testing
import Text

@Suite struct `A moment that is typed` {
    /// 2026-11-29 14:03:20 UTC.
    private static let now = 1_795_961_000.0

    private static let moments: [(String, Int64)] = [
        ("now", 0), ("-10m", -600), ("-2h", -7200), ("-3d", -3 * 86400), ("-30s", -30),
        ("14:03", -20), ("14:03:20", 0), ("14:03:21", 1 - 86400), ("23:59", 35_740 - 86400),
        ("00:00", -50_600), ("2026-11-29", -50_600), ("2026-11-29T14:03", -20),
        ("2026-11-29 14:03:20", 0), ("2026-11-29T14:03:20Z", 0), ("2026-11-29t14:03:20.75z", 0),
        ("2026-11-29T15:03:20+01:00", 0), ("2026-11-29T08:33:20-05:30", 0),
        ("2024-02-29T00:00Z", 1_709_164_800 - 1_795_961_000),
    ]

    @Test(arguments: moments)
    func `is found`(text: String, distance: Int64) {
        #expect(Moment.seconds(text, now: Self.now) == Int64(Self.now) + distance)
    }

    @Test(arguments: [
        "", "-", "-10", "-m", "-1.5h", "--1h", "+10m", "10m", "1403", "14", "24:00", "14:60",
        "14:03:60", "1:03", "14:3", "2026-13-01", "2026-02-30", "2026-11-29T", "2026-11-29T14",
        "2026-11-29T14:03+1", "2026-11-29T14:03+25:00", "26-11-29", "yesterday",
        "2026-11-29T14:03.5",
        "１４:03", "-99999999999h", "2026-11-29T14:03ZZ", "14:03Z",
    ])
    func `is refused where it is none`(text: String) {
        #expect(Moment.seconds(text, now: Self.now) == nil)
    }

    @Test func `of the calendar has the midnight of each day, and no other`() {
        for day in stride(from: Int64(0), to: 80_000, by: 1) {
            let text = UTC.text(Double(day * 86400))
            let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
            #expect(UTC.midnight(parts[0], parts[1], parts[2]) == day * 86400, "\(text)")
        }
        #expect(UTC.midnight(2025, 2, 29) == nil && UTC.midnight(2025, 4, 31) == nil)
        #expect(UTC.midnight(1969, 12, 31) == nil && UTC.midnight(10000, 1, 1) == nil)
    }
}
