/// A time since 1970 as a calendar date in UTC.
public enum UTC {
    /// `2026-11-22 11:20:07 UTC`; `-` for a time that no clock shows.
    public static func text(_ seconds: Double) -> String {
        guard let parts = parts(seconds) else { return "-" }
        return parts.date + " " + parts.time + " UTC"
    }

    /// ISO 8601, `2026-11-22T11:20:07Z`; nil for a time that no clock shows.
    public static func iso(_ seconds: Double) -> String? {
        parts(seconds).map { $0.date + "T" + $0.time + "Z" }
    }

    /// `11:20:07`; `-` for a time that no clock shows.
    public static func clock(_ seconds: Double) -> String { parts(seconds)?.time ?? "-" }

    /// Years 1970 to 9999: what a snapshot of another machine says may be anything.
    private static func parts(_ seconds: Double) -> (date: String, time: String)? {
        guard seconds >= 0, seconds < 253_402_300_800 else { return nil }
        let whole = Int(seconds)
        let (day, second) = (whole / 86400, whole % 86400)
        // Days to a date of the Gregorian calendar, whose 400 years have 146 097 days; a year begins in March here.
        let shifted = day + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        let yearText = String(year + era * 400 + (month <= 2 ? 1 : 0))
        let dayText = two(dayOfYear - (153 * march + 2) / 5 + 1)
        return (
            "\(yearText)-\(two(month))-\(dayText)",
            "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
        )
    }

    /// Seconds since 1970 at the beginning of a date of the Gregorian calendar; nil for one that is not in it, or before 1970.
    public static func midnight(_ year: Int, _ month: Int, _ day: Int) -> Int64? {
        guard 1970...9999 ~= year, 1...12 ~= month, 1...31 ~= day else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
        let seconds = Int64(days) * 86400
        // The 31st of a month with 30 days is another date.
        guard parts(Double(seconds))?.date == "\(year)-\(two(month))-\(two(day))" else {
            return nil
        }
        return seconds
    }

    private static func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
}
