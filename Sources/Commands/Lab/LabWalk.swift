import Kernel
import Report

/// How a user is taken through what an experiment saw: a step at a time on a terminal, all at once elsewhere.
struct LabWalk {
    /// Seconds between steps; nil to wait for Enter.
    var pace: Double?

    /// Whether somebody is there to be waited for.
    func isSlow(to output: ClaimedOutput) -> Bool {
        guard case .standard = output, Output.standard.isTerminal else { return false }
        return pace != nil || Output.inputIsTerminal
    }

    /// Shows the steps one after the other.
    ///
    /// - Returns: the signal that ended it; nil where it went to its end, or where `q` said that it is enough.
    func go(
        through steps: [Document], to output: ClaimedOutput, _ signals: HeldSignals
    ) throws -> Int32? {
        for (place, step) in steps.enumerated() {
            let renderer = TerminalRenderer(width: output.width, colour: output.wantsColour)
            try output.write(renderer.render(step) + "\n")
            guard place < steps.count - 1 else { break }
            switch try wait(signals) {
            case .goOn: continue
            case .enough: return nil
            case .signal(let number): return number
            }
        }
        return nil
    }

    private enum Answer {
        case goOn, enough
        case signal(Int32)
    }

    private func wait(_ signals: HeldSignals) throws -> Answer {
        let end = pace.map { BootClock.now + $0 }
        if pace == nil { try? Output.messages.write("  Enter: next step · q: quit ") }
        var line: [UInt8] = []
        while true {
            let left = end.map { $0 - BootClock.now }
            if let left, left <= 0 { return .goOn }
            // What is typed beside a pace is nobody's answer.
            let ready =
                pace == nil
                ? try? Waitable.wait(for: [signals.waitable, .input], atMost: nil)
                : try? Waitable.wait(for: [signals.waitable], atMost: left)
            if let number = signals.next() {
                try? Output.messages.write("\n")
                return .signal(number)
            }
            guard pace == nil, ready?.last == true else { continue }
            guard let bytes = Waitable.readInput(), !bytes.isEmpty else { return .enough }
            line += bytes
            guard line.contains(0x0A) else { continue }
            return line.first == UInt8(ascii: "q") ? .enough : .goOn
        }
    }
}
