import Catalogue
import Model
import Text

/// A newer kernel makes a problem of this host cheaper.
///
/// The kernel itself has moved some limits that audits find, farther than any setting can: since
/// 6.8 a socket with its own port range searches without the jump at half the ports; since 6.14 the
/// delay before a port in TIME_WAIT may be reused can be set; since 6.15 the search for a free port
/// takes no lock for ports in use, which made connect() several times faster with many ports in
/// use. The rule names the releases that are newer than this one and answer a finding about ports
/// in the same audit.
///
/// Confirm: `uname -r`; distributions take single changes over into older releases, their release
/// notes say which. Silent if ports are no problem, if the release is not known, and if nothing
/// newer helps.
struct KernelUpgradeHelps: Rule {
    static let id = RuleID.kernelUpgradeHelps
    static let severities: [Severity] = [.notice]
    static let needs = RuleNeeds([.kernelRelease])

    /// The share of a tuple's ports from which connect() is about to get slow: the search finds
    /// none free of the first parity at one half.
    static let slowRatio = 0.45
    static let exhaustingRatio = 0.95

    let improvements: [KernelImprovement]

    init(improvements: [KernelImprovement] = KernelImprovement.all) {
        self.improvements = improvements
    }

    func findings(in situation: Situation) -> [Finding] {
        guard let kernel = situation.kernel, let fullest = situation.tuples.first,
            // If the range leaves no port at all, no kernel finds one.
            fullest.usable > 0, fullest.blockedRatio >= Self.slowRatio
        else { return [] }
        var active: Set<RuleID> = [.portsSlow]
        if fullest.blockedRatio >= Self.exhaustingRatio { active.insert(.portsExhausting) }
        if fullest.tuple.isLoopback { active.insert(.loopbackExhausting) }
        let helpful =
            improvements
            .filter { $0.release > kernel && !active.isDisjoint(with: $0.rules) }
            .sorted { $0.release < $1.release }
        guard let last = helpful.last else { return [] }
        return [
            Finding(
                rule: id, severity: .notice, subject: "Linux \(situation.host.kernel)",
                observed: "\(fullest.blockedRatio.percent) of the ports to "
                    + "\(fullest.tuple.destination.with(port: fullest.tuple.port)) are in use, and "
                    + "newer kernels make that cheaper: "
                    + helpful.map { "\($0.release)" }.joined(separator: ", "),
                evidence: [
                    "kernel": .text(kernel.description),
                    "blocked_ratio": .number(fullest.blockedRatio),
                    "releases": .text(helpful.map { "\($0.release)" }.joined(separator: " ")),
                ],
                cause:
                    "this kernel searches for free ports in the old way, or lacks what newer ones "
                    + "offer",
                remedies: [
                    Remedy(
                        .lastResort,
                        "run Linux \(last.release) or newer, after the changes in the application",
                        effect: helpful.map(Self.text).joined(separator: " "),
                        risk: "a new kernel changes more than this; try it on one host first",
                        undo: "boot the old kernel again")
                ],
                proof: helpful.flatMap(\.source).reduce(into: [String]()) {
                    if !$0.contains($1) { $0.append($1) }
                }.joined(separator: ", "))
        ]
    }

    private static func text(_ improvement: KernelImprovement) -> String {
        "\(improvement.release)\(improvement.needsApplication ? " (the program must ask for it)" : ""): "
            + improvement.text
    }
}
