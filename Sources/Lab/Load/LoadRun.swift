package import Kernel
package import Model
import Testbed

/// Runs a plan: makes its namespaces and threads, waits, and gathers what came of it.
package final class LoadRun: Sendable {
    private let plan: LoadPlan
    private let stop: StopSign

    /// - Parameter stop: ends it early; what was counted so far is kept.
    package init(_ plan: LoadPlan, stop: StopSign = StopSign()) {
        self.plan = plan
        self.stop = stop
    }

    /// What the sockets of a side are at a moment, and what its counters say.
    private struct Ledger: Sendable {
        var sockets: SocketCensus
        var counters: Counters

        /// In the namespace of the calling thread.
        static func take() throws(KernelError) -> Ledger {
            Ledger(
                sockets: try NamespaceSampler.open().census(),
                counters: CounterFiles.read(root: .host).0)
        }
    }

    private struct Ledgers: Sendable {
        var client: Ledger
        var server: Ledger
    }

    /// Runs it; a signal ends it early, and what was counted so far is kept.
    ///
    /// - Parameter signals: those that end it; nil in a test.
    package func run(signals: HeldSignals? = nil) throws(Refusal) -> (LoadResult, Int32?) {
        if plan.tls != nil, case .failure(let absence) = TLSLibrary.found {
            throw Refusal(.unavailable, "cannot load with TLS: \(absence); install OpenSSL")
        }
        do throws(KernelError) {
            let tables = DescriptorTables(plan, limit: DescriptorLimit.raise())
            switch plan.target {
            case .ownPair: return try runOwnPair(tables, signals)
            case .addresses(let addresses):
                return try runAgainst(addresses, tables, signals)
            }
        } catch {
            throw Refusal(error)
        }
    }

    private func runAgainst(
        _ addresses: [SocketAddress], _ tables: DescriptorTables, _ signals: HeldSignals?
    ) throws(KernelError) -> (LoadResult, Int32?) {
        let clients = try LoadClients(
            plan, to: addresses, from: [], in: nil, threads: tables.clients, stop: stop)
        let hindrance = GeneratorHindrance()
        let sampling = try sample(.elsewhere, clients.clocks, clients.gate, in: nil)
        let signal = try wait(for: clients.gate, signals)
        let columns = try sampling.join()
        let record = try clients.join()
        return (finish(record, nil, columns, nil, nil, signal, tables, hindrance), signal)
    }

    private func runOwnPair(
        _ tables: DescriptorTables, _ signals: HeldSignals?
    ) throws(KernelError) -> (LoadResult, Int32?) {
        let network = try PrivateNetwork.make(
            link: plan.link, family: plan.family, clientAddresses: plan.sources,
            serverAddresses: plan.destinations)
        for side in PrivateNetwork.Side.allCases {
            let plan = plan
            try network.run(in: side) { () throws(KernelError) in try Self.prepare(plan) }
        }
        let servers = try LoadServers(plan, in: network, threads: tables.servers)
        let record: LoadClients.Record
        let before: Ledgers
        let after: Ledgers?
        var columns = SampleColumns()
        let signal: Int32?
        let hindrance = GeneratorHindrance()
        do throws(KernelError) {
            before = try ledgers(network)
            let clients = try LoadClients(
                plan, to: destinations(network), from: sources(network), in: network,
                threads: tables.clients, stop: stop)
            let sides = try PrivateNetwork.Side.allCases.map { side throws(KernelError) in
                try sample(
                    .side(side, plan.link), side == .client ? clients.clocks : servers.clocks,
                    clients.gate, in: network)
            }
            signal = try wait(for: clients.gate, signals)
            for side in sides { columns.add(try side.join()) }
            // The server's last steps.
            LoadClock.rest(milliseconds: 30)
            after = try? ledgers(network)
            record = try clients.join()
        } catch {
            _ = try? servers.join()
            throw error
        }
        let server = try servers.join()
        return (finish(record, server, columns, before, after, signal, tables, hindrance), signal)
    }

    private func destinations(_ network: PrivateNetwork) -> [SocketAddress] {
        (0..<plan.destinations).map {
            SocketAddress(network.address(.server, $0), port: LoadServer.port)
        }
    }

    /// None where connect() chooses the only one.
    private func sources(_ network: PrivateNetwork) -> [SocketAddress] {
        guard plan.sources > 1 else { return [] }
        return (0..<plan.sources).map {
            SocketAddress(network.address(.client, $0), port: 0)
        }
    }

    private func ledgers(_ network: PrivateNetwork) throws(KernelError) -> Ledgers {
        Ledgers(
            client: try network.run(in: .client, Ledger.take),
            server: try network.run(in: .server, Ledger.take))
    }

    /// In a namespace of its own: the settings asked for.
    private static func prepare(_ plan: LoadPlan) throws(KernelError) {
        let writer = try SysctlWriter.open()
        if plan.fastOpen, let key = SysctlKey("net.ipv4.tcp_fastopen") {
            // 1: the client's side, 2: the server's.
            try writer.write("3", to: key)
        }
        for setting in plan.settings { try writer.write(setting.value, to: setting.key) }
    }

    /// A look beside the run.
    private struct Sampling: Sendable {
        let thread: SystemThread<SampleColumns>?
        let end: EventSignal

        /// What it saw.
        func join() throws(KernelError) -> SampleColumns {
            end.set()
            return try thread?.join() ?? SampleColumns()
        }
    }

    private func sample(
        _ view: LoadSampler.View, _ clocks: ThreadClocks, _ gate: LoadGate,
        in network: PrivateNetwork?
    ) throws(KernelError) -> Sampling {
        let end = try EventSignal()
        guard plan.isSampled else { return Sampling(thread: nil, end: end) }
        let warmUp = Int64(plan.warmUp * 1e9)
        var side = PrivateNetwork.Side.client
        if case .side(let other, _) = view { side = other }
        let thread = try SystemThread.start(in: network, side) { () throws(KernelError) in
            LoadSampler(view, clocks: clocks).run(after: gate, warmUp: warmUp, until: end)
        }
        return Sampling(thread: thread, end: end)
    }

    /// Until the client is done, or a signal came: its number.
    private func wait(for gate: LoadGate, _ signals: HeldSignals?) throws(KernelError) -> Int32? {
        let end = [gate.isFinished.waitable]
        while true {
            let ready = try Waitable.wait(for: end + (signals.map { [$0.waitable] } ?? []))
            if ready.first == true { return nil }
            if let number = signals?.next() {
                stop.set()
                _ = try Waitable.wait(for: end)
                return number
            }
        }
    }

    private func finish(
        _ record: LoadClients.Record, _ server: LoadServer.Record?, _ columns: SampleColumns,
        _ before: Ledgers?, _ after: Ledgers?, _ signal: Int32?, _ tables: DescriptorTables,
        _ hindrance: GeneratorHindrance
    ) -> LoadResult {
        var result = LoadResult(record, isOpenLoop: plan.pace != .closed)
        result.add(columns)
        result.threads = tables.clients
        if plan.tls != nil {
            result.tls = record.tally.tls
            result.tlsLibrary = try? TLSLibrary.found.get().version
        }
        if let server {
            result.serverCPUSeconds = Double(server.cpuNanoseconds) / 1e9
            result.serverErrors = server.errors
            result.serverScheduled = server.scheduled
        }
        if let before, let after {
            result.clientStates = after.client.sockets.states(of: .client, plan.link)
            result.serverStates = after.server.sockets.states(of: .server, plan.link)
            result.clientCounters = Self.growth(before.client, after.client)
            result.serverCounters = Self.growth(before.server, after.server)
        }
        hindrance.note(in: &result)
        result.wasInterrupted = signal != nil
        result.void = SelfWatch.verdict(plan, result)
        result.notes = LoadNotes(plan, tables).all
        if plan.isOwnPair, after == nil {
            result.notes.append("not checked: the socket states and the counters at the end")
        }
        return result
    }

    /// What grew, of the counters of TCP.
    private static func growth(
        _ before: Ledger, _ after: Ledger
    ) -> [String: Int64] {
        var growth: [String: Int64] = [:]
        for group in ["Tcp", "TcpExt"] {
            for (name, value) in after.counters.groups[group] ?? [:] {
                let change = value - (before.counters[group, name] ?? 0)
                if change > 0 { growth["\(group).\(name)"] = change }
            }
        }
        return growth
    }
}
