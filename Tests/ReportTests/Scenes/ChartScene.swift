import Report

/// A page of every kind of picture, from numbers such as a run of the load generator gives.
enum ChartScene {
    static let page = Document(
        title: "tcptune: proof",
        blocks: [
            .masthead(
                Masthead(
                    items: [.strong("web-3"), "Linux 6.1.0", "600 ports, 5 runs per arm"],
                    verdict:
                        "With tcp_tw_reuse = 1 no connect() fails; without, 4 of 5 do once the ports are used up.",
                    keys: [
                        KeyFigure(
                            "0", "connects without a port", word: "better", before: "2 412",
                            change: "−100 % (−100 … −100 %)"),
                        KeyFigure(
                            "1 010/s", "requests answered", word: "better", before: "202/s",
                            change: "×5 (×4.9 … ×5.1)"),
                        KeyFigure(
                            "15 µs", "connect() p50", before: "14 µs", change: "~"),
                    ], word: "proven")),
            .chart(ports), .chart(errors), .chart(latencies), .chart(states), .chart(effects),
            .chart(long),
        ])

    static let ports = chart(
        "Local ports in use",
        .lines(
            LinesChart(
                lines: [
                    .init(
                        "tcp_tw_reuse = 0", fill.map { min($0, 600) },
                        low: fill.map { min($0 * 0.9, 600) }, high: fill.map { min($0 * 1.15, 600) }
                    ),
                    .init(
                        "tcp_tw_reuse = 1", fill.enumerated().map { $0 < 12 ? min($1, 600) : 588 }),
                ], step: 0.1, unit: "ports",
                marks: [
                    .init(seconds: 0.6, text: "ports exhausted at 0.6 s"),
                    .init(seconds: 1.1, text: "first port taken again at 1.1 s"),
                ])))

    static let errors = chart(
        "Errors over time",
        .lines(
            LinesChart(
                lines: [
                    .init("EADDRNOTAVAIL", (0..<40).map { $0 < 6 ? 0 : 78 + Double($0 * 7 % 5) }),
                    .init("ECONNRESET", (0..<40).map { $0 % 9 == 4 ? 12 : 0 }),
                    .init("ETIMEDOUT", (0..<40).map { $0 > 30 ? 5 : .nan }),
                ], step: 0.1, unit: "errors in 100 ms")))

    static let latencies = chart(
        "Time of a request",
        .distribution(
            DistributionChart(curves: [
                .init("tcp_tw_reuse = 0", (0...100).map { spread($0, from: 0.00009, tail: 0.3) }),
                .init("tcp_tw_reuse = 1", (0...100).map { spread($0, from: 0.00007, tail: 0.004) }),
            ])))

    static let states = chart(
        "Sockets of the client by state",
        .lines(
            LinesChart(
                lines: [
                    .init("ESTABLISHED", (0..<40).map { 90 + Double($0 * 13 % 17) }),
                    .init("TIME_WAIT", (0..<40).map { min(Double($0) * 40, 510) }),
                    .init("FIN_WAIT2", (0..<40).map { Double($0 % 4) }),
                ], step: 0.1, unit: "sockets", isStacked: true)))

    static let effects = chart(
        "How far the arms are apart",
        .effects(
            EffectsChart(rows: [
                .init(
                    name: "connects without a port", change: -0.98, low: -0.99, high: -0.97,
                    verdict: "better"),
                .init(name: "requests answered", change: 4, low: 3.8, high: 4.3, verdict: "better"),
                .init(
                    name: "request p99", change: 0.9, low: 0.4, high: 1.6,
                    verdict: "worse"),
                .init(
                    name: "connect() p50", change: 0.07, low: -0.2, high: 0.4,
                    verdict: "unclear"),
                .init(
                    name: "client CPU per request", change: 0.01, low: -0.01, high: 0.02,
                    verdict: "same"),
                .init(
                    name: "TIME_WAIT at the server at the end of the run", change: -0.6,
                    low: -0.7, high: -0.5, verdict: "less"),
            ])))

    static let long = chart(
        "A day of closing, second by second",
        .lines(
            LinesChart(
                lines: [
                    .init(
                        "closed", (0..<86_400).map { $0 == 40_000 ? 900 : Double($0 * 31 % 211) })
                ], step: 1, unit: "a second", marks: [.init(seconds: 40_000, text: "backup")])))

    private static let fill = (0..<40).map { Double($0) * 101 }

    private static func spread(_ share: Int, from least: Double, tail: Double) -> Double {
        let place = Double(share) / 100
        return least * (1 + place) + (share > 95 ? tail * (place - 0.95) * 20 : 0)
    }

    private static func chart(_ title: String, _ kind: Chart.Kind) -> Chart {
        Chart(
            title: title, summary: "What \(title.lowercased()) tells, in a sentence.", kind: kind,
            table: Table(
                "", columns: [Table.Column("at"), Table.Column("value", isNumber: true)],
                rows: [[.text("0 s"), .count(0)], [.text("4 s"), .count(600)]]), isRepeated: false)
    }
}
