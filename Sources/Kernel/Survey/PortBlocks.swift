import Model

/// Looks at ports that lie side by side and are all in use: the ranges that programs have of their own.
enum PortBlocks {
    /// Share of the range from which connect() itself leaves no gaps: it has begun with the second half.
    private static let secondHalf = 0.5

    /// Reads the sockets of each run, in the namespace of the calling thread.
    ///
    /// - Parameter runs: of all source addresses.
    static func fill(_ snapshot: inout Snapshot, from runs: [PortRun], survey: SocketSurvey) {
        let range = survey.range
        var blocks: [PortBlock] = []
        for run in runs.sorted(by: { ($0.count, $1.low) > ($1.count, $0.low) }).prefix(PortRun.most)
        {
            let distinct =
                snapshot.sourcePorts?.first { $0.address == run.source }?.distinct ?? 0
            let isInRange = range.contains(run.low) || range.contains(run.high)
            let isNatural =
                isInRange && Double(distinct - run.count) >= secondHalf * Double(range.count)
            guard !isNatural,
                let block = (try? survey.read(run))?.block(
                    range: range, distinctInRange: distinct)
            else { continue }
            blocks.append(block)
        }
        snapshot.portBlocks = blocks
    }
}
