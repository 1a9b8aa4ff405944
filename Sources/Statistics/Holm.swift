/// Chances corrected for there being several tests: Holm's step-down method (Scandinavian Journal of Statistics 6, 1979).
package enum Holm {
    /// Each as the chance that it, or one more telling, comes about among all of them; in their order.
    package static func adjusted(_ chances: [Double]) -> [Double] {
        var adjusted = chances
        var highest = 0.0
        let order = chances.indices.sorted { chances[$0] < chances[$1] }
        for (place, index) in order.enumerated() {
            highest = max(highest, min(Double(chances.count - place) * chances[index], 1))
            adjusted[index] = highest
        }
        return adjusted
    }
}
