package import Model

/// A shipped profile that makes the same change as a remedy.
///
/// Its command comes before a bare `sysctl -w`: tcptune reverts the change unless somebody confirms it.
enum ShippedProfile: String {
    case outboundReuse = "outbound-reuse"
    case finWaitRelief = "fin-wait-relief"

    private static let prefix = "tcptune apply "
    static let undo = "tcptune rollback --last"

    var command: String { Self.prefix + rawValue }

    /// The setting for which remedies name it.
    var key: String {
        switch self {
        case .outboundReuse: "net.ipv4.tcp_tw_reuse"
        case .finWaitRelief: "net.ipv4.tcp_fin_timeout"
        }
    }

    /// The profile that a remedy's command applies.
    ///
    /// It may follow a label and precede options, if it acts on another namespace or host.
    static func named(in command: String) -> String? {
        let words = command.split { $0 == " " }
        return words.indices.dropLast(2)
            .first { words[$0] == "tcptune" && words[$0 + 1] == "apply" }
            .map { String(words[$0 + 2]) }
    }
}

extension Finding {
    /// The shipped profile that one of its remedies applies.
    package var profile: String? {
        remedies.lazy.compactMap(\.command).compactMap(ShippedProfile.named).first
    }

    /// The settings that its remedies change: what a profile must set to be of any help.
    ///
    /// Empty if a second look comes first: nothing is known yet that a setting would cure. Last resorts do not count.
    package var settingsThatHelp: Set<String> {
        // By its text: in output the command is placed into the audited namespace.
        guard !remedies.contains(where: { $0.text == AcceptRemedies.lookTwice.text }) else {
            return []
        }
        return Set(
            remedies.lazy.filter { $0.kind == .knob }.compactMap(\.command).flatMap { command in
                SysctlCommand.keys(in: command)
                    + [
                        ShippedProfile.named(in: command).flatMap(ShippedProfile.init(rawValue:))?
                            .key
                    ].compactMap { $0 }
            })
    }

    /// Whether a shipped profile answers it, so that `tcptune profile recommend` has one to name.
    package var isAnsweredByProfile: Bool {
        !settingsThatHelp.isDisjoint(with: RuleGuide.answeredByProfiles[rule] ?? [])
    }

    /// Whether a profile answers it: it says that it suits the rule, and sets what a remedy of this very finding changes.
    ///
    /// The rule alone is not enough: a full accept queue is one whether the program accepts too slowly or not at all.
    package func isAnswered(bySuits suits: [RuleID], settings: [String]) -> Bool {
        suits.contains(rule) && !settingsThatHelp.isDisjoint(with: settings)
    }
}

extension RuleGuide {
    /// The rules that a shipped profile names under `suits`, and the settings by which one can answer a finding of it.
    package static let answeredByProfiles: [RuleID: Set<String>] =
        Rules.byID.mapValues(\.profileSettings).filter { !$0.value.isEmpty }
}

extension ShippedProfile {
    static let trackingSettings: Set<String> = [
        "net.netfilter.nf_conntrack_max",
        "net.netfilter.nf_conntrack_tcp_timeout_time_wait",
    ]
    static let portSettings: Set<String> = [
        "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports",
        "net.ipv4.tcp_tw_reuse",
    ]
}
