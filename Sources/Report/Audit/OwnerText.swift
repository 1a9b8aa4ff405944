import HostState

/// How an owner is named, with how sure that is.
enum OwnerText {
    /// `php-fpm (likely: 31 live sockets to the same destination)`.
    static func phrase(_ owner: Owner) -> Phrase {
        guard let name = name(owner) else { return .quiet("owner unknown (\(owner.reason))") }
        if owner.confidence == .certain { return Phrase(name) }
        return Phrase(name) + .quiet(" (\(owner.confidence.rawValue): \(owner.reason))")
    }

    /// The name alone, with a question mark where it is no more than possible.
    static func short(_ owner: Owner) -> Phrase {
        guard let name = name(owner) else { return .quiet("unknown") }
        return Phrase(name) + (owner.confidence == .possible ? .quiet("?") : "")
    }

    private static func name(_ owner: Owner) -> String? { owner.name ?? owner.unit }
}
