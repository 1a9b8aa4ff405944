import Model

/// The states whose sockets are sampled: a program, not the kernel, must end them.
struct SampledStates: Sendable {
    private var closeWait = StateSamples()
    private var finWait2 = StateSamples()
    private var synSent = StateSamples()
    /// ESTABLISHED that send something again.
    private var retransmitting = StateSamples()

    /// A bit each by the state's number; ESTABLISHED only where it retransmits.
    static let states =
        DiagRequest.bit(.closeWait) | DiagRequest.bit(.finWait2)
        | DiagRequest.bit(.synSent)

    @inline(never)
    mutating func count(_ row: SocketRow, message: RawSpan) {
        guard row.inode != 0 else { return }
        switch row.state {
        case .closeWait: closeWait.count(row, message: message)
        case .finWait2: finWait2.count(row, message: message)
        case .synSent: synSent.count(row, message: message)
        case .established where row.isRetransmitting:
            retransmitting.count(row, message: message)
        default: break
        }
    }

    mutating func add(_ other: SampledStates) {
        closeWait.add(other.closeWait)
        finWait2.add(other.finWait2)
        synSent.add(other.synSent)
        retransmitting.add(other.retransmitting)
    }

    /// The states whose sockets are asked since when: the row of a dump does not tell.
    private static let asked: Set<TCPState> = [.closeWait, .established]

    /// Those that occur; ESTABLISHED are those that retransmit.
    ///
    /// - Parameter asks: whether sock_diag knows them: it is asked in the namespace of the calling thread.
    func result(asks: Bool) -> [StateSample] {
        let all: [(TCPState, StateSamples)] = [
            (.closeWait, closeWait), (.finWait2, finWait2), (.synSent, synSent),
            (.established, retransmitting),
        ]
        return all.filter { $0.1.held > 0 }.map { state, sockets in
            var sample = StateSample(
                state: state, held: sockets.held,
                unread: state == .closeWait ? sockets.unread : nil, samples: sockets.samples)
            if asks, Self.asked.contains(state) { sample.ages = sockets.ages(in: state) }
            return sample
        }
    }
}
