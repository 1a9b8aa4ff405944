/// `{a,b}c` → `ac`, `bc`, as glob(3) does with GLOB_BRACE.
enum BraceExpansion {
    /// All alternatives, first ones first; no more than asked for.
    static func alternatives(of pattern: String, atMost limit: Int) -> [String] {
        var pending = [Array(pattern.utf8)]
        var done: [String] = []
        while let next = pending.popLast(), done.count < limit {
            guard let group = firstGroup(in: next), pending.count < limit else {
                done.append(String(decoding: next, as: UTF8.self))
                continue
            }
            for choice in group.choices.prefix(limit).reversed() {
                var alternative = Array(next[..<group.start])
                alternative += next[choice]
                alternative += next[group.end...]
                pending.append(alternative)
            }
        }
        return done
    }

    /// The first pair of braces that is closed: where it starts, where it ends, and what is between its commas.
    private static func firstGroup(
        in pattern: [UInt8]
    ) -> (start: Int, end: Int, choices: [Range<Int>])? {
        guard let start = pattern.firstIndex(of: 0x7B) else { return nil }
        var depth = 0
        var choices: [Range<Int>] = []
        var from = start + 1
        for index in start..<pattern.count {
            switch pattern[index] {
            case 0x7B: depth += 1
            case 0x7D:
                depth -= 1
                if depth == 0 {
                    choices.append(from..<index)
                    return (start, index + 1, choices)
                }
            case 0x2C where depth == 1:
                choices.append(from..<index)
                from = index + 1
            default: break
            }
        }
        return nil
    }
}
