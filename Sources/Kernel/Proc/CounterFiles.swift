package import Model

/// All counters of one namespace, from the files of `/proc/net` that hold them.
package enum CounterFiles {
    /// Reads the counters of the namespace that the calling thread is in.
    ///
    /// What is absent because the kernel runs without it (IPv6, connection tracking) is absent in the result and no
    /// more is said; what should be there and could not be read stands in the second part.
    package static func read(root: Root) -> (Counters, [Unseen]) {
        var counters = Counters()
        var unseen: [Unseen] = []

        func read(
            _ path: String, isOptional: Bool = false, _ parse: (Span<UInt8>) -> Void
        ) {
            do throws(KernelError) {
                let bytes =
                    path.hasPrefix("/proc/net/")
                    ? try NetDirectory.bytes(path, root: root)
                    : try root.bytes(path, expecting: 64)
                // None of these is ever empty; tar(1) and rsync(1) store them so.
                if bytes.isEmpty, !root.isHost { throw KernelError.emptyFile(path) }
                parse(bytes.span)
            } catch {
                if isOptional, error.isAbsent { return }
                unseen.append(
                    Unseen(
                        what: "counters of \(path)",
                        why: error.isAbsent && !root.isHost
                            ? "not in the captured tree" : error.description))
            }
        }

        read(NetSNMP.path) { NetSNMP.parse($0, into: &counters) }
        read(NetSNMP.netstatPath) { NetSNMP.parse($0, into: &counters) }
        read(NetSNMP6.path, isOptional: true) { NetSNMP6.parse($0, into: &counters) }
        read(NetSockstat.path) { NetSockstat.parse($0, group: "sockstat", into: &counters) }
        read(NetSockstat.path6, isOptional: true) {
            NetSockstat.parse($0, group: "sockstat6", into: &counters)
        }
        read(NetSoftnetStat.path, isOptional: true) {
            NetSoftnetStat.parse($0, into: &counters)
        }
        read(NetStatNFConntrack.path, isOptional: true) {
            NetStatNFConntrack.parse($0, into: &counters)
        }
        read(IPVSStatistics.path, isOptional: true) {
            IPVSStatistics.parse($0, into: &counters)
        }
        for name in NFConntrackSettings.names {
            read(NFConntrackSettings.path(name), isOptional: true) {
                if let value = SingleNumber.parse($0) { counters["nf_conntrack", name] = value }
            }
        }
        return (counters, unseen)
    }
}
