import Audit
package import Model
import Text
package import Watching

/// One look of a watch, as a line for people or an object for programs.
package enum WatchReport {
    /// `14:28:47  412 331 sockets  TIME_WAIT 409 112  opens 4 812/s  closes 4 790/s  CRITICAL ports-exhausting …`.
    package static func line(_ watched: WatchedNamespace, time: Double) -> String {
        var parts = [UTC.clock(time)]
        if let counters = watched.samples.last {
            if let inUse = counters.inUse, let waiting = counters.inTimeWait {
                parts.append((inUse + waiting).counted("socket"))
                parts.append("TIME_WAIT \(waiting.grouped)")
            }
            for (counter, word) in [
                (FollowedCounter.activeOpens, "opens"), (.passiveOpens, "accepts"),
            ] {
                if let rate = watched.rate(of: counter) {
                    parts.append("\(word) \(Self.figure(rate))/s")
                }
            }
            if let rate = watched.closedPerSecond {
                parts.append("into TIME_WAIT \(Self.figure(rate))/s")
            }
            if let rate = watched.rate(of: .listenDrops), rate > 0 {
                parts.append("drops \(rate.figure)/s")
            }
        }
        let findings = watched.findings.present.map(\.finding)
        if let worst = findings.first {
            parts.append(
                "\(worst.severity.rawValue.uppercased()) \(worst.rule) \(worst.subject): \(worst.observed)"
            )
            if findings.count > 1 { parts.append("and \(findings.count - 1) more") }
        } else if watched.assessment != nil {
            parts.append("no problems found")
        }
        return TerminalText.escaped(parts.joined(separator: "  ")) + "\n"
    }

    /// None is none, and not a little.
    private static func figure(_ rate: Double) -> String { rate == 0 ? "0" : rate.figure }

    /// The findings that are present and those that cleared lately, as one line of JSON.
    package static func findings(
        _ views: [WatchedView], host: Host, time: Double, tool: Tool
    ) -> String {
        let envelope = Envelope(
            .findings, tool: tool, host: HostJSON(host), data: FindingsJSON(views, time: time))
        return (try? envelope.encoded(pretty: false)) ?? ""
    }

    /// One line of JSON.
    package static func json(
        _ watched: WatchedNamespace, _ look: LookSchedule.Look, host: Host, time: Double, tool: Tool
    ) -> String {
        let data = WatchJSON(watched, look, time: time)
        let envelope = Envelope(.watch, tool: tool, host: HostJSON(host), data: data)
        // Numbers and names that were made finite before: nothing that cannot be encoded.
        return (try? envelope.encoded(pretty: false)) ?? ""
    }
}
