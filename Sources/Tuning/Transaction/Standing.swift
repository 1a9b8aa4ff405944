import Catalogue
package import HostState
import Kernel

/// What holds of all that was applied: each value now, as it was wanted, and after the next boot.
package struct Standing: Sendable {
    /// Applied and waiting to be confirmed; nil where none is.
    package var pending: TransactionRecord?
    /// The last transaction, where none waits and it was taken back without being asked to.
    package var takenBack: TransactionRecord?
    package var settings: [Row]
    /// By whose rule this host boots.
    package var rule: BootSetting.Rule
    /// What is odd about the boot-time file; nil where it is as it was written, or not there.
    package var fileProblem: String?

    /// One key.
    package struct Row: Sendable, Hashable {
        package var key: String
        /// Canonical; nil where it cannot be read.
        package var now: String?
        package var wanted: String
        /// Canonical; nil where no file sets it and the kernel works its default out.
        package var afterReboot: String?
        /// The file and line that boot goes by, nil where the kernel's own default counts.
        package var bootPlace: String?
        /// The transaction that wants it, and its profile.
        package var transaction: String
        package var profile: String
        /// Whether it is confirmed.
        package var isConfirmed: Bool

        package var hasDrifted: Bool { now != wanted }
        package var survivesReboot: Bool { afterReboot == wanted }
    }

    /// Reads the journal and the kernel; changes nothing.
    package static func read() throws(TuningError) -> Standing {
        let boot = try TuningError.kernel { () throws(KernelError) in try BootIdentity.read() }
        let glance = try Journal.glance()
        let pending = glance.flatMap { $0.isSettled || $0.boot != boot ? nil : $0 }
        var wanted: [String: Row] = [:]
        var order: [String] = []
        var homes: [String: NamespaceName] = [:]
        let history = try History.read()
        for record in history.inForce + [pending].compactMap({ $0 }) {
            for (key, value) in record.standing(in: boot) {
                if wanted[key] == nil { order.append(key) }
                homes[key] = record.boot == boot ? record.namespace : nil
                wanted[key] = Row(
                    key: key, wanted: value, transaction: record.id, profile: record.profile,
                    isConfirmed: record.isSettled)
            }
        }
        var standing = Standing(
            pending: pending, settings: order.compactMap { wanted[$0] }, rule: .systemd)
        if pending == nil, let last = history.records.last, last.unaskedReason != nil {
            standing.takenBack = last
        }
        standing.fileProblem = Self.fileProblem(known: history.inForce)
        standing.readValues(homes)
        standing.foresee(keys: order)
        return standing
    }

    private static func fileProblem(known records: [TransactionRecord]) -> String? {
        do throws(TuningError) {
            guard let file = try DropInFile.read() else { return nil }
            _ = try DropIn(parsing: file.bytes)
            let digest = DropInFile.digest(of: file)
            return records.contains { $0.persistence?.after == digest }
                ? nil
                : "\(DropIn.path) is of no transaction that holds; tcptune did not put it there last"
        } catch {
            return error.description
        }
    }

    /// Each in the namespace that it was written in; one that is gone has no value.
    private mutating func readValues(_ homes: [String: NamespaceName]) {
        for place in Set(settings.map { homes[$0.key] }) {
            let keys = settings.map(\.key).filter { homes[$0] == place }
            let values = try? Self.values(of: keys, in: place)
            for index in settings.indices where homes[settings[index].key] == place {
                settings[index].now = values?[settings[index].key]
            }
        }
    }

    private static func values(
        of keys: [String], in place: NamespaceName?
    ) throws(KernelError) -> [String: String] {
        let read = { @Sendable () throws(KernelError) -> [String: String] in
            var host = try HostKnobs()
            var values: [String: String] = [:]
            for key in keys { values[key] = SysctlKey(key).flatMap { host.value(of: $0) } }
            return values
        }
        guard let place else { return try read() }
        return try RecordedNamespace.run(place, read) ?? [:]
    }

    private mutating func foresee(keys: [String]) {
        let forecast = BootForecast(keys: keys)
        rule = forecast.rule
        let release = KernelRelease((try? Root.host.text("/proc/sys/kernel/osrelease")) ?? "")
        for index in settings.indices {
            let key = settings[index].key
            settings[index].bootPlace = forecast[key]?.winner?.place
            settings[index].afterReboot =
                forecast.value(of: key)
                ?? release.flatMap { Knob.named(key)?.initialValue(on: $0) }
                .map { $0.map(String.init).joined(separator: " ") }
        }
    }
}

extension TransactionRecord {
    /// The keys that it wants in this boot: all that it wrote, or what it set at boot where it is of an earlier one.
    fileprivate func standing(in boot: String) -> [(key: String, value: String)] {
        let persisted = persistence?.settings.map { ($0.key, $0.value) } ?? []
        guard self.boot == boot else { return persisted }
        let written = knobs.filter { $0.outcome != .skipped }.map { ($0.name, $0.landed) }
        let names = Set(written.map(\.0))
        return written + persisted.filter { !names.contains($0.0) }
    }
}
