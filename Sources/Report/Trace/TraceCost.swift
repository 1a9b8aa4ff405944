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
                        "this trace opened \(requests) connections, one per request; a browser reuses "
                            + "connections if it may")))
        }
        if request.url.hasPrefix("https:"), request.tls == nil,
            request.connect?.connection != nil
        {
            lines.append(
                Line(
                    label: "TLS",
                    phrase:
                        "skipped: tcptune traced only the TCP connection, sent no request and closed it"
                ))
        }
        if request.response?.head != nil {
            lines.append(
                Line(
                    label: "rendering",
                    phrase: "what a browser does with the bytes is not visible here"))
        }
        return lines
    }

    private func cost(_ close: Trace.Close) -> Phrase {
        if close.reset != nil {
            return "a reset ended the connection: neither end waits, and no port is held"
        }
        if close.first == .local || close.first == .both, close.held == nil {
            return
                "this host closed first and holds nothing now: either a reset ended the connection, or there was no "
                + "room for another TIME_WAIT (tcp_max_tw_buckets); tcptune did not observe which"
        }
        guard close.first == .local || close.first == .both else {
            guard close.first == .peer else { return "tcptune did not observe who waits" }
            return
                "the server closed first: the server waits in TIME_WAIT, and this host's port was free at once; "
                + "ports do not limit such a client"
        }
        guard let ports = request.connect?.connection?.ports else {
            return "this host closed first and holds the port while TIME_WAIT lasts"
        }
        // A port in FIN_WAIT2 is nobody's to reuse (net/ipv4/inet_hashtables.c:__inet_check_established asks for TIME_WAIT).
        if close.held == .finWait2, let seconds = close.heldSeconds, seconds > 0 {
            return "this host holds the port in FIN_WAIT2 until the server closes, or for "
                + .strong(seconds.duration) + Phrase("; no setting lets another connection take it")
        }
        let rate = "\(ports.limitPerSecond.rate) requests per second"
        var line: Phrase =
            "one such client can make at most " + .strong(rate)
            + Phrase(
                " to this destination: \(ports.usable.grouped) ports, each held for "
                    + ports.holdSeconds.duration)
        line += Phrase(ports.isReused ? reuse(ports) : noReuse(ports))
        return line
    }

    private func reuse(_ ports: Trace.PortUse) -> String {
        let mode = ports.settings["net.ipv4.tcp_tw_reuse"] ?? "?"
        let why = mode == "2" ? ", which works on loopback only" : ""
        return " (tcp_tw_reuse = \(mode)\(why), and timestamps are on)"
    }

    private func noReuse(_ ports: Trace.PortUse) -> String {
        if request.connect?.connection?.timestamps == false {
            return
                " (this connection has no timestamps, so connect() cannot reuse a TIME_WAIT port)"
        }
        switch ports.settings["net.ipv4.tcp_tw_reuse"] {
        case "0": return " (with tcp_tw_reuse = 0, connect() cannot reuse a TIME_WAIT port)"
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
            case (nil, .unknown): "tcptune did not observe who closed first"
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
            return
                "the server sent the first FIN, and this host reset the connection: it had unread bytes"
        case (.local?, _):
            return own.contains(.finWait1)
                ? "this host sent the first FIN, then a reset: more bytes had arrived"
                : "this host reset the connection"
        case (_?, _):
            return own.contains(.closeWait)
                ? "the server sent the first FIN, then a reset"
                : "the server reset the connection"
        case (nil, .local): return "this host sent the first FIN"
        case (nil, .peer): return "the server sent the first FIN"
        case (nil, .both): return "both ends sent a FIN before they saw the other's"
        case (nil, .unknown): return "tcptune did not observe who sent the first FIN"
        }
    }

    /// Who holds what now.
    static func holding(_ close: Trace.Close) -> String {
        func words(_ state: TCPState, _ seconds: Double?) -> String {
            state.name + (seconds.map { ", for \($0.duration)" } ?? "")
        }
        let peer = close.peerHeld.map {
            "the server's socket, also on this host, is in \(words($0, close.peerHeldSeconds))"
        }
        if let held = close.held {
            let what =
                held == .timeWait
                ? "this host now holds \(words(held, close.heldSeconds))"
                : "this host still holds the socket, in \(words(held, close.heldSeconds))"
            return [what, peer].compactMap(\.self).joined(separator: "; ")
        }
        return ["this host's socket is gone", peer].compactMap(\.self)
            .joined(separator: "; ")
    }
}
