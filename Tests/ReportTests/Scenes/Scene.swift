import Audit
import Model
import Report
import Testing

/// A host with what an audit said of it, the clock and the names fixed.
struct Scene: Sendable {
    let name: String
    let host: Host
    let assessments: [Assessment]

    static let options = AuditReport.Options(tool: Tool(version: "0.0.0"))

    func text(width: Int, colour: Bool = false) -> String {
        AuditReport.text(
            assessments, host: host,
            options: AuditReport.Options(width: width, colour: colour, tool: Self.options.tool))
    }

    var markdown: String {
        AuditReport.markdown(assessments, host: host, options: Self.options)
    }

    var html: String { AuditReport.html(assessments, host: host, options: Self.options) }

    var json: String {
        get throws { try AuditReport.json(assessments, host: host, options: Self.options) }
    }

    static let all = [busy, hostile, idle, several]
}

extension Scene: CustomTestStringConvertible {
    var testDescription: String { name }
}

extension Snapshot {
    /// One of a fixed time, read in 0.21 s.
    init(_ name: String, inode: UInt64, isInit: Bool, states: [TCPState: Int]) {
        self.init(
            namespace: Namespace(inode: inode, name: name, isInit: isInit, processes: 41),
            time: 1_795_346_407.25, uptime: 86_400, source: .diag)
        dumpSeconds = 0.21
        self.states = StateCounts(states)
    }
}

extension IPAddress {
    /// An address that the test itself wrote.
    init(fixed text: String) { self = IPAddress(text) ?? .unspecifiedV6 }
}

extension PortLedger {
    init(
        _ source: String, _ destination: String, _ port: UInt16, states: [TCPState: Int],
        closings: [Int] = [], owner: Owner = .unknown
    ) {
        let states = StateCounts(states)
        self.init(
            tuple: Tuple(
                source: IPAddress(fixed: source), destination: IPAddress(fixed: destination),
                port: port), states: states, evenPorts: min(states.total, 14_116),
            closings: closings, owner: owner)
    }
}
