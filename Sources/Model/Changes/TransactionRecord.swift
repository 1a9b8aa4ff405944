/// What is known of one transaction, durable before each step of it.
public struct TransactionRecord: Sendable, Hashable {
    /// Its place in the order of all; the name of its file in the history begins with it.
    public var number: Int
    /// 128 random bits in hexadecimal digits.
    public var id: String
    public var state: State
    /// Why it was rolled back; empty where it was not.
    public var reason = ""
    /// When it was taken back: in which boot, and before the transaction of which number; nil where it was not.
    public var ending: Ending?
    public var boot: String
    public var namespace: NamespaceName
    /// Seconds since 1970.
    public var began: Int64
    /// When it is rolled back unless it was confirmed: nanoseconds of `BootClock`; nil where nobody waits.
    public var deadline: UInt64?
    public var caller: Caller
    public var profile: String
    public var digest: String
    /// The command that writes, while it does.
    public var applier: ProcessIdentity?
    /// The process that rolls it back at the deadline.
    public var guardian: ProcessIdentity?
    public var watch = Watch()
    public var knobs: [KnobImage] = []
    public var persistence: Persistence?
    /// True where it takes back all that was ever applied in this boot.
    public var undoesAll = false

    /// The end of a transaction among all others.
    public struct Ending: Sendable, Hashable {
        /// Transactions of this number and of higher ones began after it.
        public var number: Int
        public var boot: String

        public init(number: Int, boot: String) {
            self.number = number
            self.boot = boot
        }
    }

    public enum State: String, Sendable, Hashable, CaseIterable {
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

    public init(
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
    public var deadlineSeconds: Double? { deadline.map { Double($0) / 1e9 } }

    /// Whether its time was over then, in seconds of `BootClock`.
    public func isOver(at time: Double) -> Bool { deadlineSeconds.map { $0 <= time } ?? false }

    /// The reason of a rollback that somebody asked for.
    public static let asked = "asked for"

    /// How the reason begins of one that wrote nothing.
    public static let notBegun = "not begun: "

    /// What became of it, without being asked for, in words that follow its name; nil where nothing did.
    public var unaskedEnd: String? {
        unaskedReason.map { reason in
            reason.hasPrefix(Self.notBegun)
                ? "was not applied: \(reason.dropFirst(Self.notBegun.utf8.count))"
                : "was reverted: \(reason)"
        }
    }

    /// Why it was taken back without being asked to; nil where it was not.
    public var unaskedReason: String? {
        state == .rolledBack && !reason.isEmpty && reason != Self.asked ? reason : nil
    }

    /// True where it is on its way back: nothing confirms it any more.
    public var isBeingTakenBack: Bool { state == .rollingBack || state == .partial }

    /// True where nothing is left to be done for it.
    public var isSettled: Bool { state == .confirmed || state == .rolledBack }
}

/// What the guard looks at while it waits.
public struct Watch: Sendable, Hashable {
    /// Asked again and again, at the addresses that it had when the change was applied.
    public var probe: TCPProbe?
    /// What was usual before the change; nil where nobody is to look.
    public var health: HealthBaseline?

    public init(probe: TCPProbe? = nil, health: HealthBaseline? = nil) {
        self.probe = probe
        self.health = health
    }
}
