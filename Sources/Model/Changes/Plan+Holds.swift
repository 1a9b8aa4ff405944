/// A key whose value is no longer the one that a saved plan was made from.
public struct MovedValue: Sendable, Hashable {
    public var key: String
    /// As the plan has it.
    public var before: String
    /// As it is; nil where it cannot be read.
    public var now: String?
}

extension Plan {
    /// The keys of its changes that are no longer as they were when it was made: it is then to be made anew.
    ///
    /// - Parameter now: canonical values, by key.
    public func moved(now: [String: String]) -> [MovedValue] {
        changes.compactMap { change in
            now[change.key] == change.before
                ? nil : MovedValue(key: change.key, before: change.before, now: now[change.key])
        }
    }
}
