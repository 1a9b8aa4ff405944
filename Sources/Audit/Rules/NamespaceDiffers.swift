import Catalogue
import Model
import Text

/// A namespace has other values than the host: settings of the host do not apply to it.
///
/// Each network namespace has its own `net.ipv4` and most of its own `net.core`; a new one starts
/// from the kernel's defaults, never from its creator's values (measured; the kernel copies only
/// `tcp_rmem`, `tcp_wmem` and `tcp_congestion_control` from the host, once, at creation;
/// `net/ipv4/tcp_ipv4.c:tcp_sk_init`). So a changed somaxconn or port range on the host changes
/// nothing for a container with its own network.
///
/// Confirm: compare `nsenter -t PID -n sysctl KEY` with `sysctl KEY`. The rule reports settings
/// that were changed on the host while the namespace still has the kernel's default, or whose
/// default is not known. It leaves alone a namespace that was changed on purpose while the host has
/// the default, a namespace without a single socket, and everything if tcptune did not look at the
/// host's own namespace. Silent in the host's own namespace.
struct NamespaceDiffers: Rule {
    static let id = RuleID.namespaceDiffers
    static let severities: [Severity] = [.notice]
    static let needs = RuleNeeds([.otherNamespaces])

    /// So many settings are shown in the sentence; all of them are evidence.
    static let shown = 4
    /// Sizes and gauges that the kernel works out for each namespace, and what nobody can write
    /// there.
    private static let workedOut: Set<String> = [
        "net.ipv4.tcp_ehash_entries", "net.ipv4.tcp_max_tw_buckets",
        "net.ipv4.tcp_max_syn_backlog", "net.netfilter.nf_conntrack_count",
        "net.core.rmem_max", "net.core.wmem_max", "net.core.rmem_default", "net.core.wmem_default",
    ]

    let knobs: KnobTable

    init(knobs: [Knob]? = nil) { self.knobs = KnobTable(knobs) }

    func findings(in situation: Situation) -> [Finding] {
        guard situation.now.namespace.isInit == false, !situation.now.states.present.isEmpty,
            let host = situation.neighbours.first(where: { $0.namespace.isInit == true })
        else { return [] }
        let hostValues = Dictionary(host.settings.map { ($0.key, $0) }) { first, _ in first }
        let differing = situation.now.settings.compactMap { setting in
            hostValues[setting.key].flatMap { difference(setting, host: $0, on: situation.kernel) }
        }
        guard !differing.isEmpty else { return [] }
        return [finding(differing, in: situation)]
    }

    private struct Difference {
        let key: String
        let here: String
        let host: String
    }

    private func difference(
        _ here: Setting, host: Setting, on kernel: KernelRelease?
    ) -> Difference? {
        let knob = knobs[here.key]
        guard let value = here.value, let hostValue = host.value,
            !Self.workedOut.contains(here.key),
            knob.map({ $0.scope == .namespace && !$0.isReadOnly }) ?? true
        else { return nil }
        let left = value.singleSpaced
        let right = hostValue.singleSpaced
        guard left != right else { return nil }
        if let knob, let initial = kernel.flatMap({ knob.initialValue(on: $0) }) {
            let text = initial.map(String.init).joined(separator: " ")
            // The host has the default, or both were changed: somebody set the namespace on purpose.
            guard right != text, left == text else { return nil }
        }
        return Difference(key: here.key, here: left, host: right)
    }

    private func finding(_ differing: [Difference], in situation: Situation) -> Finding {
        let listed = differing.prefix(Self.shown)
            .map {
                "\($0.key) \($0.here.isEmpty ? "empty" : $0.here) (host "
                    + "\($0.host.isEmpty ? "empty" : $0.host))"
            }
            .joined(separator: ", ")
        let more = differing.count - min(differing.count, Self.shown)
        var evidence: [String: Evidence] = ["settings": .count(differing.count)]
        for difference in differing {
            evidence[difference.key] = .text("\(difference.here) | \(difference.host)")
        }
        // Only what is fit to be pasted.
        let settable = differing.filter { SysctlCommand.text($0.key, $0.host) != nil }
        let options = settable.compactMap { difference in
            SysctlCommand.text(difference.key, difference.host)
                .map { String($0.dropFirst("sysctl -w ".count)) }
        }
        return Finding(
            rule: id, severity: .notice, subject: situation.now.namespace.name,
            observed:
                "\(differing.count.grouped) settings of the host do not apply to this namespace: "
                + "\(listed)"
                + (more > 0 ? " and \(more.grouped) more" : ""),
            evidence: evidence,
            cause: "a namespace starts from the kernel's defaults, not from the host's values",
            remedies: [
                Remedy(
                    .application, "give the container the values it needs when you create it",
                    effect:
                        "the \(differing.count.grouped) settings have the host's values in this "
                        + "namespace too",
                    risk: "the host's values may not suit the container",
                    undo: "remove the options and create the container again",
                    snippets: [
                        Snippet(
                            "Docker, Podman", programs: [],
                            code: options.prefix(Self.shown).map { "--sysctl \($0)" }.joined(
                                separator: " \\\n")),
                        Snippet(
                            "Kubernetes", programs: [],
                            code:
                                "securityContext:\n  sysctls:   # those not counted safe need "
                                + "--allowed-unsafe-sysctls\n"
                                + settable.prefix(Self.shown)
                                .map { "  - { name: \($0.key), value: \"\($0.host)\" }" }
                                .joined(separator: "\n")),
                    ]),
                Remedy(
                    .knob,
                    "set them in the running namespace, as root",
                    command: options.first.map { "sysctl -w \($0)" },
                    effect:
                        "takes effect at once, until the namespace ends; somaxconn needs a new "
                        + "listen()",
                    risk: "lost when the container is created again",
                    undo: settable.first.flatMap { SysctlCommand.text($0.key, $0.here) }
                        ?? "write the old value again"),
            ],
            proof:
                "net/ipv4/tcp_ipv4.c:tcp_sk_init; measured: a new namespace has the compiled "
                + "defaults, whatever its creator has set")
    }
}
