/// `Cpus_allowed_list` of `/proc/thread-self/status`: the processors that the calling thread may run on.
///
/// https://docs.kernel.org/filesystems/proc.html (table 1-2)
package enum ProcessorsAllowed {
    /// How many; nil where it cannot be read.
    package static var count: Int? {
        guard let bytes = try? Root.host.bytes("/proc/thread-self/status") else { return nil }
        return count(bytes.span)
    }

    /// Of a list such as `0-3,8`.
    static func count(_ bytes: Span<UInt8>) -> Int? {
        var position = 0
        while let line = bytes.line(from: &position) {
            guard bytes.begins(line, with: "Cpus_allowed_list:") else { continue }
            var column = line.lowerBound
            _ = bytes.word(from: &column, to: line.upperBound)
            guard let word = bytes.word(from: &column, to: line.upperBound) else { return nil }
            var count = 0
            for part in bytes.text(word).split(separator: ",", omittingEmptySubsequences: false) {
                let ends = part.split(separator: "-", omittingEmptySubsequences: false)
                guard let first = ends.first.flatMap({ UInt16($0) }),
                    let last = ends.last.flatMap({ UInt16($0) }), ends.count <= 2, first <= last
                else { return nil }
                count += Int(last - first) + 1
            }
            return count
        }
        return nil
    }

    /// Microseconds that the deepest idle state of this machine takes to wake from; nil where it tells none.
    ///
    /// https://docs.kernel.org/admin-guide/pm/cpuidle.html
    package static var idleExitMicroseconds: Int? {
        let place = "/sys/devices/system/cpu/cpu0/cpuidle"
        guard let names = try? Root.host.names(in: place) else { return nil }
        return names.compactMap { name -> Int? in
            guard name.hasPrefix("state") else { return nil }
            let text = try? Root.host.text("\(place)/\(name)/latency")
            return text.flatMap { Int($0.prefix { $0.isNumber }) }
        }.max()
    }
}
