import Model
import Text

/// How an owner is named, with how sure that is.
enum OwnerText {
    /// `php-fpm (likely: 31 live sockets to the same destination)`.
    static func phrase(_ owner: Owner) -> Phrase {
        guard let name = owner.displayName else { return .quiet("owner unknown (\(owner.reason))") }
        if owner.confidence == .certain { return Phrase(name) }
        return Phrase(name) + .quiet(" (\(owner.confidence.rawValue): \(owner.reason))")
    }

    /// The name alone, with a question mark where it is no more than possible.
    static func short(_ owner: Owner) -> Phrase {
        guard let name = owner.displayName else { return .quiet(owner.nameless) }
        return Phrase(name) + (owner.confidence == .possible ? .quiet("?") : "")
    }

    /// Of a port that several programs share (SO_REUSEPORT) all of them, those with most sockets first.
    static func short(of listener: Listener) -> Phrase {
        let names = (listener.owners ?? []).compactMap(\.owner.displayName)
        guard names.count > 1 else { return short(listener.owner) }
        let shown = names.prefix(named).joined(separator: ", ")
        return Phrase(
            shown + (names.count > named ? " and \((names.count - named).grouped) more" : ""))
    }

    /// So many programs of one port are named.
    private static let named = 4
}
