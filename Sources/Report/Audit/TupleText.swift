import Audit
import Model

/// How a tuple is named and weighed.
enum TupleText {
    /// `10.0.0.5 → 10.0.0.9:5432`.
    static func name(_ tuple: Tuple) -> String {
        tuple.route
    }

    /// Live, in TIME_WAIT and held, in TIME_WAIT and reusable: shares of the usable ports.
    static func bar(_ tuple: TupleAssessment) -> Bar {
        let usable = Double(max(tuple.usable, 1))
        let waiting = min(tuple.ledger.states[.timeWait], tuple.used)
        let free = min(tuple.reusable, waiting)
        return Bar(
            [tuple.used - waiting, waiting - free, free].map { Double(max($0, 0)) / usable })
    }

    /// By the share of ports that are taken and cannot be reused.
    static func severity(_ tuple: TupleAssessment) -> Severity? {
        switch tuple.blockedRatio {
        case PortsChart.full...: .critical
        case PortsChart.cliff...: .warning
        default: nil
        }
    }
}
