import Text

/// A moment as people type it, in UTC unless it says otherwise.
package enum Moment {
    /// Seconds since 1970; nil for what is no moment.
    ///
    /// | typed | is |
    /// |---|---|
    /// | `now`, `-10m`, `-2h`, `-3d`, `-30s` | now, or so long ago |
    /// | `14:03`, `14:03:20` | the last time that it was so late, in UTC |
    /// | `2026-11-29`, `2026-11-29T14:03`, `2026-11-29 14:03:20`, with `Z` or `+01:00` behind it | that moment |
    ///
    /// - Parameter now: seconds since 1970.
    package static func seconds(_ text: String, now: Double) -> Int64? {
        guard now >= 0, now < 253_402_300_800 else { return nil }
        let present = Int64(now)
        if text == "now" { return present }
        if text.hasPrefix("-") { return ago(text.dropFirst()).map { max(0, present - $0) } }
        let bytes = Array(text.utf8)
        if bytes.count > 2, bytes[2] == UInt8(ascii: ":") {
            guard let second = clock(text[...]) else { return nil }
            let today = present / 86400 * 86400 + second
            return today <= present ? today : max(0, today - 86400)
        }
        return date(text)
    }

    private static func ago(_ text: Substring) -> Int64? {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
        guard let unit = text.last.flatMap({ units[$0] }),
            let number = number(text.dropLast(), 1...9)
        else { return nil }
        return number * unit
    }

    /// `2026-11-29`, with a time behind `T` or a space, and a zone behind that.
    private static func date(_ text: String) -> Int64? {
        let parts = text.split(
            maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { "Tt ".contains($0) })
        let numbers = parts[0].split(separator: "-", omittingEmptySubsequences: false)
        guard numbers.count == 3, let year = number(numbers[0], 4...4),
            let month = number(numbers[1], 2...2), let day = number(numbers[2], 2...2),
            let midnight = UTC.midnight(Int(year), Int(month), Int(day))
        else { return nil }
        guard parts.count == 2 else { return midnight }
        var (time, offset) = (parts[1], Int64(0))
        if let last = time.last, "Zz".contains(last) {
            time = time.dropLast()
        } else if let sign = time.lastIndex(where: { "+-".contains($0) }) {
            let zone = time[time.index(after: sign)...]
            guard zone.utf8.count == 5, let ahead = clock(zone) else { return nil }
            offset = time[sign] == "+" ? ahead : -ahead
            time = time[..<sign]
        }
        guard let second = clock(time) else { return nil }
        return midnight + second - offset
    }

    /// Seconds of `14:03`, `14:03:20` or `14:03:20.5`, whose fraction is passed over.
    private static func clock(_ text: Substring) -> Int64? {
        let whole = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        if whole.count == 2, number(whole[1], 1...9) == nil { return nil }
        let parts = whole[0].split(separator: ":", omittingEmptySubsequences: false)
        guard 2...3 ~= parts.count, whole.count == 1 || parts.count == 3,
            let hour = number(parts[0], 2...2), let minute = number(parts[1], 2...2),
            let second = parts.count == 3 ? number(parts[2], 2...2) : 0, hour < 24, minute < 60,
            second < 60
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    private static func number(_ text: Substring, _ digits: ClosedRange<Int>) -> Int64? {
        guard digits ~= text.utf8.count, text.utf8.allSatisfy({ 48...57 ~= $0 }) else { return nil }
        return Int64(text)
    }
}
