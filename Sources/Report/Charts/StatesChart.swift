package import Model
import Text

/// Sockets by state, as parts of one bar.
package struct StatesChart: Sendable, Hashable {
    package struct Part: Sendable, Hashable {
        package var state: TCPState
        package var count: Int
    }

    package var parts: [Part]

    static let height = 26

    func draw(into svg: inout SVG) {
        let total = Double(parts.reduce(0) { $0 + $1.count })
        guard total > 0 else { return }
        svg.rectangle(x: 0, width: 1, y: 2, height: 22, kind: "track")
        var x = 0.0
        for part in parts {
            let share = Double(part.count) / total
            svg.group(title: "\(part.state.name): \(part.count.grouped), \(share.percent)") { svg in
                svg.rectangle(x: x, width: share, y: 2, height: 22, kind: Self.kind(part.state))
            }
            x += share
        }
    }

    /// States of one meaning share a colour: live, closed by this side, waiting for this side's program, beginning.
    static func kind(_ state: TCPState) -> String {
        switch state {
        case .established: "live"
        case .timeWait: "held"
        case .finWait1, .finWait2, .closing: "reusable"
        case .closeWait, .lastAck: "stuck"
        case .synSent, .synReceived, .newSynReceived: "begun"
        case .listen, .close, .boundInactive: "quiet"
        }
    }
}
