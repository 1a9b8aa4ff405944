import Kernel

/// What was counted in each tenth of a second.
struct CountsOverTime: Sendable {
    let step = 0.1
    private let start = LoadClock.now
    private var counts: [String: [Double]]
    private var gauges: [String: [Double]] = [:]

    init(_ names: [String]) {
        counts = Dictionary(names.map { ($0, []) }, uniquingKeysWith: { $1 })
    }

    private var place: Int { Int(Double(LoadClock.now - start) / (step * 1e9)) }

    mutating func count(_ name: String) {
        let place = place
        var series = counts[name] ?? []
        while series.count <= place { series.append(0) }
        series[place] += 1
        counts[name] = series
    }

    /// True where nothing was noted yet in this tenth of a second.
    var isNew: Bool { place >= (gauges.values.map(\.count).max() ?? 0) }

    /// Notes how much of something there is; what was not noted stays as it was.
    mutating func note(_ name: String, _ value: Int) {
        let place = place
        var series = gauges[name] ?? []
        while series.count < place { series.append(series.last ?? 0) }
        if series.count == place {
            series.append(Double(value))
        } else {
            series[place] = Double(value)
        }
        gauges[name] = series
    }

    func total(_ name: String) -> Int { Int(counts[name]?.reduce(0, +) ?? 0) }

    /// All of one length.
    var series: [String: [Double]] {
        let length = (counts.values.map(\.count) + gauges.values.map(\.count)).max() ?? 0
        var all = counts.mapValues { $0 + Array(repeating: 0, count: length - $0.count) }
        for (name, series) in gauges {
            all[name] = series + Array(repeating: series.last ?? 0, count: length - series.count)
        }
        return all
    }
}
