import Kernel
import Model

/// The file's form: see `RecordText`.
extension TransactionRecord {
    /// How long a record can be: three lists of all ports and a drop-in with a fourth are below 2 MiB.
    static let largestBytes = 8 << 20

    static let title = "tcptune-transaction"
    /// Raised when a reader of today would misunderstand.
    static let schema = 1

    var bytes: [UInt8] {
        var text = RecordText()
        text.add("tcptune-transaction", "\(Self.schema)")
        text.add("number", number)
        text.add("id", id)
        text.add("state", state.rawValue)
        text.add("reason", reason)
        text.add("ended-before", ending?.number)
        text.add("ended-boot", ending?.boot)
        text.add("boot", boot)
        text.add("namespace", namespace.inode)
        text.add("namespace-name", namespace.name)
        text.add("namespace-cookie", namespace.cookie)
        text.add("namespace-path", namespace.path)
        text.add("namespace-processes", namespace.processes)
        text.add("began", began)
        text.add("deadline", deadline)
        text.add("user", caller.user)
        text.add("sudo-user", caller.sudoUser)
        text.add("terminal", caller.terminal)
        text.add("connection", caller.connection)
        text.add("profile", profile)
        text.add("digest", digest)
        text.add("applier", applier.map(Self.words))
        text.add("guard", guardian.map(Self.words))
        text.add("probe", watch.probe)
        for address in watch.probe?.addresses ?? [] { text.add("probe-address", address) }
        text.add("health", watch.health)
        text.add("undoes-all", undoesAll ? "yes" : nil)
        for knob in knobs {
            text.add("knob", knob.key.path)
            text.add("before", knob.before)
            text.add("wanted", knob.wanted)
            text.add("landed", knob.landed)
            text.add("outcome", knob.outcome.rawValue)
        }
        if let persistence {
            text.add("persist", "\(persistence.settings.count)")
            for setting in persistence.settings {
                text.add("key", setting.key)
                text.add("value", setting.value)
            }
            if let before = persistence.before {
                text.add("file-mode", before.mode)
                text.add("file", bytes: before.bytes)
            }
            text.add("file-after", persistence.after)
        }
        return text.sealed
    }

    /// Why a file is no record that may be acted upon.
    enum Damage: Error, Hashable {
        /// Of a later release; its number.
        case schema(String)
        case damaged
    }

    init(bytes: [UInt8]) throws(Damage) {
        // Bytes that are no UTF-8 change in decoding, and the check at the end tells.
        let text = String(decoding: bytes, as: UTF8.self)
        var reader = RecordReader(text[...])
        guard let schema = reader.next("tcptune-transaction") else { throw .damaged }
        guard Self.isWhole(bytes) else { throw .damaged }
        guard schema == "\(Self.schema)" else { throw .schema(schema) }
        guard let record = Self.read(&reader), record.bytes == bytes else { throw .damaged }
        self = record
    }

    /// Whether the last line is the checksum of those before it, whatever they say.
    private static func isWhole(_ bytes: [UInt8]) -> Bool {
        let length = "sha256 ".utf8.count + 64 + 1
        guard bytes.count > length else { return false }
        return RecordText.seal(of: Array(bytes.dropLast(length)))[...] == bytes.suffix(length)
    }

