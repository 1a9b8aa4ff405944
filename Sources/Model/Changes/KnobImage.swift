/// One value, before and after.
public struct KnobImage: Sendable, Hashable {
    /// Beneath `/proc/sys`.
    public var key: SysctlKey
    public var before: String
    public var wanted: String
    /// What the kernel shows when `wanted` is written.
    public var landed: String
    public var outcome = Outcome.pending
    /// What a rollback found in its place, before it wrote; it is told, not recorded.
    public var found: String?
    /// Why it could not be put back; it is told, not recorded.
    public var cause: String?
    /// Whose value it is, where a rollback went through another namespace than its caller's; it is told, not recorded.
    public var place: NamespaceName?

    public enum Outcome: String, Sendable, Hashable, CaseIterable {
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

    public init(key: SysctlKey, before: String, wanted: String, landed: String) {
        self.key = key
        self.before = before
        self.wanted = wanted
        self.landed = landed
    }

    /// With dots between the parts.
    public var name: String { key.name }

    /// True where nothing is to be written: it was there already, or the way back leads to the same value.
    public var isFound: Bool { before == landed }

    /// True for a value that is there because this transaction wrote it.
    public func isOurs(_ value: String) -> Bool { value == landed || value == wanted }

    /// True where a rollback has something to say of it.
    public var isTold: Bool { !isFound || (found != nil && found != before) }
}
