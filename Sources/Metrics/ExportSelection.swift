/// Which of very many things have series of their own: few at a time, and few new ones per minute.
///
/// One enters at a level of 1, and leaves when it was below half of that for ten minutes. At most so many are in, and ten new ones
/// a minute; one that is full makes room for another of twice the level. The same candidates at the same times give the same
/// choice.
package struct ExportSelection<Key: Hashable & Comparable & Sendable>: Sendable {
    /// A thing, and how much it matters: 1 is enough for series of its own.
    package struct Candidate: Sendable {
        package let key: Key
        package let level: Double

        package init(_ key: Key, level: Double) {
            self.key = key
            self.level = level
        }
    }

    private struct Member: Sendable {
        var level: Double
        /// Since when its level is too low; nil while it is not.
        var quietSince: Double?
    }

    private var members: [Key: Member] = [:]
    /// When those of the last minute entered.
    private var entries: [Double] = []
    private var isFirst = true

    package static var newPerMinute: Int { 10 }
    /// Seconds below half of the level that lets in.
    package static var patience: Double { 600 }
    /// One that is full makes room for another of so many times the level of its lowest.
    static var displacing: Double { 2 }

    package init() {}

    package var chosen: Set<Key> { Set(members.keys) }
    package var count: Int { members.count }

    package func contains(_ key: Key) -> Bool { members[key] != nil }

    /// Takes in the levels of a moment; what is not among them has none.
    ///
    /// - Parameters:
    ///   - now: seconds of a clock that only goes forward.
    ///   - most: how many may be in.
    package mutating func update(_ candidates: [Candidate], at now: Double, most: Int) {
        let levels = Dictionary(
            candidates.map { ($0.key, $0.level) }, uniquingKeysWith: { max($0, $1) })
        for key in members.keys { note(levels[key] ?? 0, of: key, at: now) }
        members = members.filter { _, member in
            member.quietSince.map { now - $0 < Self.patience } ?? true
        }
        while members.count > max(most, 0), let lowest { members[lowest.key] = nil }
        entries.removeAll { now - $0 >= 60 }
        let waiting = levels.filter { $0.value >= 1 && members[$0.key] == nil }
            .sorted { ($0.value, $1.key) > ($1.value, $0.key) }
        for (key, level) in waiting {
            guard isFirst || entries.count < Self.newPerMinute else { break }
            if members.count >= most {
                guard let lowest, level >= Self.displacing * lowest.level, most > 0 else { break }
                members[lowest.key] = nil
            }
            members[key] = Member(level: level)
            // What is there from the beginning is not new.
            if !isFirst { entries.append(now) }
        }
        isFirst = false
    }

    private mutating func note(_ level: Double, of key: Key, at now: Double) {
        members[key]?.level = level
        if level >= 0.5 {
            members[key]?.quietSince = nil
        } else if members[key]?.quietSince == nil {
            members[key]?.quietSince = now
        }
    }

    private var lowest: (key: Key, level: Double)? {
        members.min { ($0.value.level, $1.key) < ($1.value.level, $0.key) }.map {
            ($0.key, $0.value.level)
        }
    }
}
