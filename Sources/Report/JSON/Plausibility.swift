import Model

/// Whether the numbers of a file are such as a kernel reports: sums of them must not overflow.
enum Plausibility {
    /// Of sockets, files, ports: 2³⁴ rows of it still make a sum.
    private static let counts = 0...(1 << 28)
    /// Of counters; a few stand at -1 for "no limit".
    private static let counters = -1024...(Int64.max - 2048)
    private static let times = 0.0...1e12

    static func firstProblem(in observation: Observation) -> String? {
        if observation.views.isEmpty { return "it contains no namespace" }
        return firstProblem(in: observation.host)
            ?? observation.views.lazy.enumerated().compactMap { index, view in
                (firstProblem(in: view.now) ?? view.earlier.flatMap(firstProblem))
                    .map { "views[\(index)]: \($0)" }
            }.first
    }

    private static func firstProblem(in host: Host) -> String? {
        guard host.memory.values.allSatisfy({ 0...(1 << 60) ~= $0 }),
            host.files.map({ $0.allocated >= 0 && $0.maximum >= 0 }) ?? true,
            host.processors.map(counts.contains) ?? true,
            host.pageSize.map(counts.contains) ?? true,
            host.pressure.values.allSatisfy({ times ~= $0 })
        else { return "the host has numbers that no kernel reports" }
        return nil
    }

    private static func firstProblem(in snapshot: Snapshot) -> String? {
        let times = [snapshot.time, snapshot.uptime, snapshot.dumpSeconds]
        guard times.allSatisfy({ Self.times ~= $0 }) else { return "a time is out of range" }
        guard isPlausible(snapshot.states), isPlausible(snapshot.withoutInode),
            isPlausible(snapshot.retransmitting), isPlausible(closings: snapshot.closings),
            counts ~= snapshot.tupleCount,
            counts ~= snapshot.socketsInTuplesLeftOut,
            snapshot.namespace.processes.map(counts.contains) ?? true,
            snapshot.endings.allSatisfy({ counts ~= $0.count })
        else { return "a number of sockets is one that no kernel reports" }
        guard snapshot.tuples.allSatisfy(isPlausible) else {
            return "a tuple has numbers that no kernel reports"
        }
        guard snapshot.listeners.allSatisfy(isPlausible) else {
            return "a listener has numbers that no kernel reports"
        }
        guard areOthersPlausible(snapshot) else {
            return "a number of ports or sockets is one that no kernel reports"
        }
        guard snapshot.processes.allSatisfy(isPlausible) else {
            return "a process has numbers that no kernel reports"
        }
        let all = snapshot.counters.groups.values.lazy.flatMap(\.values)
        return all.allSatisfy { counters ~= $0 } ? nil : "a counter is one that no kernel reports"
    }

    /// What is not there in older files: ports of sources, bound sockets, former listeners, samples, Unix listeners.
    private static func areOthersPlausible(_ snapshot: Snapshot) -> Bool {
        (snapshot.sourcePorts ?? []).allSatisfy {
            arePlausible([
                $0.sockets, $0.distinct, $0.shared, $0.even, $0.destinations, $0.privileged,
            ])
        }
            && (snapshot.bound ?? []).allSatisfy { arePlausible([$0.sockets, $0.portsInRange]) }
            && (snapshot.formerListeners ?? []).allSatisfy {
                isPlausible($0.states) && counts ~= $0.peers
            }
            && (snapshot.stateSamples ?? []).allSatisfy {
                counts ~= $0.held && arePlausible($0.owners.map(\.sockets))
                    && ($0.ages ?? []).allSatisfy { times ~= $0.seconds }
            }
            && snapshot.unixListeners.map(isPlausible) ?? true && areFurtherPlausible(snapshot)
    }

    /// Addresses that are gone, blocks of ports, unread data, MPTCP.
    private static func areFurtherPlausible(_ snapshot: Snapshot) -> Bool {
        let gone = snapshot.goneAddresses ?? []
        let blocks = snapshot.portBlocks ?? []
        let unread = snapshot.unreadOutgoing ?? []
        let stalled = snapshot.stalledPeers ?? []
        let shares =
            gone.flatMap(\.owners) + blocks.flatMap(\.owners) + unread.flatMap(\.owners)
            + stalled.flatMap(\.owners) + (snapshot.mptcp?.owners ?? [])
            + snapshot.listeners.flatMap { $0.owners ?? [] }
        let progress = unread.compactMap(\.progress) + snapshot.listeners.compactMap(\.reading)
        return gone.allSatisfy { isPlausible($0.states) && counts ~= $0.retransmitting }
            && blocks.allSatisfy {
                isPlausible($0.states)
                    && arePlausible([$0.destinations, $0.fullestSockets, $0.portsElsewhere])
            }
            && unread.allSatisfy { arePlausible([$0.sockets]) && 0...(1 << 48) ~= $0.bytes }
            && stalled.allSatisfy {
                arePlausible([$0.sendingAgain, $0.lasting, $0.probing, $0.asked, $0.closed])
                    && 0...(1 << 48) ~= $0.bytes && times ~= $0.unanswered ?? 0
            }
            && snapshot.mptcp.map { isPlausible($0.states) } ?? true
            && arePlausible(shares.map(\.sockets))
            && progress.allSatisfy { arePlausible([$0.before, $0.same, $0.more]) }
    }

    private static func isPlausible(_ unix: UnixListeners) -> Bool {
        counts ~= unix.count
            && unix.waiting.allSatisfy {
                0...Int(UInt32.max) ~= $0.backlog && 0...Int(UInt32.max) ~= $0.queue
            }
    }

    private static func arePlausible(_ numbers: [Int]) -> Bool {
        numbers.allSatisfy { counts ~= $0 }
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
            && arePlausible([
                ledger.heldFinWait2 ?? 0, ledger.retransmitting ?? 0, ledger.unanswered ?? 0,
                ledger.onOneInterface ?? 0,
            ])
            && arePlausible((ledger.owners ?? []).map(\.sockets))
    }

    private static func isPlausible(_ listener: Listener) -> Bool {
        isPlausible(listener.states)
            && [
                listener.sockets, listener.queue, listener.retransmittedRequests,
                listener.withoutInode,
            ].allSatisfy { counts ~= $0 }
            // listen()'s argument is a 32-bit number, and so is its limit.
            && 0...Int(UInt32.max) ~= listener.backlog ?? 0 && times ~= listener.waited ?? 0
            && listener.withoutInodeStates.map(isPlausible) ?? true
            && arePlausible([
                listener.emptySockets ?? 0, listener.fullSockets ?? 0,
                listener.queued ?? 0, listener.unread ?? 0,
                listener.retransmitting ?? 0, listener.accepted?.waitingBefore ?? 0,
                listener.accepted?.accepted ?? 0,
            ])
            // A 32-bit counter of each socket of a group (`include/net/sock.h:sk_drops`).
            && 0...(1 << 48) ~= listener.drops ?? 0
            && listener.topPeers.allSatisfy { counts ~= $0.count && counts ~= $0.error }
    }

    private static func isPlausible(_ process: ProcessInUse) -> Bool {
        counts ~= process.openFiles ?? 0 && (process.openFilesLimit ?? 0) >= 0
            && process.states.map(isPlausible) ?? true
    }
}
