package import Model

/// A kernel release that removes a bottleneck: a newer kernel helps more than any sysctl.
package struct KernelImprovement: Sendable {
    package var release: KernelRelease
    /// What it changed, with figures if they were published or measured.
    package var text: String
    /// True if the application must ask for it; then an upgrade alone changes nothing.
    package var needsApplication: Bool
    /// The rules whose findings it eases: `ports-slow`.
    package var rules: [RuleID]
    /// Where the change or its figures can be read.
    package var source: [String]

    // See Knob.init.
    @inline(never)
    package init(
        _ release: KernelRelease, _ text: String, needsApplication: Bool = false,
        rules: [RuleID], source: [String]
    ) {
        self.release = release
        self.text = text
        self.needsApplication = needsApplication
        self.rules = rules
        self.source = source
    }

    /// What a host that runs this release would gain for a finding of this rule, oldest first.
    package static func beyond(_ release: KernelRelease, helping rule: RuleID)
        -> [KernelImprovement]
    {
        all.filter { $0.release > release && $0.rules.contains(rule) }
    }
}
