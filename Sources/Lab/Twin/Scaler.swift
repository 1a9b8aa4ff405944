import Catalogue
import Model
import Text

/// Makes the values of an arm smaller, by a factor that the host's own values settle.
struct Scaler: Sendable {
    static let range = "net.ipv4.ip_local_port_range"
    static let reserved = "net.ipv4.ip_local_reserved_ports"
    static let backlog = "net.core.somaxconn"
    static let buckets = "net.ipv4.tcp_max_tw_buckets"
    static let delay = "net.ipv4.tcp_tw_reuse_delay"
    static let finTimeout = "net.ipv4.tcp_fin_timeout"

    /// What is scaled; nil where nothing needs to be.
    let key: String?
    let factor: Double
    let law: String
    private let scaling: TwinScaling

    /// - Parameters:
    ///   - now: the host's values.
    ///   - then: those with the profile.
    ///   - rate: connections a second of the workload, for the law; nil where they come as they can.
    init(
        _ scaling: TwinScaling, now: [String: String], then: [String: String], rate: Double?
    ) {
        self.scaling = scaling
        switch scaling {
        case .none: (key, factor, law) = (nil, 1, "")
        case .ports(let room):
            guard let usable = Self.usable(now), usable > room, room > 0 else {
                (key, factor, law) = (nil, 1, "")
                return
            }
            let factor = Double(usable) / Double(room)
            var law =
                "1:\(factor.figure): \(room) ports stand in for the host's \(usable.grouped); multiply rates by \(factor.figure), because capacity grows with the number of ports"
            if let rate {
                law +=
                    "; \(rate.figure) connections/s use up the \(room) ports in \((Double(room) / rate).duration)"
            }
            (key, self.factor, self.law) = (Self.range, factor, law)
        case .measured(let share, let minute, let held):
            guard let all = Self.usable(now), share > 0, minute > 0 else {
                (key, factor, law) = (nil, 1, "")
                return
            }
            let usable = max(all - held, 2)
            let room = Self.room(usable, share)
            key = Self.range
            factor = Double(usable) / Double(room)
            let reuse =
                now[Self.delay] == nil
                ? "the proof shows less gain from tcp_tw_reuse than the host would see, because its delay of 1 s is not scaled"
                : "tcp_tw_reuse_delay is scaled in the same way"
            law =
                "\(room) ports stand in for the host's \(usable.grouped)\(held > 0 ? " that no open or bound socket uses" : ""), and \((minute * 60).duration) for the minute of TIME_WAIT; \(reuse)"
        case .backlog(let room):
            guard let limit = now[Self.backlog].flatMap({ Int($0) }), limit > room else {
                (key, factor, law) = (nil, 1, "")
                return
            }
            let factor = Double(limit) / Double(room)
            (key, self.factor) = (Self.backlog, factor)
            law =
                "1:\(factor.figure): a queue of \(room) stands in for the host's \(limit.grouped), and one client here for \(factor.figure)"
        case .finWait(let longest):
            let lives = [now, then].compactMap { Self.lifetime($0) }
            guard let most = lives.max(), most > longest else {
                (key, factor, law) = (nil, 1, "")
                return
            }
            // Whole seconds are all that can be set: as many as leave the least to be rounded.
            let short =
                (min(2, longest)...longest).min {
                    Self.rounding(lives, most, $0) < Self.rounding(lives, most, $1)
                } ?? longest
            let factor = Double(most) / Double(short)
            (key, self.factor) = (Self.finTimeout, factor)
            law =
                "1:\(factor.figure): \(short) s in FIN_WAIT2 stand in for \(most) s; the number of waiting sockets is the rate times that time"
        }
    }

