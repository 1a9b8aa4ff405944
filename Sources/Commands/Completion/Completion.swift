import ArgumentParser

/// What a shell offers for an argument: the names there are, worked out when a shell asks.
///
/// A shell asks by `tcptune ---completion …`, which takes no rights and changes nothing. Until then nothing is read or listed, so that
/// no command starts more slowly for it.
enum Completion {
    // MARK: what commands read

    /// Network namespaces, `all` among them.
    static let namespaces = kind { _ in [OfferedWord("all", "every one")] + Namespaces.offered }
    /// Network namespaces, one of them.
    static let namespace = kind { _ in Namespaces.offered }
    static let settings = kind { Settings.named($0.start) }
    /// Settings with a value: `net.ipv4.tcp_tw_reuse=1`.
    static let assignments = kind { Settings.assigned($0.start) }
    /// All that can be explained.
    static let topics = kind { Topics.named($0.start) }
    static let schemas = kind { _ in Topics.schemas }

    // MARK: what they change

    /// Names and files of profiles.
    static let profiles = kind { Profiles.offered($0.start, endings: [".toml"]) }
    /// The same, and saved plans.
    static let plans = kind { Profiles.offered($0.start, endings: [".toml", ".json"]) }
    /// The transaction that waits for confirmation.
    static let waiting = kind { _ in Transactions.waiting }
    /// Transactions that can be reverted.
    static let transactions = kind { _ in Transactions.active }

    // MARK: what they prove

    static let experiments = kind { _ in Experiments.all }
    /// The arms of the experiments that the line names.
    static let arms = kind { Experiments.arms(of: $0.words) }

    // MARK: -

    private static func kind(
        _ offer: @escaping @Sendable (TypedLine) -> [OfferedWord]
    ) -> CompletionKind {
        let answer: @Sendable ([String], Int, String) -> [String] = { words, index, prefix in
            offer(TypedLine(words: words, index: index, prefix: prefix))
                .compactMap { $0.line(for: CompletionShell.requesting) }
        }
        return .custom(answer)
    }
}
