import Text

/// How the screen writes figures: short, with their unit, and never better than they are.
enum WatchFigures {
    /// `4 812`, `9.8`, `0`; `-` where it is not known.
    static func rate(_ perSecond: Double?) -> String {
        guard let perSecond else { return "-" }
        return perSecond == 0 ? "0" : perSecond.figure
    }

    /// `4 812/s`.
    static func perSecond(_ perSecond: Double?) -> String {
        perSecond.map { rate($0) + "/s" } ?? "-"
    }

    /// Whole per cent: `100 %` is full, `0 %` is nothing, and little is `<1 %`.
    static func share(_ share: Double) -> String {
        guard share.isFinite else { return "-" }
        if share >= 1 { return "100 %" }
        if share <= 0 { return "0 %" }
        let rounded = Int((share * 100).rounded())
        return rounded == 0 ? "<1 %" : "\(min(rounded, 99)) %"
    }

    /// Whole seconds, minutes, hours or days: `9 s`, `4 min`; `-` where it is not in sight.
    static func time(_ seconds: Double?) -> String {
        guard let seconds, seconds.isFinite else { return "-" }
        let steps: [(limit: Double, unit: Double, name: String)] = [
            (119.5, 1, "s"), (7170, 60, "min"), (172_000, 3600, "h"),
        ]
        let (unit, name) =
            steps.first { seconds < $0.limit }.map { ($0.unit, $0.name) } ?? (86400, "days")
        let whole = max(seconds, 0) / unit
        // Beyond a thousand days it is not in sight.
        return whole < 1000 ? "\(Int(whole.rounded())) \(name)" : "-"
    }

    /// A time as a clock shows it: `0:14`, `2:03`, `1:02:03`, `3 days`.
    static func clock(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 86400 else { return time(seconds) }
        let whole = Int(max(seconds, 0))
        let (hours, minutes) = (whole / 3600, whole / 60 % 60)
        let short = two(whole % 60)
        return hours > 0 ? "\(hours):\(two(minutes)):\(short)" : "\(minutes):\(short)"
    }

    /// A round trip in milliseconds: `0.4 ms`.
    static func roundTrip(_ seconds: Double?) -> String {
        guard let seconds, seconds.isFinite, seconds >= 0 else { return "-" }
        return seconds < 1 ? (seconds * 1000).figure + " ms" : seconds.figure + " s"
    }

    private static func two(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }
}
