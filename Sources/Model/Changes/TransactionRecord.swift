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

    /// Whether its time was over then, in seconds of `BootClock`.
    package func isOver(at time: Double) -> Bool { deadlineSeconds.map { $0 <= time } ?? false }

    /// The reason of a rollback that somebody asked for.
    package static let asked = "asked for"

    /// How the reason begins of one that wrote nothing.
    package static let notBegun = "not begun: "

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
