import Model

/// The data of `tcptune.profiles/1`.
struct ProfilesJSON: Encodable, Sendable {
    let profiles: [ProfileJSON.Head]
}

/// The data of `tcptune.profile/1`.
struct ProfileJSON: Encodable, Sendable {
    let name: String
    let summary: String
    let suits: [RuleID]
    let path: String
    let digest: String
    let requires: [RequirementJSON]
    let settings: [SettingJSON]

    /// As `list` has it.
    struct Head: Encodable, Sendable {
        let name: String
        let summary: String
        let suits: [RuleID]
        let path: String

        init(_ profile: Profile) {
            name = profile.name
            summary = profile.summary
            suits = profile.suits
            path = profile.path
        }
    }

    struct RequirementJSON: Encodable, Sendable {
        let text: String
        /// Null where it cannot be told.
        @Explicit var holds: Bool?
    }

    struct SettingJSON: Encodable, Sendable {
        let key: String
        /// `value`, `at_least` or `at_most`.
        let wish: String
        /// As the profile has it.
        let value: String
        /// What a computed value comes to on this host.
        @Explicit var computed: String?
        @Explicit var now: String?
        let why: String
        @Explicit var risk: String?
        @Explicit var proof: String?
        let place: String
    }

    init(_ view: ProfileView) {
        let profile = view.profile
        name = profile.name
        summary = profile.summary
        suits = profile.suits
        path = profile.path
        digest = profile.digest
        requires = profile.requires.map {
            RequirementJSON(text: $0.description, holds: view.holds($0))
        }
        settings = profile.settings.map {
            SettingJSON(
                key: $0.key, wish: $0.wish.word, value: $0.wish.value.description,
                computed: view.computed($0), now: view.now($0.key), why: $0.why, risk: $0.risk,
                proof: $0.proof, place: $0.place)
        }
    }
}
