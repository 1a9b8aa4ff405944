package import Model

/// How many sockets wait in FIN_WAIT2 and TIME_WAIT: what tcp_fin_timeout is believed to be about.
package enum ClosingCounts {
    /// Counts them in the namespace of the calling thread, and nothing else; nil where sock_diag is not to be had.
    package static func read() -> StateCounts? {
        var counts = Counting()
        let states = DiagRequest.bit(.finWait2) | DiagRequest.bit(.timeWait)
        do throws(KernelError) {
            let socket = try SocketDump.open()
            try SocketDump.run(DiagRequest(states: states), on: socket, into: &counts)
        } catch {
            return nil
        }
        return counts.states
    }

    private struct Counting: SocketRowSink {
        var states = StateCounts()

        mutating func take(_ row: SocketRow, message: RawSpan) { states[row.state] += 1 }
    }
}
