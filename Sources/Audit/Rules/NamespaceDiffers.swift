import Catalogue
import Model
import Text

/// A namespace has other values than the host: what was set on the host does not reach it.
///
/// Each network namespace has its own `net.ipv4` and most of its own `net.core`; a new one starts
/// from the kernel's defaults, never from its creator's values (measured; copied from the host are
/// only `tcp_rmem`, `tcp_wmem` and `tcp_congestion_control`, once, when it is made;
/// `net/ipv4/tcp_ipv4.c:tcp_sk_init`). So somaxconn or the port range tuned on the host changes
/// nothing for a container with a network of its own.
///
/// Confirm: `nsenter -t PID -n sysctl KEY` against `sysctl KEY`. Told are the settings
/// where the host was changed and the namespace still has the kernel's default, or where the
/// default is not known. A namespace that was set on purpose while the host has the default is left
/// alone; so is one without a single socket, and everything where the host's own namespace was not
/// looked at.
/// Silent in the host's own namespace.
struct NamespaceDiffers: Rule {
    static let id = "namespace-differs"

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
                "\(differing.count.grouped) settings of the host do not reach this namespace: "
                + "\(listed)"
                + (more > 0 ? " and \(more.grouped) more" : ""),
            evidence: evidence,
            cause: "a namespace starts from the kernel's defaults, not from the host's values",
            remedies: [
                Remedy(
                    .application, "give the container the values it needs when it is made",
                    effect:
                        "the \(differing.count.grouped) settings have the host's values in this "
                        + "namespace as well",
                    risk: "what suits the host need not suit one container",
                    undo: "take the options away and make the container again",
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
                        "acts at once, until the namespace ends; somaxconn needs a new listen()",
                    risk: "gone when the container is made again",
                    undo: settable.first.flatMap { SysctlCommand.text($0.key, $0.here) }
                        ?? "write the old value again"),
            ],
            proof:
                "net/ipv4/tcp_ipv4.c:tcp_sk_init; measured: a new namespace has compiled "
                + "defaults whatever its "
                + "creator has set")
    }
}
