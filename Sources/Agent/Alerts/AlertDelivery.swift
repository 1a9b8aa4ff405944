import Alerts
import Kernel
import Metrics
import Model
import Report
import Text

/// Tells all receivers, each on a thread of its own.
final class AlertDelivery {
    private var couriers: [AlertCourier] = []
    /// What became of messages to receivers that are no longer told.
    private var retired: [String: DeliveryCounts] = [:]
    private var settings: AlertSettings
    /// Told to end, and not known to have.
    private var ending: [AlertCourier] = []
    /// What receivers that come later are told first.
    private var standing: [AlertKey: AlertMessage] = [:]

    init(_ settings: AlertSettings) throws(KernelError) {
        self.settings = settings
        couriers = try Self.couriers(settings, AlertReceiver.all(settings))
    }

    /// Goes on with other receivers; one that stays keeps what waits for it.
    func change(to new: AlertSettings) throws(KernelError) {
        guard new != settings else { return }
        let wanted = AlertReceiver.all(new)
        let known = couriers.filter {
            wanted.contains($0.receiver) && new.authorities == settings.authorities
        }
        let others = try Self.couriers(
            new, wanted.filter { one in !known.contains { $0.receiver == one } })
        for one in couriers where !known.contains(where: { $0 === one }) {
            one.stop()
            ending.append(one)
            retired[one.receiver.label, default: DeliveryCounts()] =
                (retired[one.receiver.label] ?? DeliveryCounts()) + one.counts
        }
        for one in others {
            guard case .alertmanager = one.receiver else { continue }
            one.accept(Array(standing.values))
        }
        couriers = known + others
        settings = new
    }

    func tell(_ messages: [AlertMessage]) {
        ending.removeAll { $0.isOver && $0.join() }
        for message in messages { standing[message.key] = message.isFiring ? message : nil }
        for courier in couriers { courier.accept(messages) }
    }

    /// What became of the messages, by kind of receiver.
    var counts: [String: DeliveryCounts] {
        couriers.reduce(into: retired) {
            $0[$1.receiver.label] = ($0[$1.receiver.label] ?? DeliveryCounts()) + $1.counts
        }
    }

    /// Gives what is under way a moment to arrive.
    func stop() {
        for courier in couriers { courier.stop() }
        let end = BootClock.now + Self.patience
        while !couriers.allSatisfy(\.isOver), BootClock.now < end {
            _ = try? Waitable.wait(for: [], atMost: 0.01)
        }
    }

    private static let patience = 0.3

    private static func couriers(
        _ settings: AlertSettings, _ receivers: [AlertReceiver]
    ) throws(KernelError) -> [AlertCourier] {
        let requests =
            receivers.contains(where: \.isRemote)
            ? RequestSender(authorities: settings.authorities) : nil
        var couriers: [AlertCourier] = []
        for receiver in receivers {
            couriers.append(
                try AlertCourier(
                    to: receiver,
                    complain: { AgentProgram.say("an alert could not be delivered: \($0)") },
                    deliver: { (messages) throws(DeliveryFailure) in
                        try deliver(messages, to: receiver, by: requests)
                    }))
        }
        return couriers
    }

    private static func deliver(
        _ messages: [AlertMessage], to receiver: AlertReceiver, by requests: RequestSender?
    ) throws(DeliveryFailure) {
        let now = WallClock.now
        switch receiver {
        case .journal: for message in messages { try JournalReceiver.tell(message) }
        case .command(let words):
            for message in messages { try CommandReceiver.tell(message, words) }
        case .alertmanager(let url):
            try requests?.post(
                AlertBody.alertmanager(messages, instance: hostName, at: now),
                to: url.appending("/api/v2/alerts"))
        case .webhook(let url):
            for message in messages {
                try requests?.post(
                    AlertBody.webhook(message, instance: hostName, at: now), to: url)
            }
        }
    }

    /// As the host's documents name it.
    static var hostName: String { HostFacts.read(root: .host).0.name }
}
