import Kernel
import Synchronization
package import Testbed

/// What the wires of experiments saw, for a file that tshark and Wireshark read.
package final class Capture: Sendable {
    private struct Take: Sendable {
        var name: String
        var record: WireRecord?
    }

    private let takes = Mutex<[Take]>([])

    package init() {}

    /// The place of a trial in the file.
    package struct Place: Sendable {
        private let capture: Capture
        private let index: Int

        fileprivate init(_ capture: Capture, _ index: Int) {
            self.capture = capture
            self.index = index
        }

        /// Puts a record there; a later one, of a trial that is made again, takes its place.
        package func set(_ record: WireRecord) {
            capture.takes.withLock { $0[index].record = record }
        }
    }

    /// - Parameter name: of the trial: `handshake, late SYN, run 1`.
    package func place(named name: String) -> Place {
        let index = takes.withLock { takes in
            takes.append(Take(name: name))
            return takes.count - 1
        }
        return Place(self, index)
    }

    /// As a pcapng file, each trial as a link of its own.
    ///
    /// - Parameter program: that writes it: `tcptune 1.0`.
    package func file(program: String) -> [UInt8] {
        var file = CaptureFile(program: program)
        let clock = LoadClock.timeOfDay - LoadClock.now
        for take in takes.withLock({ $0 }) {
            if let record = take.record { file.append(record, named: take.name, clock: clock) }
        }
        return file.bytes
    }
}
