import Collector
import Kernel
import Text

/// Looks each second until it is told to end; tells systemd how it is, and reads its settings again when asked to.
struct AgentLoop: ~Copyable {
    private let configuration: AgentConfiguration
    private let session: AgentSession
    private let board: SampleBoard
    private let signals: HeldSignals
    private let timer: DeadlineTimer
    /// What was said last of a look that failed: it is not said again each second.
    private var complaint: String?

    /// Seconds between two looks, and between two words to systemd.
    private static let interval = 1.0
    private static let betweenWords = 5.0

    init(
        _ configuration: AgentConfiguration, _ session: AgentSession, _ board: SampleBoard,
        _ signals: HeldSignals
    ) throws(KernelError) {
        self.configuration = configuration
        self.session = session
        self.board = board
        self.signals = signals
        timer = try DeadlineTimer.make()
    }

    /// Comes back when a signal asks for the end.
    consuming func run() throws(KernelError) {
        var times = LookTimes(every: Self.interval)
        var nextWord = 0.0
        // Twice within the time that systemd waits.
        let patience = (ServiceNotice.watchdog ?? .infinity) / 2
        var isReady = false
        while true {
            look()
            times.advance()
            if !isReady, board.respond(path: "/-/ready").status == 200 {
                isReady = true
                tell(["READY=1", "STATUS=" + session.status])
            } else if BootClock.now >= nextWord {
                // A loop that hangs says nothing, and systemd starts another.
                tell(["WATCHDOG=1", "STATUS=" + session.status])
                nextWord = BootClock.now + min(Self.betweenWords, patience)
            }
            if try wait(until: times.due) {
                tell(["STOPPING=1"])
                return
            }
        }
    }

    private mutating func look() {
        do throws(KernelError) {
            try session.look()
            complaint = nil
        } catch {
            board.note(failure: error.description)
            guard complaint != error.description else { return }
            complaint = error.description
            AgentProgram.say(error.description)
        }
    }

    /// Whether the end is asked for.
    private mutating func wait(until due: Double) throws(KernelError) -> Bool {
        try timer.set(to: due)
        while true {
            let ready = try Waitable.wait(for: [signals.waitable, timer.waitable])
            if ready[0] {
                while let signal = signals.next() {
                    guard signal == HeldSignals.hangUp else { return true }
                    reload()
                }
            }
            if ready[1] { return false }
        }
    }

    /// What is wrong with the new settings is said, and the old ones stay.
    private func reload() {
        do throws(AgentFailure) {
            let settings = try configuration.read()
            do throws(KernelError) { try session.change(to: settings) } catch {
                throw .working(error)
            }
            AgentProgram.say("read the configuration again")
        } catch {
            AgentProgram.say("\(error.message); the settings stay as they were")
        }
    }

    private func tell(_ lines: [String]) { try? ServiceNotice.tell(lines) }
}
