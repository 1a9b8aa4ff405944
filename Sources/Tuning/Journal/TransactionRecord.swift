package import Kernel

/// What is known of one transaction, durable before each step of it.
package struct TransactionRecord: Sendable, Hashable {
    /// Its place in the order of all; the name of its file in the history begins with it.
    package var number: Int
    /// 128 random bits in hexadecimal digits.
    package var id: String
    package var state: State
    /// Why it was rolled back; empty where it was not.
    package var reason = ""
    package var boot: String
    package var namespace: NamespaceName
    /// Seconds since 1970.
    package var began: Int64
    /// When it is rolled back unless it was confirmed: nanoseconds of CLOCK_BOOTTIME; nil where nobody waits.
    package var deadline: UInt64?
    package var caller: Caller
    package var profile: String
    package var digest: String
    /// The command that writes, while it does.
    package var applier: ProcessIdentity?
    /// The process that rolls it back at the deadline.
    package var guardian: ProcessIdentity?
    package var watch = Watch()
    package var knobs: [KnobImage] = []
    package var persistence: Persistence?
    /// True where it takes back all that was ever applied in this boot.
    package var undoesAll = false

    package enum State: String, Sendable, Hashable, CaseIterable {
        /// All is known and nothing written.
        case prepared = "PREPARED"
        /// The guard watches; values may have been written.
        case armed = "ARMED"
        /// All values are written; nobody has confirmed them.
        case applied = "APPLIED"
        /// Confirmed; from here on recovery goes forward.
        case confirming = "CONFIRMING"
        case confirmed = "CONFIRMED"
        case rollingBack = "ROLLING_BACK"
        case rolledBack = "ROLLED_BACK"
        /// A value could not be put back; every later command tries again.
        case partial = "PARTIAL"
    }

    package init(
        number: Int, id: String, state: State, boot: String, namespace: NamespaceName,
        began: Int64, caller: Caller, profile: String, digest: String
    ) {
        self.number = number
        self.id = id
        self.state = state
        self.boot = boot
        self.namespace = namespace
        self.began = began
        self.caller = caller
        self.profile = profile
        self.digest = digest
    }

    /// Seconds of CLOCK_BOOTTIME.
    package var deadlineSeconds: Double? { deadline.map { Double($0) / 1e9 } }

    /// The reason of a rollback that somebody asked for.
    package static let asked = "asked for"

    /// Why it was taken back without being asked to; nil where it was not.
    package var unaskedReason: String? {
        state == .rolledBack && !reason.isEmpty && reason != Self.asked ? reason : nil
    }

    /// True where nothing is left to be done for it.
    package var isSettled: Bool { state == .confirmed || state == .rolledBack }
}

/// Which network namespace the values belong to.
package struct NamespaceName: Sendable, Hashable {
    package var inode: UInt64
    package var name: String

    package init(inode: UInt64, name: String) {
        self.inode = inode
        self.name = name
    }
}

/// One value, before and after.
package struct KnobImage: Sendable, Hashable {
    /// Beneath `/proc/sys`.
    package var key: SysctlKey
    package var before: String
    package var wanted: String
    /// What the kernel shows when `wanted` is written.
    package var landed: String
    package var outcome = Outcome.pending

    package enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// Not known to be written.
        case pending
        /// Written and read back.
        case landed
        /// The kernel refused it, and the others were wanted all the same.
        case skipped
        /// It is again as it was.
        case restored
        /// Somebody else's value was found in its place, and left there.
        case foreign
        /// It could not be put back.
        case failed
    }

    package init(key: SysctlKey, before: String, wanted: String, landed: String) {
        self.key = key
        self.before = before
        self.wanted = wanted
        self.landed = landed
    }

    /// With dots between the parts.
    package var name: String { key.name }

    /// True for a value that is there because this transaction wrote it.
    package func isOurs(_ value: String) -> Bool { value == landed || value == wanted }
}

/// What the guard looks at while it waits.
package struct Watch: Sendable, Hashable {
    /// Asked again and again: `tcp:HOST:PORT`, the host as an address.
    package var probe: TCPProbe?
    /// What was usual before the change; nil where nobody is to look.
    package var health: HealthBaseline?

    package init(probe: TCPProbe? = nil, health: HealthBaseline? = nil) {
        self.probe = probe
        self.health = health
    }
}

/// What boot is to set once it is confirmed.
package struct Persistence: Sendable, Hashable {
    package var settings: [Setting]
    /// The file as it was when it was confirmed; nil where there was none, or it is not confirmed yet.
    package var before: FileImage?
    /// SHA-256 of the file that was put in its place; empty until then, `absent` where it was taken away.
    package var after = ""

    package struct Setting: Sendable, Hashable {
        package var key: String
        package var value: String

        package init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }

    package init(settings: [Setting]) { self.settings = settings }
}

/// A whole file.
package struct FileImage: Sendable, Hashable {
    package var bytes: [UInt8]
    package var mode: UInt32

    package init(bytes: [UInt8], mode: UInt32) {
        self.bytes = bytes
        self.mode = mode
    }
}
