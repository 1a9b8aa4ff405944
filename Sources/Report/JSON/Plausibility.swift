import HostState

/// Whether the numbers of a file are such as a kernel reports: sums of them must not overflow.
enum Plausibility {
    /// Of sockets, files, ports: 2³⁴ rows of it still make a sum.
    private static let counts = 0...(1 << 28)
    /// Of counters; a few stand at -1 for "no limit".
    private static let counters = -1024...(Int64.max - 2048)
    private static let times = 0.0...1e12

    static func firstProblem(in observation: Observation) -> String? {
        if observation.views.isEmpty { return "it holds no namespace" }
        return firstProblem(in: observation.host)
            ?? observation.views.lazy.enumerated().compactMap { index, view in
                (firstProblem(in: view.now) ?? view.earlier.flatMap(firstProblem))
                    .map { "views[\(index)]: \($0)" }
            }.first
    }

    private static func firstProblem(in host: Host) -> String? {
        guard host.memory.values.allSatisfy({ 0...(1 << 60) ~= $0 }),
            host.files.map({ $0.allocated >= 0 && $0.maximum >= 0 }) ?? true,
            host.processors.map(counts.contains) ?? true, counts ~= host.pageSize,
            host.pressure.values.allSatisfy({ times ~= $0 })
        else { return "the host has numbers that no kernel reports" }
        return nil
    }

    private static func firstProblem(in snapshot: Snapshot) -> String? {
        let times = [snapshot.time, snapshot.uptime, snapshot.dumpSeconds]
        guard times.allSatisfy({ Self.times ~= $0 }) else { return "a time is no time" }
        guard isPlausible(snapshot.states), isPlausible(snapshot.withoutInode),
            isPlausible(snapshot.retransmitting), isPlausible(closings: snapshot.closings),
            counts ~= snapshot.tupleCount,
            counts ~= snapshot.socketsInTuplesLeftOut,
            snapshot.namespace.processes.map(counts.contains) ?? true,
            snapshot.endings.allSatisfy({ counts ~= $0.count })
        else { return "a number of sockets is none that a kernel reports" }
        guard snapshot.tuples.allSatisfy(isPlausible) else {
            return "a tuple has numbers that no kernel reports"
        }
        guard snapshot.listeners.allSatisfy(isPlausible) else {
            return "a listener has numbers that no kernel reports"
        }
        guard snapshot.processes.allSatisfy(isPlausible) else {
            return "a process has numbers that no kernel reports"
        }
        let all = snapshot.counters.groups.values.lazy.flatMap(\.values)
        return all.allSatisfy { counters ~= $0 } ? nil : "a counter is none that a kernel reports"
    }

    private static func isPlausible(_ states: StateCounts) -> Bool {
        TCPState.allCases.allSatisfy { counts ~= states[$0] }
    }

    private static func isPlausible(closings: [Int]) -> Bool {
        closings.count <= 3600 && closings.allSatisfy { counts ~= $0 }
    }

    private static func isPlausible(_ ledger: PortLedger) -> Bool {
        isPlausible(ledger.states) && counts ~= ledger.outsideRange && counts ~= ledger.evenPorts
            && counts ~= ledger.withoutInode && isPlausible(closings: ledger.closings)
            && ledger.outsideRange <= ledger.states.total
    }

    private static func isPlausible(_ listener: Listener) -> Bool {
        isPlausible(listener.states)
            && [
                listener.sockets, listener.queue, listener.retransmittedRequests,
                listener.withoutInode,
            ].allSatisfy { counts ~= $0 }
            // listen()'s argument is a 32-bit number, and so is its limit.
            && 0...Int(UInt32.max) ~= listener.backlog ?? 0
            && listener.topPeers.allSatisfy { counts ~= $0.count && counts ~= $0.error }
    }

    private static func isPlausible(_ process: ProcessInUse) -> Bool {
        counts ~= process.openFiles ?? 0 && (process.openFilesLimit ?? 0) >= 0
            && process.states.map(isPlausible) ?? true
    }
}
