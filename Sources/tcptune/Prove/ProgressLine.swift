import Kernel
import Lab

/// What a long piece of work is at, in one line that is written over; on a terminal only.
struct ProgressLine: Sendable {
    private let isShown = Output.messages.isTerminal && Environment["TERM"] != "dumb"
    private let runs: Int

    init(runs: Int) { self.runs = runs }

    func show(_ progress: ExperimentRun.Progress) {
        guard isShown else { return }
        let columns = max((Output.messages.columns ?? 80) - 1, 20)
        let text =
            "  \(progress.experiment): run \(progress.run) of \(progress.runs) · \(progress.arm)"
        try? Output.messages.write("\r\u{1B}[K" + text.prefix(columns))
    }

    func clear() {
        if isShown { try? Output.messages.write("\r\u{1B}[K") }
    }
}
