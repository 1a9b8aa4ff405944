import Model

extension Coverage {
    /// What a verdict without findings must add, in one sentence; nil if nothing was left out.
    ///
    /// `Not checked: bound, unconnected sockets (not asked for); rates (one look; --interval 5s measures them).`
    package static func summary(of situations: [Situation]) -> String? {
        var texts: [String] = []
        for situation in situations {
            for missing in Coverage.of(situation).missing
            where missing.need.belongsInSummary(of: situation) && !texts.contains(missing.text) {
                texts.append(missing.text)
            }
        }
        // A peer that is gone looks like one that has nothing to say.
        if situations.contains(where: { $0.now.states[.established] > 0 }) {
            texts.append("whether idle connections still have a peer")
        }
        guard !texts.isEmpty else { return nil }
        return "Not checked: " + texts.joined(separator: "; ") + "."
    }

    /// What no audit looks at, in one sentence: a verdict without findings says no more than was judged.
    ///
    /// `Not looked at: routes; filter rules (nftables, XDP, tc, BPF); the path to peers; …`
    ///
    /// - Parameter others: what this run left out besides.
    package static func limits(besides others: [String] = []) -> String {
        let parts = others + CoverageEntry.outOfSight.map(\.what)
        return "Not looked at: " + parts.joined(separator: "; ") + "."
    }
}
