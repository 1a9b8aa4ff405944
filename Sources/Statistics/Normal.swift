import Glibc

/// The standard normal distribution.
enum Normal {
    /// The chance of a value beyond z.
    static func beyond(_ z: Double) -> Double { erfc(z / 2.0.squareRoot()) / 2 }
}
