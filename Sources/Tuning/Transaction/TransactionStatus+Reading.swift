import Catalogue
import Kernel
package import Model

extension TransactionStatus {
    /// Reads the journal and the kernel; changes nothing.
    package static func read() throws(Refusal) -> TransactionStatus {
        let boot = try Refusal.kernel { () throws(KernelError) in try BootIdentity.read() }
        let glance = try Journal.glance()
        let pending = glance.flatMap { $0.isSettled || $0.boot != boot ? nil : $0 }
        let history = try History.read()
        let rows = rows(of: history.holding(in: boot) + [pending].compactMap({ $0 }), in: boot)
        var status = TransactionStatus(pending: pending, settings: rows, rule: .systemd)
        status.damaged = history.damaged
        if pending == nil, let last = history.records.last, last.unaskedReason != nil {
            status.takenBack = last
        }
        status.fileProblem = Self.fileProblem(history)
        status.lasting = LastingValues.words(of: history.lasting(in: boot))
        if !history.damaged.isEmpty { status.readFirstValues(history, pending) }
        status.readValues()
        status.foresee()
        return status
    }

    /// What these want, oldest first, of values that were not read.
    static func rows(of records: [TransactionRecord], in boot: String) -> [Row] {
        var rows: [Row] = []
        for record in records {
            let place = record.boot == boot ? record.namespace : nil
            for (key, value) in record.valuesInForce(in: boot) {
                let row = Row(
                    key: key, namespace: place, wanted: value, transaction: record.id,
                    profile: record.profile, isConfirmed: record.isSettled)
                // Of two that want a key of one namespace, the later one has it.
                if let index = rows.firstIndex(where: { $0.isOfSameValue(as: row) }) {
                    rows[index] = row
                } else {
                    rows.append(row)
                }
            }
        }
        return rows
    }

    /// An entry of a transaction that is not in force is left over, or somebody else's.
    private static func fileProblem(_ history: History) -> String? {
        do throws(Refusal) {
            guard let file = try DropInFile.read() else { return nil }
            let strays = try DropIn(parsing: file.bytes).entries
                .filter { entry in !history.inForce.contains { $0.id == entry.id } }
            guard !strays.isEmpty else { return nil }
            let keys = strays.map(\.key).joined(separator: ", ")
            if let file = strays.lazy.compactMap({ history.damagedFile(of: $0.id) }).first {
                return
                    "\(Persistence.path) sets \(keys) for a transaction whose record is damaged (\(file)): "
                    + "tcptune does not know whether that transaction is active"
            }
            return "\(Persistence.path) sets \(keys) for a transaction that is not active: "
                + "tcptune rollback --all removes the file"
        } catch {
            return DropIn.left(error)
        }
    }

    /// Each in the namespace that it was written in; one that is gone has no value.
    private mutating func readValues() {
        var rest = Array(settings.indices)
        let here: NamespaceName?
        do throws(KernelError) { here = try NamespaceName.here() } catch { here = nil }
        while let first = rest.first {
            let place = settings[first].namespace
            let own = rest.filter { settings[$0].isIn(place) }
            rest.removeAll { own.contains($0) }
            if let place, let here, !place.isSame(as: here) {
                for index in own { settings[index].isElsewhere = true }
            }
            do throws(KernelError) {
                let values = try Self.values(of: own.map { settings[$0].key }, in: place)
                for index in own {
                    settings[index].now = values?[settings[index].key]
                    settings[index].isGone = values == nil
                }
            } catch { continue }
        }
    }

    /// Nil where the namespace is gone.
    private static func values(
        of keys: [String], in place: NamespaceName?
    ) throws(KernelError) -> [String: String]? {
        guard let place else { return try HostKnobs.valuesWhereBootSetThem(of: keys) }
        let read = { @Sendable () throws(KernelError) -> [String: String] in
            try HostKnobs.values(of: keys)
        }
        switch try RecordedNamespace.run(place, read) {
        case .found(let values): return values
        case .gone: return nil
        case .notFound: return [:]
        }
    }

    /// Those of this namespace; what cannot be read tells nothing.
    private mutating func readFirstValues(_ history: History, _ pending: TransactionRecord?) {
        do {
            let boot = try BootIdentity.read()
            let here = try NamespaceName.here()
            let chain = LayerChain(history.records(of: boot, in: here))
            let originals = try Originals.here().values.filter { key, _ in
                chain.inForce(key).isEmpty
                    && pending?.knobs.contains { $0.key == key } != true
            }
            let values = try HostKnobs.values(of: originals.map(\.key.name))
            for (key, first) in originals {
                guard let now = values[key.name], now != first else { continue }
                firstValues.append((key.name, first, now))
            }
        } catch { return }
    }

    private mutating func foresee() {
        let forecast = BootForecast(keys: Array(Set(settings.map(\.key))))
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

extension TransactionStatus.Row {
    fileprivate func isIn(_ place: NamespaceName?) -> Bool {
        guard let namespace, let place else { return namespace == nil && place == nil }
        return namespace.isSame(as: place)
    }

    fileprivate func isOfSameValue(as other: TransactionStatus.Row) -> Bool {
        key == other.key && isIn(other.namespace)
    }
}

extension TransactionRecord {
    /// The keys that it wants in this boot: all that it wrote, or what it set at boot where it is of an earlier one.
    fileprivate func valuesInForce(in boot: String) -> [(key: String, value: String)] {
        let persisted =
            isBeingTakenBack ? [] : persistence?.settings.map { ($0.key, $0.value) } ?? []
        guard self.boot == boot else { return isBeingTakenBack ? [] : persisted }
        let written = knobs.filter { $0.outcome != .skipped }
            .map { ($0.name, isBeingTakenBack && $0.outcome != .covered ? $0.before : $0.landed) }
        let names = Set(written.map(\.0))
        return written + persisted.filter { !names.contains($0.0) }
    }
}
