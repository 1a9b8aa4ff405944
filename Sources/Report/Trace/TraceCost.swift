import Model
import Text

/// What a request leaves behind, and how many of them one client can make.
struct TraceCost {
    private let request: Trace.Request
    private let requests: Int

    /// - Parameter requests: how many were made, with the redirects.
    init(_ request: Trace.Request, requests: Int) {
        self.request = request
        self.requests = requests
    }

    struct Line {
        var label: String
        var phrase: Phrase
    }

    var lines: [Line] {
        var lines: [Line] = []
        if let close = request.close { lines.append(Line(label: "cost", phrase: cost(close))) }
        if requests > 1 {
            lines.append(
                Line(
                    label: "redirects",
                    phrase: Phrase(
                        "\(requests) connections were made, each for one request; a browser keeps "
                            + "those that it may")))
        }
        if request.url.hasPrefix("https:"), request.tls == nil,
            request.connect?.connection != nil
        {
            lines.append(
                Line(
                    label: "TLS",
                    phrase:
                        "left out: only the TCP connection was traced, no request was sent, and the close is this host's"
                ))
        }
        if request.response?.head != nil {
            lines.append(
                Line(
                    label: "rendering",
                    phrase: "what is made of the bytes is the browser's, and not seen from here"))
        }
        return lines
    }

    private func cost(_ close: Trace.Close) -> Phrase {
        if close.reset != nil {
            return "the connection ended by a reset: neither side waits, and no port is held"
        }
        if close.first == .local || close.first == .both, close.held == nil {
            return
                "this host closed first, and holds nothing now: a reset ended the connection, or there was no "
                + "room for another TIME_WAIT (tcp_max_tw_buckets); which of them was not seen"
        }
        guard close.first == .local || close.first == .both else {
            guard close.first == .peer else { return "who waits was not seen" }
            return
                "the server closed first: its side waits in TIME_WAIT, and this host's port was free again at once; "
                + "no number of ports limits such a client"
        }
        guard let ports = request.connect?.connection?.ports else {
            return "this host closed first, and keeps the port for as long as TIME_WAIT lasts"
        }
        // A port in FIN_WAIT2 is nobody's to reuse (net/ipv4/inet_hashtables.c:__inet_check_established asks for TIME_WAIT).
        if close.held == .finWait2, let seconds = close.heldSeconds, seconds > 0 {
            return "this host holds the port in FIN_WAIT2 until the server closes, or for "
                + .strong(seconds.duration) + Phrase("; no setting lets another connection take it")
        }
        let rate = "\(ports.limitPerSecond.rate) requests a second"
        var line: Phrase =
            "at this rate one such client can make at most " + .strong(rate)
            + Phrase(
                " to this destination: \(ports.usable.grouped) ports, each held for "
                    + ports.holdSeconds.duration)
        line += Phrase(ports.isReused ? reuse(ports) : noReuse(ports))
        return line
    }

    private func reuse(_ ports: Trace.PortUse) -> String {
        let mode = ports.settings["net.ipv4.tcp_tw_reuse"] ?? "?"
        let why = mode == "2" ? ", which reaches loopback only" : ""
        return " (tcp_tw_reuse = \(mode)\(why), and timestamps are on)"
    }

    private func noReuse(_ ports: Trace.PortUse) -> String {
        if request.connect?.connection?.timestamps == false {
            return " (without timestamps on this connection, no port in TIME_WAIT is reused)"
        }
        switch ports.settings["net.ipv4.tcp_tw_reuse"] {
        case "0": return " (tcp_tw_reuse = 0: no port in TIME_WAIT is reused)"
        case "2": return " (tcp_tw_reuse = 2 reuses ports on loopback only)"
        default: return ""
        }
    }

    /// `this host closed first and holds TIME_WAIT for 60 s`.
    static func closing(_ close: Trace.Close) -> String {
        let first =
            switch (close.reset, close.first) {
            case (.local?, .peer): "the server closed first, and this host reset the connection"
            case (.local?, _): "this host reset the connection"
            case (_?, _): "the server reset the connection"
            case (nil, .local): "this host closed first"
            case (nil, .peer): "the server closed first"
            case (nil, .both): "both closed at once"
            case (nil, .unknown): "who closed first was not seen"
            }
        guard let held = close.held else { return first }
        let time = close.heldSeconds.map { " for \($0.duration)" } ?? ""
        let verb = close.first == .local && close.reset == nil ? "holds" : "this host holds"
        return "\(first) and \(verb) \(held.name)\(time)"
    }

    /// Who sent the first FIN, and the reset where one ended it.
    static func whoEnded(_ close: Trace.Close, _ states: [Trace.StateSeen]) -> String {
        let own = Set(states.filter { $0.side == .local }.map(\.state))
        switch (close.reset, close.first) {
        case (.local?, .peer):
            return "the server sent the first FIN, and this host a reset: bytes of it were not read"
        case (.local?, _):
            return own.contains(.finWait1)
                ? "this host sent the first FIN, and then a reset: more bytes had come"
                : "this host reset the connection"
        case (_?, _):
            return own.contains(.closeWait)
                ? "the server sent the first FIN, and then a reset"
                : "the server reset the connection"
        case (nil, .local): return "this host sent the first FIN"
        case (nil, .peer): return "the server sent the first FIN"
        case (nil, .both): return "both sent a FIN before they saw the other's"
        case (nil, .unknown): return "who sent the first FIN was not seen"
        }
    }

    /// Who holds what now.
    static func holding(_ close: Trace.Close) -> String {
        func words(_ state: TCPState, _ seconds: Double?) -> String {
            state.name + (seconds.map { ", for \($0.duration)" } ?? "")
        }
        let peer = close.peerHeld.map {
            "the server's socket, on this host, too, is in \(words($0, close.peerHeldSeconds))"
        }
        if let held = close.held {
            let what =
                held == .timeWait
                ? "this host now holds \(words(held, close.heldSeconds))"
                : "this host still holds the socket, in \(words(held, close.heldSeconds))"
            return [what, peer].compactMap(\.self).joined(separator: "; ")
        }
        return ["nothing is left of this host's socket", peer].compactMap(\.self)
            .joined(separator: "; ")
    }
}
