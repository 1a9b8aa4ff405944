/// What `tcptune apply` changed and nobody has reverted, as it is published for programs that may not read the journal.
///
/// The journal in `/var/lib/tcptune` decides; this is a copy, and may be older than what happened last.
public struct AppliedChanges: Sendable, Hashable {
    /// The boot that it is of: values of the kernel do not outlive it.
    public var boot: String
    /// Oldest first.
    public var changes: [Change]
    /// Files of records that cannot be understood: what those transactions changed is not among the changes.
    public var damaged: [String]

    public init(boot: String, changes: [Change] = [], damaged: [String] = []) {
        self.boot = boot
        self.changes = changes
        self.damaged = damaged
    }

    /// One transaction.
    public struct Change: Sendable, Hashable {
        public var id: String
        public var profile: String
        public var state: TransactionRecord.State
        /// When it is reverted unless it is confirmed, in seconds of `BootClock`; nil where nobody waits.
        public var deadline: Double?
        /// Where its values are; nil for one that boot set, in the initial namespace.
        public var namespace: NamespaceName?
        /// What it wants, by key with dots; of a key that a later transaction wants, that one has it.
        public var values: [String: String]

        public init(
            id: String, profile: String, state: TransactionRecord.State, deadline: Double? = nil,
            namespace: NamespaceName? = nil, values: [String: String]
        ) {
            self.id = id
            self.profile = profile
            self.state = state
            self.deadline = deadline
            self.namespace = namespace
            self.values = values
        }

        /// Whether its values are those of that namespace.
        ///
        /// - Parameter cookie: of that namespace (see `NamespaceCookie`); nil where the kernel gives none.
        func isIn(_ namespace: Namespace, cookie: UInt64?) -> Bool {
            guard let own = self.namespace else { return namespace.isInit == true }
            guard own.inode == namespace.inode else { return false }
            // An inode is used again; a cookie is not.
            guard let theirs = own.cookie, let cookie else { return true }
            return theirs == cookie
        }
    }

    /// What is applied in a namespace, by key.
    ///
    /// - Parameter cookie: of that namespace; asked for only where something may be applied there.
    public func settings(
        in namespace: Namespace, cookie: () -> UInt64?
    ) -> [String: AppliedSetting] {
        let candidates = changes.filter { $0.isIn(namespace, cookie: nil) }
        guard !candidates.isEmpty else { return [:] }
        let cookie = cookie()
        var found: [String: AppliedSetting] = [:]
        for change in candidates where change.isIn(namespace, cookie: cookie) {
            for (key, value) in change.values {
                found[key] = AppliedSetting(
                    value: value, profile: change.profile, transaction: change.id)
            }
        }
        return found
    }
}

/// What `tcptune apply` set a key to.
public struct AppliedSetting: Sendable, Hashable, Codable {
    /// As the kernel shows it, numbers parted by single blanks.
    public var value: String
    public var profile: String
    public var transaction: String

    public init(value: String, profile: String, transaction: String) {
        self.value = value
        self.profile = profile
        self.transaction = transaction
    }
}
