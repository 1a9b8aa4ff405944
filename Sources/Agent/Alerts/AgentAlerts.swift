import Alerts
import Audit
import Kernel
import Metrics
import Watching

/// The alerts of the agent: what it sees at each look becomes what it tells.
final class AgentAlerts {
    private var watch = AlertWatch()
    private let delivery: AlertDelivery
    private var minimum: Severity

    init(_ settings: AlertSettings) throws(KernelError) {
        minimum = settings.minimum
        delivery = try AlertDelivery(settings)
    }

    func change(to settings: AlertSettings) throws(KernelError) {
        try delivery.change(to: settings)
        minimum = settings.minimum
    }

    /// Takes in a look and hands on what there is to tell; waits for nobody.
    func look(_ views: [WatchedView]) {
        delivery.tell(
            watch.look(views, minimum: minimum, at: BootClock.now, clock: WallClock.now))
    }

    func stop() { delivery.stop() }

    /// As series.
    var figures: AlertFigures {
        AlertFigures(
            standing: Dictionary(
                uniqueKeysWithValues: Severity.allCases.filter { $0 > .myth }.map {
                    ($0.rawValue, watch.standing[$0] ?? 0)
                }),
            leftOut: watch.leftOut,
            receivers: delivery.counts.mapValues {
                AlertFigures.Receiver(sent: $0.sent, failed: $0.failed, dropped: $0.dropped)
            })
    }
}
