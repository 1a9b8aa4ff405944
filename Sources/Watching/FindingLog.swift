package import Audit
package import Model

/// Which findings there are, since when, and which are gone.
package struct FindingLog: Sendable {
    /// What makes a finding the same one at the next look.
    package struct Identity: Sendable, Hashable {
        package let rule: RuleID
        package let subject: String
    }

    /// A finding and its times, in seconds of CLOCK_BOOTTIME.
    package struct Entry: Sendable {
        package var finding: Finding
        package var since: Double
        /// When it was first missed again; nil while it is there.
        package var cleared: Double?
        /// When the last look missed it, if that was the first to do so.
        fileprivate var missed: Double?
    }

    private var entries: [Identity: Entry] = [:]
    /// Seconds for which a finding that is gone is still shown.
    package let memory: Double

    package init(memory: Double = 300) { self.memory = memory }

    /// Takes in what a look found.
    package mutating func update(_ findings: [Finding], at now: Double) {
        var present: Set<Identity> = []
        for finding in findings {
            let identity = Identity(rule: finding.rule, subject: finding.subject)
            present.insert(identity)
            if var entry = entries[identity], entry.cleared == nil {
                entry.finding = finding
                entry.missed = nil
                entries[identity] = entry
            } else {
                entries[identity] = Entry(finding: finding, since: now)
            }
        }
        for (identity, entry) in entries where !present.contains(identity) {
            if let cleared = entry.cleared {
                if now - cleared > memory { entries[identity] = nil }
            } else if let missed = entry.missed {
                entries[identity]?.cleared = missed
            } else {
                // One look may lack what the next has: a finding that comes and goes with the looks says nothing.
                entries[identity]?.missed = now
            }
        }
    }

    /// Those that are there, most severe first, then the oldest.
    package var present: [Entry] {
        entries.values.filter { $0.cleared == nil }.sorted {
            ($1.finding.severity, $0.since, $0.finding.rule, $0.finding.subject)
                < ($0.finding.severity, $1.since, $1.finding.rule, $1.finding.subject)
        }
    }

    /// Those that are gone, the latest first.
    package var cleared: [Entry] {
        entries.values.filter { $0.cleared != nil }.sorted {
            ($1.cleared ?? 0, $0.finding.rule, $0.finding.subject)
                < ($0.cleared ?? 0, $1.finding.rule, $1.finding.subject)
        }
    }
}
