import HostState
import Kernel

extension SocketCensus {
    /// By how much a counter grew; a name that the kernel does not report counts nothing.
    func growth(_ group: String, _ name: String, since earlier: SocketCensus) -> Int64 {
        (counters[group, name] ?? 0) - (earlier.counters[group, name] ?? 0)
    }
}
