import Kernel
import Synchronization
import Testbed

/// The own server, on as many threads as its connections need.
final class LoadServers: Sendable {
    private let stop: EventSignal
    private let threads: [SystemThread<LoadServer.Record>]
    let clocks: ThreadClocks

    /// Starts it; it listens when this returns, or its failure comes with ``join()``.
    init(_ plan: LoadPlan, in network: PrivateNetwork, threads count: Int) throws(KernelError) {
        let (stop, clocks) = (try EventSignal(), ThreadClocks())
        (self.stop, self.clocks) = (stop, clocks)
        let listening = Listening()
        var threads: [SystemThread<LoadServer.Record>] = []
        do throws(KernelError) {
            for _ in 0..<count {
                threads.append(
                    try SystemThread.start(in: network, .server, ownDescriptors: true) {
                        () throws(KernelError) in
                        defer { listening.count.add(1, ordering: .relaxed) }
                        var server = try LoadServer.listen(plan, isShared: count > 1, until: stop)
                        clocks.addOwn()
                        listening.count.add(1, ordering: .relaxed)
                        defer { listening.count.subtract(1, ordering: .relaxed) }
                        let record = server.run()
                        server.close()
                        return record
                    })
            }
        } catch {
            stop.set()
            for thread in threads { _ = try? thread.join() }
            throw error
        }
        self.threads = threads
        while listening.count.load(ordering: .relaxed) < count { LoadClock.rest(milliseconds: 1) }
    }

    private final class Listening: Sendable {
        let count = Atomic<Int>(0)
    }

    /// Ends it; what all its threads did.
    func join() throws(KernelError) -> LoadServer.Record {
        stop.set()
        var whole = LoadServer.Record()
        var failure: KernelError?
        for thread in threads {
            do throws(KernelError) { whole.add(try thread.join()) } catch { failure = error }
        }
        if let failure { throw failure }
        return whole
    }
}
