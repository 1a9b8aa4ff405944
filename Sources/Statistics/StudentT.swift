import Glibc

/// Student's t distribution.
enum StudentT {
    /// The chance of a value at least as far from 0, either way (Abramowitz and Stegun 26.7.1, by the incomplete beta function).
    static func chance(_ t: Double, freedom: Double) -> Double {
        guard t.isFinite, freedom > 0 else { return t.isNaN ? 1 : 0 }
        return incompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t))
    }

    /// The value beyond which, either way, only that share lies.
    static func beyond(_ share: Double, freedom: Double) -> Double {
        var (low, high) = (0.0, 1.0)
        while chance(high, freedom: freedom) > share, high < 1e6 { high *= 2 }
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if chance(middle, freedom: freedom) > share { low = middle } else { high = middle }
        }
        return high
    }

    /// The regularised incomplete beta function, by its continued fraction (Abramowitz and Stegun 26.5.8).
    private static func incompleteBeta(_ a: Double, _ b: Double, _ x: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        let front = exp(
            lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
        // It converges quickly on one side only.
        return x < (a + 1) / (a + b + 2)
            ? front * fraction(a, b, x) / a : 1 - front * fraction(b, a, 1 - x) / b
    }

    private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
        let least = 1e-300
        func kept(_ value: Double) -> Double { value.magnitude < least ? least : value }
        var c = 1.0
        var d = 1 / kept(1 - (a + b) * x / (a + 1))
        var result = d
        for step in 1...300 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / kept(1 + even * d)
            c = kept(1 + even / c)
            result *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / kept(1 + odd * d)
            c = kept(1 + odd / c)
            let factor = d * c
            result *= factor
            if (factor - 1).magnitude < 1e-14 { break }
        }
        return result
    }
}
