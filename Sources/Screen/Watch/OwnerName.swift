import Model

/// How a screen names an owner.
enum OwnerName {
    /// With a question mark where it is no more than possible.
    static func short(_ owner: Owner?) -> String {
        guard let owner else { return "-" }
        guard let name = owner.displayName else { return owner.nameless }
        return owner.confidence == .possible ? name + "?" : name
    }

    /// With how sure that is, and why.
    static func full(_ owner: Owner) -> String {
        guard let name = owner.displayName else { return "unknown (\(owner.reason))" }
        let pids = owner.pids.prefix(4).map { "\($0)" }.joined(separator: ", ")
        let named = pids.isEmpty ? name : "\(name), process \(pids)"
        return owner.confidence == .certain
            ? named : "\(named) (\(owner.confidence.rawValue): \(owner.reason))"
    }
}
