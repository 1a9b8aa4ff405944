import Kernel
import Recording
import Watching

/// What the agent keeps of its looks: gathered by minutes, written by a thread of its own.
final class SessionHistory {
    private var recorder = Recorder(clock: WallClock.now)
    private let writer: HistoryWriter

    /// Nil where the settings want none.
    init?(_ settings: HistorySettings) {
        guard settings.isEnabled else { return nil }
        writer = HistoryWriter(settings.store) { AgentProgram.say($0) }
    }

    var cost: HistoryWriter.Figures { writer.cost }

    /// Takes in a look, and has the minute written that is over.
    ///
    /// - Parameters:
    ///   - clock: seconds since 1970.
    ///   - boot: CLOCK_BOOTTIME at the same moment, in seconds.
    func note(_ views: [WatchedView], clock: Double, boot: Double) {
        recorder.note(views, clock: clock, boot: boot)
        // What a slow disk does not take yet stays with the recorder, some minutes long.
        guard writer.isFree, let batch = recorder.take(clock: clock), !batch.isEmpty else { return }
        write(batch, clock: clock)
    }

    /// Writes all there is, the minute under way as well, and waits for it.
    func close() {
        let clock = WallClock.now
        try? writer.finish()
        write(recorder.takeAll(clock: clock), clock: clock)
        writer.close()
    }

    private func write(_ batch: Recorder.Batch, clock: Double) {
        do throws(KernelError) { try writer.write(batch, clock: clock) } catch {
            AgentProgram.say("a minute of the history is lost: \(error.description)")
        }
    }
}
