import CNetlink
import Glibc

/// How a dump is spread over time: it goes on only as it is read, so a pause between two readings is a pause of the kernel, too.
///
/// Measured on Linux 6.18, sockets coming and going at 800/s and pauses of 10 to 150 ms: every socket that was there all the time
/// came exactly once, at the same processor time.
package struct DumpPace: Sendable, Hashable {
    /// Seconds of work without a pause, and how many times as long the pause after it is.
    package var burst: Double
    package var rest: Double

    /// No more than 5 ms at a time: 4, and the datagram under way.
    package static let gentle = DumpPace(burst: 0.004, rest: 4)

    package init(burst: Double, rest: Double) {
        self.burst = burst
        self.rest = rest
    }

    /// Keeps count of the work since the last pause.
    struct Watch {
        private let pace: DumpPace
        private var began: Double

        init(_ pace: DumpPace, at now: Double) {
            self.pace = pace
            began = now
        }

        /// Seconds to pause for now; nil where the burst is not over.
        mutating func pause(at now: Double) -> Double? {
            let work = now - began
            guard work >= pace.burst else { return nil }
            let pause = work * pace.rest
            began = now + pause
            return pause
        }
    }

    /// Lets others have the processor.
    static func sleep(_ seconds: Double) {
        var time = timespec(
            tv_sec: Int(seconds), tv_nsec: Int((seconds - seconds.rounded(.down)) * 1e9))
        unsafe _ = nanosleep(&time, nil)
    }
}
