/// Which places of a long series are drawn, so that no peak and no hollow is lost.
enum Thinning {
    /// A drawing that is 1000 pixels wide shows no more.
    static let most = 500

    /// The first and the last place, and of each stretch between them the lowest and the highest value.
    static func places(_ values: [Double], most: Int = most) -> [Int] {
        guard values.count > most, most >= 4 else { return Array(values.indices) }
        let stretches = (most - 2) / 2
        var places = [0]
        for stretch in 0..<stretches {
            let from = 1 + (values.count - 2) * stretch / stretches
            let to = 1 + (values.count - 2) * (stretch + 1) / stretches
            guard from < to else { continue }
            var low = from
            var high = from
            for place in from..<to {
                if values[place] < values[low] { low = place }
                if values[place] > values[high] { high = place }
            }
            places += low == high ? [low] : [min(low, high), max(low, high)]
        }
        return places + [values.count - 1]
    }
}
