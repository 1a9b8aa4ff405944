import Kernel
package import Model

/// What boot set from the file for a transaction that is taken back since: only the next boot will leave it out.
package enum LastingValues {
    /// Names them; nil where none is there any more.
    package static func words(of records: [TransactionRecord]) -> String? {
        let keys = keys(of: records)
        return keys.isEmpty
            ? nil
            : "set at boot and active until the next reboot: "
                + keys.joined(separator: ", ")
    }

    /// The keys whose value is still what boot set, and those whose value could not be read.
    static func keys(of records: [TransactionRecord]) -> [String] {
        var wanted: [String: Set<String>] = [:]
        for setting in records.flatMap({ $0.persistence?.settings ?? [] }) {
            wanted[setting.key, default: []].insert(setting.value)
        }
        guard !wanted.isEmpty else { return [] }
        let keys = wanted.keys.sorted()
        let values: [String: String]
        do throws(KernelError) {
            values = try HostKnobs.valuesWhereBootSetThem(of: keys)
        } catch { return keys }
        return keys.filter { key in values[key].map { wanted[key]?.contains($0) == true } ?? true }
    }
}

extension HostKnobs {
    /// The values of the calling thread's namespace; what cannot be read is left out.
    static func values(of keys: [String]) throws(KernelError) -> [String: String] {
        var host = try HostKnobs()
        var values: [String: String] = [:]
        for key in keys { values[key] = SysctlKey(key).flatMap { host.value(of: $0) } }
        return values
    }

    /// Those of the namespace that the files of boot are for, which is not always the caller's.
    static func valuesWhereBootSetThem(
        of keys: [String]
    ) throws(KernelError) -> [String: String] {
        guard BootedNetwork.isAnother(by: Persistence.directory) else {
            return try values(of: keys)
        }
        return try NamespaceThread.run(inside: "/proc/1/ns/net") { () throws(KernelError) in
            try values(of: keys)
        }
    }
}

extension History {
    /// Those whose lines boot read, and that are taken back since, in this boot.
    package func lasting(in boot: String) -> [TransactionRecord] {
        records.filter {
            $0.boot != boot && $0.persistence?.after.isEmpty == false && $0.state == .rolledBack
                && $0.ending?.boot == boot
        }
    }
}
