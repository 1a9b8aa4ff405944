package import Recording
import TOML
import Text

/// `[history]` of the configuration: whether what was seen is kept, where, for how long, and how much.
package struct HistorySettings: Sendable, Hashable {
    package var isEnabled = true
    package var store = HistoryStore.Settings()

    package init() {}

    static let keys = ["enabled", "directory", "retain", "limit"]
    /// A day at least, for files are let go by whole days; a year at most.
    private static let retains = 86400.0...366 * 86400
    /// A day of 300 destinations, listeners and counters takes less than 64 MiB.
    private static let limits = Int64(64 << 20)...Int64(1 << 40)

    mutating func read(_ table: TOMLReader, _ findings: inout TextFindings) {
        if let flag = table.flag("enabled", &findings) { isEnabled = flag }
        if let path = table.text("directory", &findings) {
            if !path.hasPrefix("/") || path.contains("\0") {
                findings.add(
                    at: table.valueOffset(of: "directory"),
                    "'directory' must be a path from the root: directory = \"\(HistoryStore.Settings.usualDirectory)\""
                )
            }
            store.directory = path
        }
        if let text = table.text("retain", &findings) {
            if let seconds = Self.seconds(text) {
                store.retain = seconds
            } else {
                findings.add(
                    at: table.valueOffset(of: "retain"),
                    "'retain' must be from 1d to 366d: retain = \"14d\"")
            }
        }
        if let text = table.text("limit", &findings) {
            if let bytes = Self.bytes(text) {
                store.limit = bytes
            } else {
                findings.add(
                    at: table.valueOffset(of: "limit"),
                    "'limit' must be from 64M to 1024G: limit = \"512M\"")
            }
        }
    }

    /// `14d`, `36h`; nil for what is none, or too long or too short.
    static func seconds(_ text: String) -> Double? {
        let units: [Character: Double] = ["d": 86400, "h": 3600]
        guard let unit = text.last.flatMap({ units[$0] }), let number = digits(text.dropLast())
        else { return nil }
        let seconds = Double(number) * unit
        return retains ~= seconds ? seconds : nil
    }

    /// `512M`, `2G`, in binary units; nil for what is none, or too much or too little.
    static func bytes(_ text: String) -> Int64? {
        let units: [Character: Int64] = ["M": 1 << 20, "G": 1 << 30]
        guard let unit = text.last.flatMap({ units[$0] }), let number = digits(text.dropLast())
        else { return nil }
        let bytes = Int64(number) * unit
        return limits ~= bytes ? bytes : nil
    }

    private static func digits(_ text: Substring) -> Int? {
        guard 1...6 ~= text.utf8.count, text.utf8.allSatisfy({ 48...57 ~= $0 }) else { return nil }
        return Int(text)
    }

    /// As `--check` prints it.
    var lines: [String] {
        let hours = Int(store.retain / 3600)
        let retain = hours % 24 == 0 ? "\(hours / 24)d" : "\(hours)h"
        let limit =
            store.limit % (1 << 30) == 0
            ? "\(store.limit >> 30)G" : "\(store.limit >> 20)M"
        return [
            "[history]", "enabled = \(isEnabled)",
            "directory = \(TOMLString.quoted(store.directory))", "retain = \"\(retain)\"",
            "limit = \"\(limit)\"", "",
        ]
    }
}
