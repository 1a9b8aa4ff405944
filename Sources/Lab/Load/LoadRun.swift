import HostState
package import Kernel

/// Runs a plan: makes its namespaces and threads, waits, and gathers what came of it.
package final class LoadRun: Sendable {
    private let plan: LoadPlan
    private let stop: StopSign
    private let isDone = StopSign()

    /// - Parameter stop: ends it early; what was counted so far is kept.
    package init(_ plan: LoadPlan, stop: StopSign = StopSign()) {
        self.plan = plan
        self.stop = stop
    }

    /// What a client thread brings back.
    private struct Outcome: Sendable {
        var result: LoadResult
        var census: Censuses?
    }

    private struct Censuses: Sendable {
        var clientBefore: SocketCensus
        var serverBefore: SocketCensus
        var client: SocketCensus
        var server: SocketCensus
    }

    /// Runs it; a signal ends it early, and what was counted so far is kept.
    ///
    /// - Parameter signals: those that end it; nil in a test.
    package func run(signals: HeldSignals? = nil) throws(LabError) -> (LoadResult, Int32?) {
        do throws(KernelError) {
            let limit = DescriptorLimit.raise()
            switch plan.target {
            case .ownPair:
                let network = try PrivateNetwork.make(
                    clientAddresses: plan.sources, serverAddresses: plan.destinations)
                return try withServer(network, signals, limit)
            case .addresses(let addresses):
                let (plan, stop, isDone) = (plan, stop, isDone)
                let client = try TrafficThread.start { () throws(KernelError) in
                    defer { isDone.set() }
                    return try Self.traffic(plan, to: addresses, from: [], stop: stop) { nil }
                }
                let signal = try wait(signals)
                return (finish(try client.join(), nil, signal, limit), signal)
            }
        } catch {
            throw LabError(error)
        }
    }

    private func withServer(
        _ network: PrivateNetwork, _ signals: HeldSignals?, _ limit: Int
    ) throws(KernelError) -> (LoadResult, Int32?) {
        let (plan, stop, isDone) = (plan, stop, isDone)
        for side in PrivateNetwork.Side.allCases {
            try network.run(in: side) { () throws(KernelError) in try Self.prepare(plan) }
        }
        let serverStop = StopSign()
        let isListening = StopSign()
        let server = try TrafficThread.start(in: network, .server) { () throws(KernelError) in
            defer { isListening.set() }
            var server = try LoadServer.listen(plan)
            isListening.set()
            let record = server.run(until: serverStop)
            server.close()
            return record
        }
        while !isListening.isSet { LoadClock.rest(milliseconds: 1) }
        let destinations = (0..<plan.destinations).map {
            SocketAddress(PrivateNetwork.address(.server, $0), port: LoadServer.port)
        }
        let sources =
            plan.sources > 1
            ? (0..<plan.sources).map { SocketAddress(PrivateNetwork.address(.client, $0), port: 0) }
            : []
        let client = try TrafficThread.start(in: network, .client) { () throws(KernelError) in
            defer { isDone.set() }
            let clientBefore = try SocketCensus.take()
            let serverBefore = try network.run(in: .server, SocketCensus.take)
            return try Self.traffic(plan, to: destinations, from: sources, stop: stop) {
                () throws(KernelError) in
                // The server's last steps.
                LoadClock.rest(milliseconds: 30)
                return Censuses(
                    clientBefore: clientBefore, serverBefore: serverBefore,
                    client: try SocketCensus.take(),
                    server: try network.run(in: .server, SocketCensus.take))
            }
        }
        let signal: Int32?
        let outcome: Outcome
        do throws(KernelError) {
            signal = try wait(signals)
            outcome = try client.join()
        } catch {
            serverStop.set()
            _ = try? server.join()
            throw error
        }
        serverStop.set()
        return (finish(outcome, try server.join(), signal, limit), signal)
    }

    /// In a namespace of its own: the settings asked for.
    private static func prepare(_ plan: LoadPlan) throws(KernelError) {
        let writer = try SysctlWriter.open()
        for setting in plan.settings { try writer.write(setting.value, to: setting.key) }
    }

    /// On the client's thread.
    private static func traffic(
        _ plan: LoadPlan, to destinations: [SocketAddress], from sources: [SocketAddress],
        stop: StopSign, census: () throws(KernelError) -> Censuses?
    ) throws(KernelError) -> Outcome {
        var client = try LoadClient(
            plan, destinations: destinations, sources: sources, stop: stop)
        client.run()
        // Without descriptors left there is no census; what was counted stands.
        let taken = try? census()
        client.closeAll()
        return Outcome(result: LoadResult(client), census: taken)
    }

    /// Until the client is done, or a signal came: its number.
    private func wait(_ signals: HeldSignals?) throws(KernelError) -> Int32? {
        while !isDone.isSet {
            guard let signals else {
                LoadClock.rest(milliseconds: 5)
                continue
            }
            _ = try Waitable.wait(for: [signals.waitable], atMost: 0.02)
            if let number = signals.next() {
                stop.set()
                return number
            }
        }
        return nil
    }

    private func finish(
        _ outcome: Outcome, _ server: LoadServer.Record?, _ signal: Int32?, _ limit: Int
    ) -> LoadResult {
        var result = outcome.result
        if let server {
            result.serverCPUSeconds = Double(server.cpuNanoseconds) / 1e9
            result.serverErrors = server.errors
        }
        if let census = outcome.census {
            result.clientStates = census.client.states
            result.serverStates = census.server.states
            result.clientCounters = Self.growth(census.clientBefore, census.client)
            result.serverCounters = Self.growth(census.serverBefore, census.server)
        }
        result.wasInterrupted = signal != nil
        result.void = SelfWatch.verdict(plan, result)
        result.notes = notes(limit)
        if plan.isOwnPair, outcome.census == nil {
            result.notes.append("not seen: the sockets' states and the counters at the end")
        }
        return result
    }

    private func notes(_ limit: Int) -> [String] {
        var notes: [String] = []
        if case .ring(let size) = plan.ports {
            notes.append(
                "made with \(size) source ports of its own (--source-ports): ports cannot run out in this run, as they would with the kernel's choice"
            )
        }
        if plan.isOwnPair, plan.pace == .closed {
            notes.append(
                "client and server are this program's own, on this machine: the rate is what both can do here"
            )
        }
        let needed = plan.connections * (plan.isOwnPair ? 2 : 1) + 32
        if needed > limit {
            notes.append(
                "\(plan.connections) connections need \(needed) descriptors, and the limit is \(limit)"
            )
        }
        return notes
    }

    /// What grew, of the counters of TCP.
    private static func growth(
        _ before: SocketCensus, _ after: SocketCensus
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

extension LoadResult {
    /// What a client counted.
    init(_ client: borrowing LoadClient) {
        let tally = client.tally
        attempted = tally.attempted
        completed = tally.completed
        dropped = tally.dropped
        unfinished = client.unfinished
        connections = tally.connections
        errorsByStage = tally.errorsByStage
        for (_, counts) in errorsByStage { errors.merge(counts, uniquingKeysWith: +) }
        for (index, count) in tally.statusClasses.enumerated() where count > 0 {
            statuses["\(index)xx"] = count
        }
        bytesReceived = tally.bytesReceived
        seconds = Double(max(client.elapsed, 0)) / 1e9
        let span = max(seconds, Double(tally.lastResponse) / 1e9)
        ratePerSecond = span > 0 ? Double(completed) / span : 0
        clientCPUSeconds = Double(client.cpuNanoseconds) / 1e9
        connect = Latency(tally.connect)
        firstByte = Latency(tally.firstByte)
        total = Latency(tally.total)
        if client.isOpenLoop {
            fromIntended = Latency(tally.fromIntended)
            lag = Latency(tally.lag)
        }
        series = tally.timeline.series.mapValues { $0.map(Double.init) }
    }
}
