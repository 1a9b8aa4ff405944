package import Model

/// The counters of a minute as they lie in a file: for each its place in a list of names, how many bytes follow, and its series.
package enum CounterCode {
    /// - Parameter number: of a counter's name.
    package static func bytes(
        _ counters: [FollowedCounter: MinuteSeries],
        number: (FollowedCounter) throws -> UInt32
    ) rethrows -> [UInt8] {
        var bytes: [UInt8] = []
        for counter in FollowedCounter.allCases {
            guard let series = counters[counter]?.bytes else { continue }
            MinuteSeries.append(try number(counter), to: &bytes)
            bytes.append(UInt8(truncatingIfNeeded: series.count >> 8))
            bytes.append(UInt8(truncatingIfNeeded: series.count))
            bytes += series
        }
        return bytes
    }

    /// As many as can be read; a counter that this version does not know is passed by.
    package static func counters(
        _ bytes: [UInt8], counter: (UInt32) -> FollowedCounter?
    ) -> [FollowedCounter: MinuteSeries] {
        var rest = bytes[...]
        var counters: [FollowedCounter: MinuteSeries] = [:]
        while let number = MinuteSeries.count(&rest), let high = rest.popFirst(),
            let low = rest.popFirst()
        {
            let length = Int(high) << 8 | Int(low)
            guard length <= rest.count else { break }
            let series = MinuteSeries(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
            if let counter = counter(number), let series { counters[counter] = series }
        }
        return counters
    }
}

extension FollowedCounter {
    /// `Tcp.ActiveOpens`: what it is known by in a file, whatever its place among the others.
    package var longName: String { "\(group).\(name)" }
}
