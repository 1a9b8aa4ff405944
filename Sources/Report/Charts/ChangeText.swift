import Model
import Text

/// A change as people say it, with a minus as wide as a plus.
enum ChangeText {
    /// `−98 %`, `+25 %`, `×7.5`; beyond three times as much, times are easier to grasp.
    static func short(_ change: Double) -> String {
        guard change.isFinite else { return change > 0 ? "from 0" : "-" }
        if change > 2 { return "×" + (change + 1).figure }
        return signed(change)
    }

    /// Both ends of an interval: `−99 … −97 %`.
    static func interval(_ low: Double, _ high: Double) -> String {
        guard low.isFinite, high.isFinite else { return "" }
        if max(low, high) > 2 { return "×\((low + 1).figure) … ×\((high + 1).figure)" }
        return "\(number(low)) … \(number(high)) %"
    }

    private static func signed(_ change: Double) -> String { number(change) + " %" }

    private static func number(_ change: Double) -> String {
        let percent = max(change, -1e9) * 100
        // 99.6 % less must not read as nothing left, nor a little as nothing.
        let isWhole = abs(percent - percent.rounded()) < 0.005
        let isNearAll = percent < -99 && percent > -100
        let text =
            isWhole
            ? Int64(percent.rounded()).grouped
            : isNearAll || abs(percent) < 10
                ? tenths(percent) : Int64(percent.rounded()).grouped
        if text.hasPrefix("-") { return "−" + text.dropFirst() }
        return percent > 0 && text != "0" ? "+" + text : text
    }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int64((abs(value) * 10).rounded(.down))
        return (value < 0 && tenths > 0 ? "-" : "") + "\(tenths / 10).\(tenths % 10)"
    }
}