    private static func read(_ reader: inout RecordReader) -> TransactionRecord? {
        guard let number = reader.number("number", as: Int.self),
            let id = reader.next("id"), isID(id),
            let state = reader.next("state").flatMap(State.init(rawValue:)),
            let reason = reader.next("reason"), let ending = ending(&reader),
            let boot = reader.next("boot"),
            let inode = reader.number("namespace", as: UInt64.self),
            let namespace = namespace(&reader, inode: inode),
            let began = reader.number("began", as: Int64.self)
        else { return nil }
        let deadline = reader.number("deadline", as: UInt64.self)
        guard let user = reader.number("user", as: UInt32.self) else { return nil }
        let caller = Caller(
            user: user, sudoUser: reader.next("sudo-user"), terminal: reader.next("terminal"),
            connection: reader.next("connection"))
        guard let profile = reader.next("profile"), let digest = reader.next("digest") else {
            return nil
        }
        var record = TransactionRecord(
            number: number, id: id, state: state, boot: boot,
            namespace: namespace, began: began, caller: caller,
            profile: profile, digest: digest)
        record.reason = reason
        record.ending = ending
        record.deadline = deadline
        record.applier = reader.next("applier").flatMap(process)
        record.guardian = reader.next("guard").flatMap(process)
        record.watch.probe = reader.next("probe").flatMap { TCPProbe($0) }
        // Records of before have none.
        while let address = reader.next("probe-address") {
            record.watch.probe?.addresses.append(address)
        }
        record.watch.health = reader.next("health").flatMap { HealthBaseline(record: $0) }
        record.undoesAll = reader.next("undoes-all") == "yes"
        while let path = reader.next("knob") {
            guard let key = SysctlKey(path: path), let before = reader.next("before"),
                let wanted = reader.next("wanted"), let landed = reader.next("landed"),
                let outcome = reader.next("outcome").flatMap(KnobImage.Outcome.init(rawValue:))
            else { return nil }
            var knob = KnobImage(key: key, before: before, wanted: wanted, landed: landed)
            knob.outcome = outcome
            record.knobs.append(knob)
        }
        if let count = reader.number("persist", as: Int.self) {
            guard let persistence = persistence(&reader, count: count) else { return nil }
            record.persistence = persistence
        }
        guard reader.next("sha256") != nil, reader.isAtEnd else { return nil }
        return record
    }

    /// Records of before have none; nil for half of one.
    private static func ending(_ reader: inout RecordReader) -> Ending?? {
        guard let number = reader.number("ended-before", as: Int.self) else { return .some(nil) }
        return reader.next("ended-boot").map { Ending(number: number, boot: $0) }
    }

    /// Its cookie, path and processes came later: records of before have none of them.
    private static func namespace(
        _ reader: inout RecordReader, inode: UInt64
    ) -> NamespaceName? {
        guard let name = reader.next("namespace-name") else { return nil }
        return NamespaceName(
            inode: inode, name: name, cookie: reader.number("namespace-cookie", as: UInt64.self),
            path: reader.next("namespace-path"), processes: reader.next("namespace-processes"))
    }

    private static func persistence(
        _ reader: inout RecordReader, count: Int
    ) -> Persistence? {
        var persistence = Persistence(settings: [])
        while let key = reader.next("key") {
            guard let value = reader.next("value") else { return nil }
            persistence.settings.append(SettingValue(key: key, value: value))
        }
        guard persistence.settings.count == count else { return nil }
        if let mode = reader.number("file-mode", as: UInt32.self) {
            guard let bytes = reader.bytes("file") else { return nil }
            persistence.before = FileImage(bytes: bytes, mode: mode)
        }
        guard let after = reader.next("file-after") else { return nil }
        persistence.after = after
        return persistence
    }

    private static func words(_ process: ProcessIdentity) -> String {
        "\(process.pid) \(process.started)" + (process.namespace.map { " \($0)" } ?? "")
    }

    /// Records of before name no PID namespace.
    private static func process(_ text: String) -> ProcessIdentity? {
        let words = text.split(separator: " ")
        guard (2...3).contains(words.count), let pid = Int32(words[0]),
            let started = Int64(words[1])
        else {
            return nil
        }
        return ProcessIdentity(
            pid: pid, started: started, namespace: words.count == 3 ? String(words[2]) : nil)
    }

    static func isID(_ text: String) -> Bool {
        text.utf8.count == 32 && isBeginningOfID(text)
    }

    static func isBeginningOfID(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    /// What a person can type to get back what a damaged record still tells of the values before.
    static func manualUndo(of bytes: [UInt8]) -> [String] {
        var commands: [String] = []
        var key: SysctlKey?
        for line in String(decoding: bytes.prefix(largestBytes), as: UTF8.self).split(
            separator: "\n")
        {
            var reader = RecordReader(line + "\n")
            if let path = reader.next("knob") {
                key = SysctlKey(path: path)
            } else if let value = reader.next("before"), let name = key?.name {
                let isPlain = (name + value).utf8.allSatisfy { byte in
                    (0x20...0x7E).contains(byte) && byte != 0x27 && byte != 0x5C
                }
                if isPlain { commands.append("sysctl -w \(name)='\(value)'") }
                key = nil
            }
        }
        return commands
    }
}
