/// How long to wait before the next try, after so many that failed.
package enum Backoff {
    package static let first = 1.0
    package static let longest = 60.0
    /// After so many it is the longest.
    static let tillLongest = 7

    /// Twice as long each time, up to a minute; from half of that to all of it, so that many hosts do not come at once.
    ///
    /// - Parameter random: from 0 to 1.
    package static func seconds(after failures: Int, random: Double) -> Double {
        var seconds = first
        for _ in 1..<max(failures, 1) where seconds < longest { seconds *= 2 }
        return min(seconds, longest) * (0.5 + 0.5 * min(max(random, 0), 1))
    }
}
