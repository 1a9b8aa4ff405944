import Model

extension LoadResult {
    /// What the client's threads counted.
    init(_ record: LoadClients.Record, isOpenLoop: Bool) {
        self.init()
        let tally = record.tally
        attempted = tally.attempted
        completed = tally.completed
        dropped = tally.dropped
        unfinished = record.unfinished
        connections = tally.connections
        errorsByStage = tally.errorsByStage
        for (_, counts) in errorsByStage { errors.merge(counts, uniquingKeysWith: +) }
        for (index, count) in tally.statusClasses.enumerated() where count > 0 {
            statuses["\(index)xx"] = count
        }
        bytesReceived = tally.bytesReceived
        seconds = Double(max(record.elapsed, 0)) / 1e9
        let span = max(seconds, Double(tally.lastResponse) / 1e9)
        ratePerSecond = span > 0 ? Double(completed) / span : 0
        clientCPUSeconds = Double(record.cpuNanoseconds) / 1e9
        connect = Latency(tally.connect)
        handshake = Latency(tally.handshake)
        firstByte = Latency(tally.firstByte)
        total = Latency(tally.total)
        if isOpenLoop {
            fromIntended = Latency(tally.fromIntended)
            lag = Latency(tally.lag)
        }
        series = tally.timeline.series.mapValues { $0.map(Double.init) }
        let rows = series.values.first?.count ?? 0
        let (connects, totals) = (
            LatencySeries.columns(tally.connectSeries), LatencySeries.columns(tally.totalSeries)
        )
        for (name, column) in [
            ("connect_p50_seconds", connects.p50), ("total_p50_seconds", totals.p50),
            ("total_p99_seconds", totals.p99),
        ] where column.contains(where: { $0 > 0 }) {
            series[name] =
                Array(column.prefix(rows))
                + [Double](repeating: 0, count: max(rows - column.count, 0))
        }
        bodyBytes = tally.bodyBytes
        scheduled = record.scheduled
    }

    /// Puts what was seen beside the run next to what was counted; the columns of both become equally long.
    mutating func add(_ columns: SampleColumns) {
        let rows = max(columns.rows, series.values.first?.count ?? 0)
        series = series.mapValues { column in
            column + repeatElement(0, count: rows - column.count)
        }
        series.merge(columns.filled(to: rows)) { $1 }
    }
}