    /// The values with the scaled ones in their places.
    func scaled(_ values: [String: String]) -> [String: String] {
        guard key != nil else { return values }
        var values = values
        switch scaling {
        case .none: break
        case .ports, .measured:
            guard let ends = Self.ends(values), let usable = Self.usable(values) else { break }
            var count = max(Int((Double(usable) / factor).rounded()), 2)
            if case .measured(let share, _, let held) = scaling {
                count = Self.room(max(usable - held, 2), share)
            }
            let high = min(ends.lowerBound + count - 1, ends.upperBound)
            values[Self.range] = "\(ends.lowerBound) \(high)"
            // What is reserved is left out of the number already.
            if let list = values[Self.reserved].flatMap({ PortRanges($0) }) {
                values[Self.reserved] =
                    PortRanges(
                        list.ranges.flatMap { Self.outside($0, ends.lowerBound...high) }
                    ).description
            }
            // Fewer ports hold fewer sockets in TIME_WAIT.
            if let cap = values[Self.buckets].flatMap({ Double($0) }), cap > 0 {
                values[Self.buckets] = String(max(Int((cap / factor).rounded()), 1))
            }
            if case .measured(_, let minute, _) = scaling,
                let wait = values[Self.delay].flatMap({ Double($0) })
            {
                values[Self.delay] = String(max(Int((wait * minute).rounded()), 1))
            }
        case .backlog:
            guard let limit = values[Self.backlog].flatMap({ Double($0) }) else { break }
            values[Self.backlog] = String(max(Int((limit / factor).rounded()), 1))
        case .finWait:
            guard let life = Self.lifetime(values) else { break }
            values[Self.finTimeout] = String(max(Int((Double(life) / factor).rounded()), 1))
        }
        return values
    }

    private static func room(_ usable: Int, _ share: Double) -> Int {
        max(Int((Double(usable) * min(share, 1)).rounded()), 2)
    }

    private static func rounding(_ lives: [Int64], _ most: Int64, _ longest: Int64) -> Double {
        lives.reduce(0) { sum, life in
            let exact = Double(life) * Double(longest) / Double(most)
            return sum + (exact - max(exact.rounded(), 1)).magnitude
        }
    }

    private static func ends(_ values: [String: String]) -> ClosedRange<Int>? {
        let ends = (values[range] ?? "").split(separator: " ").compactMap { Int($0) }
        guard ends.count == 2, ends[0] <= ends[1] else { return nil }
        return ends[0]...ends[1]
    }

    /// Ports of the range that are not reserved.
    static func usable(_ values: [String: String]) -> Int? {
        guard let ends = ends(values) else { return nil }
        let reserved = values[reserved].flatMap { PortRanges($0) }?.ranges ?? []
        let blocked = reserved.reduce(0) { sum, range in
            sum
                + max(
                    0,
                    min(Int(range.upperBound), ends.upperBound)
                        - max(Int(range.lowerBound), ends.lowerBound) + 1)
        }
        return ends.count - blocked
    }

    private static func outside(
        _ range: ClosedRange<UInt16>, _ window: ClosedRange<Int>
    ) -> [ClosedRange<UInt16>] {
        let (low, high) = (Int(range.lowerBound), Int(range.upperBound))
        var parts: [ClosedRange<UInt16>] = []
        if low < window.lowerBound {
            parts.append(range.lowerBound...UInt16(min(high, window.lowerBound - 1)))
        }
        if high > window.upperBound {
            parts.append(UInt16(max(low, window.upperBound + 1))...range.upperBound)
        }
        return parts
    }

    /// Seconds that an orphaned FIN_WAIT2 lives: above 60 the socket waits for the excess twice
    /// (net/ipv4/tcp_input.c:tcp_rcv_state_process, tcp_timer.c:tcp_keepalive_timer).
    private static func lifetime(_ values: [String: String]) -> Int64? {
        values[finTimeout].flatMap { Int64($0) }.map(lifetime)
    }

    static func lifetime(_ value: Int64) -> Int64 {
        value <= 60 ? max(value, 0) : 2 * (value - 60)
    }
}
