import Model

extension Situation {
    /// Whether the counters tell of connections of Multipath TCP: open ones since Linux 6.9, any ever before.
    var hasMPTCP: Bool {
        if let open = counter("MPTcpExt", "MPCurrEstab") { return open > 0 }
        return ["MPCapableSYNTX", "MPCapableSYNRX"].contains {
            counter("MPTcpExt", $0) ?? 0 > 0
        }
    }
}
