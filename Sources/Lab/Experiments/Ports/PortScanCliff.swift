import Catalogue
import Kernel
import Model
import Statistics

extension Experiment {
    package static let portScanCliff = Experiment(
        .portScanCliff,
        question: "Why is connect() slow although ports are still free?",
        claim:
            "connect() tries every other port first: once half of the ports are in use, it scans all of those before it finds a free one; with IP_LOCAL_PORT_RANGE it does not.",
        source: [
            "net/ipv4/inet_hashtables.c:__inet_hash_connect",
            "net/ipv4/inet_connection_sock.c:inet_sk_get_local_port_range",
        ],
        arms: PortScanCliff.arms, measures: PortScanCliff.measures, claims: PortScanCliff.claims,
        scaling:
            "connect() scans half of the range, so the cost grows with the range: 28 232 ports cost at least about twice what these 14 000 do, and more if their buckets no longer fit the processor's cache.",
        trial: PortScanCliff.trial)
}

/// What connect() costs, by the share of the ports that are in TIME_WAIT.
enum PortScanCliff {
    static let ports = 14_000
    /// Connections measured at each share.
    private static let measured = 21
    /// Before the first is measured.
    private static let warmUp = 60

    private static let plain = "the kernel's choice"
    private static let ranged = "IP_LOCAL_PORT_RANGE"
    private static let half = "7000 ports"

    static let arms = [
        Arm(plain, .baseline, settings: [.ports(ports), .reuse(0)]),
        Arm(half, .variant, settings: [.ports(ports / 2), .reuse(0)]),
        Arm(ranged, .variant, settings: [.ports(ports), .reuse(0)]),
    ]

    static let measures =
        [0, 45, 51, 99].map {
            Measure(
                "connect_at_\($0)_percent_seconds", "CPU, \($0) % used", .seconds, better: .down)
        }
        + [45, 51, 99].map {
            Measure(
                "slower_at_\($0)_percent_ratio", "\($0) %, times 0 %", .ratio, better: .down)
        }

    static let claims = [
        Claim(
            "connect() costs at most four times as much with 45 % of the ports used",
            .within(arm: plain, measure: "slower_at_45_percent_ratio", 0...4)),
        Claim(
            "connect() costs at least twenty times as much with 51 % of them used",
            .within(arm: plain, measure: "slower_at_51_percent_ratio", 20...100_000)),
        Claim(
            "with IP_LOCAL_PORT_RANGE, connect() costs at most four times as much with 51 % used",
            .within(arm: ranged, measure: "slower_at_51_percent_ratio", 0...4)),
        Claim(
            "with IP_LOCAL_PORT_RANGE, connect() costs at most eight times as much with 99 % used",
            .within(arm: ranged, measure: "slower_at_99_percent_ratio", 0...8)),
        Claim(
            "twice the ports cost 1.3 times as much, or more",
            .ratio(arm: plain, to: half, measure: "connect_at_51_percent_seconds", 1.3...20),
            isScaling: true),
    ]

    static func trial(
        _ arm: Arm, _ conditions: TrialConditions
    ) throws(Refusal) -> Trial {
        let ports = arm.name == half ? ports / 2 : ports
        let ground: [LoadPlan.Assignment] = [.ports(ports), .reuse(0)]
        return try BothEnds.run(arm, ground: ground) { (ends) throws(KernelError) in
            try costs(ends, ports, isRanged: arm.name == ranged, conditions.stop)
        }
    }

    /// Per cent of the ports in use, at which it is measured.
    private static let shares =
        Array(stride(from: 0, through: 50, by: 5)) + [51]
        + Array(stride(from: 55, through: 95, by: 5)) + [99]

    /// Fills the ports by and by, and measures on the way.
    private static func costs(
        _ ends: BothEnds, _ ports: Int, isRanged: Bool, _ stop: StopSign
    ) throws(KernelError) -> Trial {
        let whole = UInt16(20_000)...UInt16(20_000 + ports - 1)
        let choosing: (TCPSocket) -> Int32 = { $0.choosePorts(from: whole) }
        let plainly: (TCPSocket) -> Int32 = { _ in 0 }
        var used = 0
        /// Nanoseconds of connect().
        func open(_ prepare: (TCPSocket) -> Int32) throws(KernelError) -> Int64 {
            switch ends.connect(prepare: prepare) {
            case .open(let connection):
                ends.close(connection, first: .client)
                used += 1
                return connection.connectNanoseconds
            case .failed(let error):
                throw KernelError("connect from", "one of \(ports) ports", code: error)
            }
        }
        func cost(at percent: Int) throws(KernelError) -> Double {
            var costs: [Double] = []
            for _ in 0..<(percent == 51 || percent == 99 ? measured : measured / 2) {
                costs.append(Double(try open(isRanged ? choosing : plainly)) / 1e9)
            }
            // What else the machine does costs some of them more: their caches are cold.
            return Sample(costs).quantile(0.25) ?? 0
        }
        for _ in 0..<warmUp { _ = try open(isRanged ? choosing : plainly) }
        var byShare: [Int: Double] = [:]
        for percent in shares where percent <= 51 || ports == Self.ports {
            // As connect() fills them up to the cliff; beyond it that would take long.
            let isQuick = isRanged || percent > 50
            while used < ports * percent / 100, !stop.isSet {
                _ = try open(isQuick ? choosing : plainly)
            }
            byShare[percent] = try cost(at: percent)
        }
        return trial(byShare)
    }

    private static func trial(_ byShare: [Int: Double]) -> Trial {
        var values: [String: Double] = [:]
        let free = byShare[0] ?? 0
        for percent in [0, 45, 51, 99] {
            guard let cost = byShare[percent] else { continue }
            values["connect_at_\(percent)_percent_seconds"] = cost
            if percent > 0, free > 0 {
                values["slower_at_\(percent)_percent_ratio"] = cost / free
            }
        }
        return Trial(
            values: values,
            curves: byShare[99] == nil ? [:] : ["connect_seconds": distribution(byShare)])
    }

    /// Of all connections from the first to the last port: what each hundredth of them costs.
    private static func distribution(_ byShare: [Int: Double]) -> [Double] {
        let measured = byShare.sorted { $0.key < $1.key }
        return (0...100).map { percent in
            measured.last { $0.key <= percent }?.value ?? 0
        }.sorted()
    }
}
