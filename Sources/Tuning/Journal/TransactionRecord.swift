package import Kernel
import Model

/// What is known of one transaction, durable before each step of it.
package struct TransactionRecord: Sendable, Hashable {
    /// Its place in the order of all; the name of its file in the history begins with it.
    package var number: Int
    /// 128 random bits in hexadecimal digits.
    package var id: String
    package var state: State
    /// Why it was rolled back; empty where it was not.
    package var reason = ""
    /// When it was taken back: in which boot, and before the transaction of which number; nil where it was not.
    package var ending: Ending?
    package var boot: String
    package var namespace: NamespaceName
    /// Seconds since 1970.
    package var began: Int64
    /// When it is rolled back unless it was confirmed: nanoseconds of `BootClock`; nil where nobody waits.
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

    /// The end of a transaction among all others.
    package struct Ending: Sendable, Hashable {
        /// Transactions of this number and of higher ones began after it.
        package var number: Int
        package var boot: String

        package init(number: Int, boot: String) {
            self.number = number
            self.boot = boot
        }
    }

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

    /// Seconds of `BootClock`.
    package var deadlineSeconds: Double? { deadline.map { Double($0) / 1e9 } }

    /// True where its time was over before it was confirmed, so that its guard may have reverted it meanwhile.
    var isLate: Bool { isOver(at: BootClock.now) }

    /// Whether its time was over then, in seconds of `BootClock`.
    package func isOver(at time: Double) -> Bool { deadlineSeconds.map { $0 <= time } ?? false }

    /// What whoever comes too late is told.
    var lateness: TuningError {
        TuningError(
            .restored,
            "the time to confirm transaction \(id.prefix(8)) was over before this command went on")
    }

    /// The reason of a rollback that somebody asked for.
    package static let asked = "asked for"

    /// How the reason begins of one that wrote nothing.
    static let notBegun = "not begun: "

    /// What became of it, without being asked for, in words that follow its name; nil where nothing did.
    package var unaskedEnd: String? {
        unaskedReason.map { reason in
            reason.hasPrefix(Self.notBegun)
                ? "was not begun: \(reason.dropFirst(Self.notBegun.utf8.count))"
                : "was taken back: \(reason)"
        }
    }

    /// Why it was taken back without being asked to; nil where it was not.
    package var unaskedReason: String? {
        state == .rolledBack && !reason.isEmpty && reason != Self.asked ? reason : nil
    }

    /// True where it is on its way back: nothing confirms it any more.
    package var isBeingTakenBack: Bool { state == .rollingBack || state == .partial }

    /// True where nothing is left to be done for it.
    package var isSettled: Bool { state == .confirmed || state == .rolledBack }
}

/// Which network namespace the values belong to.
package struct NamespaceName: Sendable, Hashable {
    package var inode: UInt64
    package var name: String
    /// See `NamespaceCookie`; nil on a kernel before 5.14, where an inode that is used again cannot be told apart.
    package var cookie: UInt64?
    /// The file that was named to enter it by; nil where none was.
    package var path: String?
    /// The PID namespace in which it was named (`ProcessNamespace.name`); nil where that is not known.
    package var processes: String?

    package init(
        inode: UInt64, name: String, cookie: UInt64? = nil, path: String? = nil,
        processes: String? = nil
    ) {
        self.inode = inode
        self.name = name
        self.cookie = cookie
        self.path = path
        self.processes = processes
    }

    /// The namespace that the calling thread is in.
    static func here() throws(KernelError) -> NamespaceName {
        let here = try NetworkNamespaces.current(root: .host).namespace
        return NamespaceName(
            inode: here.inode, name: here.name, cookie: try NamespaceCookie.read(),
            processes: ProcessNamespace.name)
    }

    /// Whether both are one namespace, in one boot.
    package func isSame(as other: NamespaceName) -> Bool {
        if let cookie, let theirs = other.cookie { return cookie == theirs }
        return inode == other.inode
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
    /// What a rollback found in its place, before it wrote; it is told, not recorded.
    package var found: String?
    /// Why it could not be put back; it is told, not recorded.
    package var cause: String?
    /// Whose value it is, where a rollback went through another namespace than its caller's; it is told, not recorded.
    package var place: NamespaceName?

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
        /// A later transaction wants the key: its value stays, and the one that is below it comes back with that.
        case covered
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

    /// True where nothing is to be written: it was there already, or the way back leads to the same value.
    package var isFound: Bool { before == landed }

    /// True for a value that is there because this transaction wrote it.
    package func isOurs(_ value: String) -> Bool { value == landed || value == wanted }

    /// True where a rollback has something to say of it.
    package var isTold: Bool { !isFound || (found != nil && found != before) }
}

/// What the guard looks at while it waits.
package struct Watch: Sendable, Hashable {
    /// Asked again and again, at the addresses that it had when the change was applied.
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
