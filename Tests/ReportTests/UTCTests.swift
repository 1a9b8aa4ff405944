import Testing
import Text

@testable import Report

@Suite struct `A time` {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"),
        (951_868_799.9, "2000-02-29T23:59:59Z"), (1_709_164_800, "2024-02-29T00:00:00Z"),
        (1_735_689_599, "2024-12-31T23:59:59Z"), (1_795_346_407, "2026-11-22T11:20:07Z"),
        (4_107_542_400, "2100-03-01T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
    ])
    func `is a date`(seconds: Double, date: String) {
        #expect(UTC.iso(seconds) == date)
    }

    @Test(arguments: [-1, Double.nan, .infinity, 1e300, 253_402_300_800])
    func `that no clock shows is none`(seconds: Double) {
        #expect(UTC.iso(seconds) == nil)
        #expect(UTC.text(seconds) == "-")
    }
}
