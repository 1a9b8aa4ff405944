import Audit
import Kernel
import Lab
import Model

/// How full the ports of a trace's tuples are, and how soon one is to be had again, as an audit counts them.
enum TracePorts {
    private static let keys = [
        "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports",
        "net.ipv4.tcp_tw_reuse", "net.ipv4.tcp_tw_reuse_delay", "net.ipv4.tcp_timestamps",
    ]

    static func fill(_ trace: inout Trace, host: Host) {
        for index in trace.requests.indices {
            guard let connection = trace.requests[index].connect?.connection else { continue }
            do throws(KernelError) {
                let snapshot = try TupleReading.snapshot(
                    port: connection.destinationPort, keys: keys)
                var ports = ports(
                    of: connection, in: Situation(host: host, view: .init(now: snapshot)))
                // It is over by now, and held a port while it was there.
                if trace.requests[index].close?.held == nil { ports.used += 1 }
                trace.requests[index].connect?.connection?.ports = ports
            } catch {
                trace.notes.append("tcptune did not count the ports to this destination: \(error).")
            }
        }
    }

    private static func ports(
        of connection: Trace.Connection, in situation: Situation
    ) -> Trace.PortUse {
        let tuple = situation.tuples.first { $0.tuple == connection.tuple }
        // What the settings allow counts for nothing where the connection does not use timestamps.
        let isReused =
            situation.reuse.applies(to: connection.tuple) && connection.timestamps != false
        let hold = isReused ? situation.reuse.delay : 60
        let usable = situation.budget.usable
        var settings: [String: String] = [:]
        for key in keys { settings[key] = situation.setting(key)?.value }
        return Trace.PortUse(
            used: tuple?.used ?? 0, usable: usable, holdSeconds: hold, isReused: isReused,
            limitPerSecond: hold > 0 ? Double(usable) / hold : Double(usable) * 1000,
            settings: settings)
    }
}
