/// How far the mean of consecutive measurements may be from the true one, where neighbours are alike.
///
/// A tenth of a second that is slow is followed by another: so many measurements tell less than as many independent ones. Their
/// effective number is that of Geyer (Statistical Science 7, 1992): autocorrelations are summed, in pairs, while a pair is above 0.
package struct SeriesNoise: Sendable, Hashable {
    /// The standard error of the mean, as a share of it.
    package let error: Double
    /// As many independent measurements as would tell the same.
    package let effective: Double

    /// Fewer of them say nothing of how much they vary.
    package static let fewest = 8
    /// Nor do effectively fewer than that.
    static let fewestEffective = 4.0

    /// Nil where there are too few, or they are too alike each other's neighbours to tell how they vary.
    package init?(_ values: [Double]) {
        let count = Double(values.count)
        guard values.count >= Self.fewest, values.allSatisfy(\.isFinite) else { return nil }
        let mean = values.reduce(0, +) / count
        guard mean > 0 else { return nil }
        let apart = values.map { $0 - mean }
        let variance = apart.reduce(0) { $0 + $1 * $1 } / count
        guard variance > 0 else {
            (error, effective) = (0, count)
            return
        }
        func correlation(_ lag: Int) -> Double {
            guard lag < values.count else { return 0 }
            let sum = zip(apart, apart.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 }
            return sum / count / variance
        }
        // Lag 0 and 1, then 2 and 3, … ; far lags rest on too few pairs.
        var sum = 0.0
        var lag = 0
        while lag + 1 <= values.count / 2 {
            let pair = correlation(lag) + correlation(lag + 1)
            guard pair > 0 else { break }
            sum += pair
            lag += 2
        }
        // What swings to and fro is not taken to tell more than as many independent ones.
        let inflation = max(2 * sum - 1, 1)
        effective = count / inflation
        guard effective >= Self.fewestEffective else { return nil }
        // Of few effective ones the autocorrelation is found too small, and so is the error.
        let widening = 1 + 4 / effective
        error = (variance * count / (count - 1) / effective * widening).squareRoot() / mean
    }
}
