/// What holds of all that was applied: each value now, as it was wanted, and after the next boot.
public struct TransactionStatus: Sendable {
    /// Applied and waiting to be confirmed; nil where none is.
    public var pending: TransactionRecord?
    /// The last transaction, where none waits and it was taken back without being asked to.
    public var takenBack: TransactionRecord?
    public var settings: [Row]
    /// By whose rule this host boots.
    public var rule: BootSetting.Rule
    /// What is odd about the boot-time file; nil where it is as it was written, or not there.
    public var fileProblem: String?
    /// Files of the history that cannot be understood: what they changed is not among the settings.
    public var damaged: [String] = []
    /// Of keys that nothing in force wants, and that are not what they were at first: what a damaged record may have changed.
    public var firstValues: [(key: String, first: String, now: String)] = []
    /// What boot set for transactions that are taken back since, in a sentence; nil where nothing.
    public var lasting: String?

    public init(
        pending: TransactionRecord? = nil,
        takenBack: TransactionRecord? = nil,
        settings: [Row],
        rule: BootSetting.Rule,
        fileProblem: String? = nil,
        damaged: [String] = [],
        firstValues: [(key: String, first: String, now: String)] = [],
        lasting: String? = nil
    ) {
        self.pending = pending
        self.takenBack = takenBack
        self.settings = settings
        self.rule = rule
        self.fileProblem = fileProblem
        self.damaged = damaged
        self.firstValues = firstValues
        self.lasting = lasting
    }

    /// One key.
    public struct Row: Sendable, Hashable {
        public var key: String
        /// The network namespace that the value belongs to; nil for one that boot set.
        public var namespace: NamespaceName?
        /// Canonical; nil where it cannot be read.
        public var now: String?
        public var wanted: String
        /// Canonical; nil where no file sets it and the kernel works its default out.
        public var afterReboot: String?
        /// The file and line that boot goes by, nil where the kernel's own default counts.
        public var bootPlace: String?
        /// The transaction that wants it, and its profile.
        public var transaction: String
        public var profile: String
        /// Whether it is confirmed.
        public var isConfirmed: Bool

        /// Whether the namespace of the value is gone, and the value with it.
        public var isGone = false

        /// What could not be read is not known to have changed.
        public var hasDrifted: Bool { !isGone && now != nil && now != wanted }
        /// An empty list needs no line: it is what a kernel begins with.
        public var survivesReboot: Bool {
            afterReboot == wanted || (wanted.isEmpty && afterReboot == nil)
        }
        /// Whether its namespace is another than the one that is asked in.
        public var isElsewhere = false

        public init(
            key: String,
            namespace: NamespaceName? = nil,
            now: String? = nil,
            wanted: String,
            afterReboot: String? = nil,
            bootPlace: String? = nil,
            transaction: String,
            profile: String,
            isConfirmed: Bool,
            isGone: Bool = false,
            isElsewhere: Bool = false
        ) {
            self.key = key
            self.namespace = namespace
            self.now = now
            self.wanted = wanted
            self.afterReboot = afterReboot
            self.bootPlace = bootPlace
            self.transaction = transaction
            self.profile = profile
            self.isConfirmed = isConfirmed
            self.isGone = isGone
            self.isElsewhere = isElsewhere
        }
    }
}
