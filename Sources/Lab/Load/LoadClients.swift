import Kernel
import Model
import Testbed

/// The client, on one thread or several.
struct LoadClients: Sendable {
    /// What they counted together.
    struct Record: Sendable {
        var tally = Tally()
        var cpuNanoseconds: Int64 = 0
        var elapsed: Int64 = 0
        var unfinished = 0
        /// Nil where this kernel does not tell.
        var scheduled: ThreadSchedstat?
    }

    private let threads: [SystemThread<Record>]
    let gate: LoadGate
    let clocks: ThreadClocks

    /// Starts it; in the namespace of the calling thread where there is no network.
    init(
        _ plan: LoadPlan, to destinations: [SocketAddress], from sources: [SocketAddress],
        in network: PrivateNetwork?, threads count: Int, stop: StopSign
    ) throws(KernelError) {
        let (gate, clocks) = (try LoadGate(threads: count), ThreadClocks())
        (self.gate, self.clocks) = (gate, clocks)
        var threads: [SystemThread<Record>] = []
        do throws(KernelError) {
            for index in 0..<count {
                let share = ClientShare(index: index, count: count)
                threads.append(
                    try SystemThread.start(in: network, .client, ownDescriptors: true) {
                        () throws(KernelError) in
                        do throws(KernelError) {
                            var client = try LoadClient(
                                plan, share: share, destinations: destinations, sources: sources,
                                stop: stop, secured: LoadClient.context(plan))
                            clocks.addOwn()
                            client.run(from: gate.begin())
                            gate.finish()
                            client.closeAll()
                            return Record(client)
                        } catch {
                            gate.fail()
                            throw error
                        }
                    })
            }
        } catch {
            // Those that wait for the others begin, and end at once.
            stop.set()
            gate.mayClose.set()
            for _ in threads.count..<count { gate.fail() }
            for thread in threads { _ = try? thread.join() }
            throw error
        }
        self.threads = threads
    }

    /// Has them close what they kept open, and end.
    func join() throws(KernelError) -> Record {
        gate.mayClose.set()
        var whole = Record()
        var failure: KernelError?
        for thread in threads {
            do throws(KernelError) { whole.add(try thread.join()) } catch { failure = error }
        }
        if let failure { throw failure }
        return whole
    }
}

extension LoadClients.Record {
    init(_ client: borrowing LoadClient) {
        tally = client.tally
        cpuNanoseconds = client.cpuNanoseconds
        elapsed = client.elapsed
        unfinished = client.unfinished
        scheduled = client.scheduled
    }

    mutating func add(_ other: Self) {
        tally.add(other.tally)
        cpuNanoseconds += other.cpuNanoseconds
        elapsed = max(elapsed, other.elapsed)
        unfinished += other.unfinished
        scheduled = other.scheduled.map { $0 + (scheduled ?? ThreadSchedstat()) }
    }
}
