import Text

/// A time as the header `Date` has it (RFC 9110, 5.6.7).
enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    /// The first day of 1970 was a Thursday.
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

    /// `Sun, 06 Nov 1994 08:49:37 GMT`; nil for a time that no clock shows.
    static func text(_ seconds: Int) -> String? {
        guard let iso = UTC.iso(Double(seconds)) else { return nil }
        let date = iso.prefix(10).split(separator: "-")
        guard date.count == 3, let month = Int(date[1]), months.indices.contains(month - 1) else {
            return nil
        }
        let day = days[seconds / 86400 % 7]
        return
            "\(day), \(date[2]) \(months[month - 1]) \(date[0]) \(iso.dropFirst(11).prefix(8)) GMT"
    }
}
