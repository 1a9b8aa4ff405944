import Kernel
package import Model

/// The state in `/var/lib/tcptune`, held by the one command that may change it.
///
/// `transaction` is the one under way, `history/` those that are settled, `original/` the first value ever seen of each
/// key. Every file is replaced whole.
package struct Journal: ~Copyable {
    static let path = "/var/lib/tcptune"
    static let transaction = "transaction"
    /// How the names of records begin that could not be understood.
    static let setAsidePrefix = transaction + ".corrupt-"
    static let lockName = "lock"

    let directory: StateDirectory
    private let lock: FileLock

    private init(directory: consuming StateDirectory, lock: consuming FileLock) {
        self.directory = directory
        self.lock = lock
    }

    /// Takes the lock, making the directory where it is not there.
    package static func open() throws(Refusal) -> Journal {
        guard Caller.isRoot else {
            throw Refusal(.noPrivilege, "only root may change settings and \(path)")
        }
        return try locked(
            try Refusal.kernel { () throws(KernelError) in
                try StateDirectory.make(path, .owner)
            })
    }

    /// Takes the lock; nil where there is no state at all.
    package static func openIfPresent() throws(Refusal) -> Journal? {
        let directory = try Refusal.kernel { () throws(KernelError) in
            try StateDirectory.open(path, .owner)
        }
        guard let directory = consume directory else { return nil }
        return try locked(directory)
    }

    private static func locked(
        _ directory: consuming StateDirectory
    ) throws(Refusal) -> Journal {
        let attempt = try Refusal.kernel { () throws(KernelError) in
            try directory.lock(lockName)
        }
        switch consume attempt {
        case .taken(let lock):
            return Journal(directory: directory, lock: lock)
        case .busy(let holder):
            let who = holder.map { "process \($0)" } ?? "another process"
            throw Refusal(
                .locked, "\(who) is changing settings (it locked \(path)/\(lockName)); try again")
        }
    }

    /// What is under way, read without the lock: it is always whole.
    package static func glance() throws(Refusal) -> TransactionRecord? {
        let bytes = try Refusal.kernel { () throws(KernelError) -> [UInt8]? in
            guard let directory = try StateDirectory.open(path, .owner) else { return nil }
            return try directory.read(transaction, limit: TransactionRecord.largestBytes)
        }
        return bytes.flatMap { try? TransactionRecord(bytes: $0) }
    }

    /// What the state tells of one transaction.
    enum Sight {
        case underWay(TransactionRecord)
        case settled
        /// Neither under way nor in the history, or not to be read: what became of it is not known.
        case lost(Refusal?)
    }

    /// Looks for a transaction without the lock.
    static func sight(of id: String) -> Sight {
        do throws(Refusal) {
            if let record = try glance(), record.id == id {
                return record.isSettled ? .settled : .underWay(record)
            }
            let isSettled = try History.read().records.contains { $0.id == id && $0.isSettled }
            return isSettled ? .settled : .lost(nil)
        } catch {
            return .lost(error)
        }
    }

    /// Makes a record durable: when it returns, it is on the disk.
    func store(_ record: TransactionRecord) throws(Refusal) {
        try Refusal.kernel { () throws(KernelError) in
            try directory.replace(Self.transaction, with: record.bytes, mode: 0o600)
        }
    }

    /// The transaction under way, nil where there is none.
    ///
    /// One that cannot be understood is set aside, and nothing is written for it.
    package func load() throws(Refusal) -> TransactionRecord? {
        let bytes = try Refusal.kernel { () throws(KernelError) -> [UInt8]? in
            try directory.dropDraft(of: Self.transaction)
            do throws(KernelError) {
                return try directory.read(
                    Self.transaction, limit: TransactionRecord.largestBytes)
            } catch {
                // Far beyond any record: nothing of it can be one.
                if error.isTooLarge { return [] }
                throw error
            }
        }
        guard let bytes else { return nil }
        do throws(TransactionRecord.Damage) {
            return try TransactionRecord(bytes: bytes)
        } catch {
            throw try setAside(bytes, error)
        }
    }

    /// Settles it: it becomes a part of the history, and with one that was taken back go the first values that nothing in force
    /// wants any more.
    ///
    /// Those go first: whoever is killed in between finds the record, and settles it again. Where they cannot be told it is settled
    /// all the same.
    func archive(_ record: TransactionRecord) throws(Refusal) {
        var unread: Refusal?
        if record.state == .rolledBack {
            do throws(Refusal) {
                try Originals.forgetWhatNothingHolds(record)
            } catch {
                unread = error
            }
        }
        try move(record)
        if let unread { throw unread }
    }

    private func move(_ record: TransactionRecord) throws(Refusal) {
        try Refusal.kernel { () throws(KernelError) in
            let history = try StateDirectory.make(directory.place("history"), .owner)
            try directory.move(Self.transaction, to: history, as: History.name(of: record))
        }
    }

    private func setAside(
        _ bytes: [UInt8], _ damage: TransactionRecord.Damage
    ) throws(Refusal) -> Refusal {
        let name = try Refusal.kernel { () throws(KernelError) in
            let name = try unusedName()
            try directory.move(Self.transaction, to: name)
            return name
        }
        let reason =
            switch damage {
            case .schema(let number): "is from a later release of tcptune (schema \(number))"
            case .damaged: "is damaged"
            }
        let commands = TransactionRecord.manualUndo(of: bytes)
        return Refusal(
            .badData,
            "\(directory.place(Self.transaction)) \(reason); tcptune wrote nothing and keeps the file as "
                + "\(directory.place(name))."
                + (commands.isEmpty
                    ? Self.firstValues
                    : " To revert by hand: " + commands.joined(separator: "; ")))
    }

    /// What is known of the values before a record that tells none.
    private static var firstValues: String {
        let originals: Originals
        do throws(Refusal) {
            originals = try Originals.here()
        } catch {
            return " It records no earlier value, and tcptune could not read the first values: "
                + error.description
        }
        guard !originals.values.isEmpty else {
            return
                " It records no earlier value, and \(Originals.path) has none for this network namespace."
        }
        return
            " It records no earlier value. First values of this network namespace in \(Originals.path): "
            + originals.values.map { "sysctl -w \($0.key.name)='\($0.value)'" }
            .joined(separator: "; ")
    }

    private func unusedName() throws(KernelError) -> String {
        let names = try directory.names()
        var number = 1
        while names.contains("\(Self.setAsidePrefix)\(number)") { number += 1 }
        return "\(Self.setAsidePrefix)\(number)"
    }
}

extension Refusal {
    /// Runs what reads or writes the state; what fails there changes nothing.
    static func kernel<Result: ~Copyable>(
        _ body: () throws(KernelError) -> Result
    ) throws(Refusal) -> Result {
        do throws(KernelError) { return try body() } catch {
            var error = error
            if error.isDenied, error.detail == nil, !Caller.isRoot { error.detail = "run as root" }
            throw Refusal(
                error.code == StateDirectory.distrust || error.isLink
                    ? .unsafeConfiguration
                    : error.isDenied ? .noPrivilege : .failed,
                error.description)
        }
    }
}
