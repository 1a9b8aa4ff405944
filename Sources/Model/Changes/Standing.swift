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
    /// Files of the history that cannot be understood: what they changed is not among the settings.
    package var damaged: [String] = []
    /// Of keys that nothing in force wants, and that are not what they were at first: what a damaged record may have changed.
    package var firstValues: [(key: String, first: String, now: String)] = []
    /// What boot set for transactions that are taken back since, in a sentence; nil where nothing.
    package var lasting: String?

    package init(
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
    package struct Row: Sendable, Hashable {
        package var key: String
        /// The network namespace that the value belongs to; nil for one that boot set.
        package var namespace: NamespaceName?
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

        /// Whether the namespace of the value is gone, and the value with it.
        package var isGone = false

        /// What could not be read is not known to have changed.
        package var hasDrifted: Bool { !isGone && now != nil && now != wanted }
        /// An empty list needs no line: it is what a kernel begins with.
        package var survivesReboot: Bool {
            afterReboot == wanted || (wanted.isEmpty && afterReboot == nil)
        }
        /// Whether its namespace is another than the one that is asked in.
        package var isElsewhere = false

        package init(
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
