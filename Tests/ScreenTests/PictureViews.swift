import Model

@testable import Screen

/// Views that the tests draw.
enum PictureViews {
    static func owner(_ name: String, _ confidence: Owner.Confidence = .certain) -> Owner {
        Owner(
            name: name, pids: [4211], confidence: confidence,
            reason: "31 live sockets to the same destination")
    }

    /// A minute that goes up and down between two values, the last of them given.
    static func minute(_ low: Double, _ high: Double, last: Double) -> [Double?] {
        (0..<59).map { second in
            low + (high - low) * Double((second * 7) % 13) / 13 * Double(second) / 58
        } + [last]
    }

    static let tuples: [WatchTuple] = {
        let rows: [(String, String, Int, Double, Double?)] = [
            ("10.0.0.5", "10.0.0.9:5432", 27_911, 462, 9),
            ("10.0.0.5", "10.0.0.8:443", 3_044, 51, 262),
            ("10.0.0.5", "10.0.0.7:6379", 11_610, 194, nil),
            ("10.0.0.5", "10.0.1.20:9092", 612, 10, nil),
            ("10.0.0.5", "10.0.1.21:9092", 598, 10, nil),
            ("10.0.0.5", "10.0.1.22:9092", 590, 9.8, nil),
            ("10.0.0.5", "192.0.2.81:8080", 44, 0.7, nil),
            ("127.0.0.1", "127.0.0.1:8125", 12, 0, nil),
        ]
        var tuples = rows.map { source, destination, used, closed, full in
            WatchTuple(
                id: source + destination, source: source, destination: destination, used: used,
                usable: 28_232, closedPerSecond: closed,
                history: minute(closed / 5, closed, last: closed), fullIn: full,
                owner: owner("orders-worker", .likely))
        }
        for index in tuples.indices {
            tuples[index].timeWait = tuples[index].used * 9 / 10
            tuples[index].closedHere = 0.98
            tuples[index].roundTrip = 0.0004
        }
        tuples[0].detail = WatchTupleDetail(
            even: .init(used: 14_116, usable: 14_116), odd: .init(used: 13_795, usable: 14_116),
            remedies: [
                "keep connections open: a pool of 20 serves this rate",
                "tcptune apply outbound-reuse --netns init",
            ])
        return tuples
    }()

    static let findings = [
        WatchFinding(
            id: "a", severity: .critical, rule: "ports-exhausting",
            subject: "10.0.0.5 → 10.0.0.9:5432", news: "full in 9 s", age: 14),
        WatchFinding(
            id: "b", severity: .warning, rule: "queue-overflowing", subject: "0.0.0.0:443",
            owner: "nginx", news: "51 dropped/s", age: 123),
        WatchFinding(
            id: "c", severity: .cleared, rule: "ports-slow", subject: "10.0.0.5 → 10.0.0.7:6379",
            news: "41 %", age: 48),
    ]

    static let listeners = [
        WatchListener(
            id: "443", address: "0.0.0.0:443", owner: owner("nginx"), queue: 512, backlog: 511,
            dropsPerSecond: 51, limitedBy: "program"),
        WatchListener(
            id: "8080", address: "0.0.0.0:8080", owner: owner("orders"), queue: 3, backlog: 4096,
            dropsPerSecond: 0, limitedBy: "somaxconn"),
        WatchListener(
            id: "25", address: "127.0.0.1:25", owner: owner("exim4"), queue: 0, backlog: 20,
            dropsPerSecond: 0, limitedBy: "program"),
    ]

    /// A server that is in trouble.
    static let busy: WatchView = {
        var view = WatchView(
            head: WatchHead(
                host: "web-3", kernel: "Linux 6.1.0", namespace: "init", namespaceNumber: 1,
                namespaceCount: 3, sockets: 412_331, sampleAge: 2, clock: "14:28:47"),
            counts: [
                WatchCount("EST", 2_011, history: minute(1800, 2400, last: 2011)),
                WatchCount("TIME_WAIT", 409_112, history: minute(300_000, 409_112, last: 409_112)),
                WatchCount("CLOSE_WAIT", 812, history: minute(100, 812, last: 812)),
                WatchCount("SYN_RECV", 3, history: minute(0, 3, last: 3)),
                WatchCount("LISTEN", 14, history: minute(14, 14, last: 14)),
            ],
            rates: [
                WatchRate("opens", perSecond: 4812, history: minute(1200, 4812, last: 4812)),
                WatchRate(
                    "into TIME_WAIT", perSecond: 4790, history: minute(1100, 4790, last: 4790)),
                WatchRate(
                    "drops", perSecond: 51, history: minute(0, 60, last: 51), isFailure: true),
            ],
            findings: findings, tuples: tuples,
            otherTuples: WatchOthers(count: 206, used: 988, closedPerSecond: 16),
            listeners: listeners, listenerCount: 14, cost: WatchCost(processor: 0.006))
        view.explanation = WatchText(
            title: "ports-exhausting",
            paragraphs: [
                .init("Ports to one destination run out, and connect() fails with EADDRNOTAVAIL."),
                .init(
                    "Each connection needs its own port towards the same destination, and the "
                        + "port of a closed one stays in TIME_WAIT for 60 s.", label: "cause"),
                .init("keep connections open in a pool", label: "do"),
                .init("tcptune apply outbound-reuse", isCommand: true),
            ])
        return view
    }()

    /// A server on which nothing happens.
    static let idle = WatchView(
        head: WatchHead(
            host: "db-1", kernel: "Linux 6.18.44", sockets: 3, sampleAge: 1, clock: "03:00:01"),
        counts: [WatchCount("LISTEN", 3)],
        rates: [WatchRate("opens", perSecond: 0, history: [0, 0, 0])],
        listeners: [WatchListener(id: "22", address: "[::]:22", queue: 0, backlog: 128)],
        cost: WatchCost(processor: 0.0002))

    /// Addresses as long as they come.
    static let long: WatchView = {
        var view = busy
        let source = "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1111"
        let destination = "[2001:db8:aaaa:bbbb:cccc:dddd:eeee:2222]:65535"
        view.tuples.append(
            WatchTuple(
                id: "long", source: source, destination: destination, used: 28_000, usable: 28_232,
                closedPerSecond: 466, history: minute(0, 466, last: 466), fullIn: 3,
                owner: owner("a-service-with-a-long-name")))
        view.findings.append(
            WatchFinding(
                id: "0", severity: .critical, rule: "ports-exhausting",
                subject: "\(source) → \(destination)", owner: "a-service-with-a-long-name",
                news: "full in 3 s", age: 4000))
        view.listeners.append(
            WatchListener(
                id: "long", address: destination, owner: owner("a-service-with-a-long-name"),
                queue: 4097, backlog: 4096, dropsPerSecond: 0.4, limitedBy: "somaxconn"))
        return view
    }()
}

/// Sizes that are looked at.
extension FrameSize {
    static let usual = FrameSize(rows: 24, columns: 80)
    static let large = FrameSize(rows: 40, columns: 140)
    static let half = FrameSize(rows: 12, columns: 40)
    static let tiny = FrameSize(rows: 5, columns: 20)
}

extension Look {
    static let full = Look(isColoured: true, isUnicode: true)
    static let ascii = Look(isColoured: false, isUnicode: false)
}
