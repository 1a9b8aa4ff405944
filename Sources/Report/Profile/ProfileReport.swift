import Audit
import Catalogue
package import Model

/// The pages of `tcptune profile`.
package enum ProfileReport {
    // MARK: list

    /// - Parameter broken: profiles that are there and not taken, with the reason.
    package static func list(
        _ profiles: [Profile], broken: [(name: String, reason: String)]
    ) -> Document {
        var blocks: [Block] = []
        if profiles.isEmpty {
            blocks.append(.paragraph("No profile is installed."))
        } else {
            blocks.append(
                .table(
                    Table(
                        "",
                        columns: [
                            Table.Column("profile"), Table.Column("purpose"),
                            Table.Column("settings", isNumber: true, rank: 1),
                            Table.Column("file", rank: 2),
                        ],
                        rows: profiles.map {
                            [
                                .phrase(.code($0.name)), .text($0.summary),
                                .count($0.settings.count), .text($0.path),
                            ]
                        },
                        note:
                            "tcptune profile show NAME explains one; tcptune plan NAME shows what it would change"
                    )))
        }
        for profile in broken {
            blocks.append(.remark(label: "not used", Phrase("\(profile.name): \(profile.reason)")))
        }
        return Document(title: "tcptune: profiles", blocks: blocks)
    }

    /// One `tcptune.profiles/1` document.
    package static func listJSON(
        _ profiles: [Profile], broken: [(name: String, reason: String)], host: Host, tool: Tool
    ) throws -> String {
        try Envelope(
            .profiles, tool: tool, host: HostJSON(host),
            data: ProfilesJSON(profiles: profiles.map(ProfileJSON.Head.init)),
            notes: broken.map { "not used: \($0.name): \($0.reason)" }
        ).encoded(pretty: true)
    }

    // MARK: show

    package static func show(_ view: ProfileView) -> Document {
        let profile = view.profile
        var blocks: [Block] = [
            .heading("\(profile.name): \(profile.summary)", level: 1),
            .facts(head(view)),
        ]
        for setting in profile.settings {
            blocks.append(.heading(setting.key, level: 2))
            blocks.append(.facts(facts(setting, in: view)))
        }
        blocks.append(
            .remark(
                label: "next",
                "tcptune plan \(profile.name) (shows what it would change here) · tcptune apply \(profile.name)"
            ))
        return Document(title: "tcptune: \(profile.name)", blocks: blocks)
    }

    private static func head(_ view: ProfileView) -> [Fact] {
        let profile = view.profile
        var facts = [Fact("file", Phrase(profile.path))]
        if !profile.suits.isEmpty {
            facts.append(
                Fact("answers", Phrase(profile.suits.map(\.rawValue).joined(separator: ", "))))
        }
        for requirement in profile.requires {
            facts.append(
                Fact("requires", Phrase(requirement.description) + verdict(requirement, view)))
        }
        return facts
    }

    private static func verdict(_ requirement: Requirement, _ view: ProfileView) -> Phrase {
        switch view.holds(requirement) {
        case true?: " " + .good("met here")
        case false?: " " + .severity(.warning, "not met here")
        case nil: " " + .quiet("not checked here")
        }
    }

    private static func facts(_ setting: ProfileSetting, in view: ProfileView) -> [Fact] {
        var wanted = Phrase.strong(wish(setting.wish))
        if case .computed = setting.wish.value {
            wanted += Phrase(
                view.computed(setting).map { ", here \($0.isEmpty ? "empty" : shortened($0))" }
                    ?? ", which tcptune could not compute here")
        }
        let knob = Knob.named(setting.key)
        var facts = [
            Fact("wanted", wanted),
            Fact(
                "now",
                Phrase(
                    view.now(setting.key).map { $0.isEmpty ? "empty" : shortened($0) } ?? "not here"
                )),
        ]
        if let initial = knob.flatMap({ initial(of: $0, on: view.kernel) }) {
            facts.append(Fact("default", Phrase(initial)))
        }
        facts.append(Fact("why", Phrase(setting.why)))
        if let risk = setting.risk { facts.append(Fact("risk", Phrase(risk))) }
        if let scope = knob?.scope, scope != .namespace {
            facts.append(Fact("scope", Phrase(scope.words)))
        }
        if let proof = setting.proof {
            facts.append(Fact("proof", Phrase("experiment \(proof)")))
        }
        if !setting.place.hasPrefix(view.profile.path + ":") {
            facts.append(Fact("from", Phrase(setting.place)))
        }
        return facts
    }

    static func wish(_ wish: Wish) -> String {
        switch wish {
        case .exact(let value): value.description.isEmpty ? "empty" : value.description
        case .atLeast(let value): "at least \(value)"
        case .atMost(let value): "at most \(value)"
        }
    }

    private static func initial(of knob: Knob, on kernel: KernelRelease?) -> String? {
        if let numbers = kernel.flatMap({ knob.initialValue(on: $0) }) {
            return numbers.map(String.init).joined(separator: " ")
        }
        guard case .computed(let words) = knob.initial else { return nil }
        return words
    }

    /// A list of ports may have thousands.
    private static func shortened(_ value: String) -> String {
        value.utf8.count <= 120 ? value : "\(value.prefix(100))…"
    }

    /// One `tcptune.profile/1` document.
    package static func showJSON(
        _ view: ProfileView, host: Host, tool: Tool, notes: [String]
    ) throws -> String {
        try Envelope(
            .profile, tool: tool, host: HostJSON(host), data: ProfileJSON(view), notes: notes
        ).encoded(pretty: true)
    }
}
