import Model
import Text

/// A wider `ip_local_port_range` for this host, with the listeners in it reserved.
struct WiderRange {
    /// Common services use ports well below it; an even start and an odd end lose no port.
    static let lowEnd = 10240
    static let highEnd = 65535
    /// One write() to `ip_local_reserved_ports` takes no more than 4095 bytes (measured).
    static let longestReservation = 4000

    let range: ClosedRange<Int>
    /// Ports that stay out of connect()'s choice in it.
    let excluded: Int
    let reservation: String
    private let situation: Situation

    /// Nil if the range could not be read or is already as wide.
    init?(_ situation: Situation) {
        let now = situation.budget.range
        guard situation.budget.isMeasured else { return nil }
        // The low end may not go below the first port that needs no privilege.
        let low = max(
            Self.lowEnd,
            Int(clamping: situation.number("net.ipv4.ip_unprivileged_port_start") ?? 1024))
        guard low < now.lowerBound || Self.highEnd > now.upperBound else { return nil }
        let range = min(low, now.lowerBound)...max(Self.highEnd, now.upperBound)
        guard range.count >= now.count * 5 / 4 else { return nil }
        self.situation = situation
        self.range = range
        let reserved = PortSet(situation.reservedText)
        let listening = Set(situation.now.listeners.map { Int($0.port) })
            .filter { range.contains($0) && !reserved.contains($0) }.sorted()
        // A list that could not be read must not be overwritten.
        let isKnown = situation.setting("net.ipv4.ip_local_reserved_ports")?.value != nil
        guard isKnown || listening.isEmpty else { return nil }
        let held = Set(listening).union((situation.now.boundPorts ?? []).map { Int($0) })
        excluded = range.count { reserved.contains($0) || held.contains($0) }
        reservation = situation.reservation(adding: listening)
    }

    var remedy: Remedy? {
        guard reservation.utf8.count <= Self.longestReservation else { return nil }
        let now = situation.budget
        let usable = range.count - excluded
        guard usable > now.usable else { return nil }
        let reserves = reservation != situation.reservedText
        let reserve = "sysctl -w net.ipv4.ip_local_reserved_ports=\"\(reservation)\""
        let widen =
            "sysctl -w net.ipv4.ip_local_port_range=\"\(range.lowerBound) \(range.upperBound)\""
        let back =
            "sysctl -w net.ipv4.ip_local_port_range=\"\(now.range.lowerBound) "
            + "\(now.range.upperBound)\""
        return Remedy(
            .knob, "widen the port range" + (reserves ? ", and reserve the listeners in it" : ""),
            command: reserves ? "\(reserve) && \(widen)" : widen,
            effect: "\(usable.grouped) usable ports instead of \(now.usable.grouped), for each "
                + "source, destination and destination port: "
                + "\((Double(usable) / 60).wholeFigure)/s instead of "
                + "\((Double(now.usable) / 60).wholeFigure)/s if this host closes first and "
                + "connect() reuses nothing",
            risk: "a service that starts later on a port of the range may find it taken; firewall "
                + "rules may know the old range",
            undo: reserves
                ? back
                    + " && sysctl -w net.ipv4.ip_local_reserved_ports=\"\(situation.reservedText)\""
                : back)
    }
}

extension Situation {
    /// The text of `ip_local_reserved_ports`; empty if it is empty or was not read.
    var reservedText: String {
        let text = setting("net.ipv4.ip_local_reserved_ports")?.value ?? ""
        return text.isEmpty
            ? text : text.split { $0 == " " || $0 == "\n" || $0 == "\t" }.joined(separator: ",")
    }

    /// That text with more ports: a write replaces the list, so it must contain the old ones too.
    func reservation(adding ports: [Int]) -> String {
        let more = ports.map { String($0) }
        return ((reservedText.isEmpty ? [] : [reservedText]) + more).joined(separator: ",")
    }
}
