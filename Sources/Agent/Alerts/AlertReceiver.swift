import Alerts
import Kernel
import Model

/// Who is told of alerts, and how: each message, or all that stand.
enum AlertReceiver: Sendable, Hashable {
    case journal
    case command([String])
    case alertmanager(ReceiverURL)
    case webhook(ReceiverURL)

    /// The value of a label: of several Alertmanagers the same.
    var label: String {
        switch self {
        case .journal: "journal"
        case .command: "command"
        case .alertmanager: "alertmanager"
        case .webhook: "webhook"
        }
    }

    /// Whether it is told by requests.
    var isRemote: Bool {
        switch self {
        case .journal, .command: false
        case .alertmanager, .webhook: true
        }
    }

    /// What waits for it.
    var outbox: any Outbox {
        switch self {
        case .journal, .command: MessageQueue(mostTries: 5)
        // Some fifty minutes.
        case .webhook: MessageQueue(mostTries: 60)
        case .alertmanager: StandingAlerts()
        }
    }

    init?(_ words: [String]) {
        guard !words.isEmpty else { return nil }
        self = .command(words)
    }

    static func all(_ settings: AlertSettings) -> [AlertReceiver] {
        var all: [AlertReceiver] = settings.journal ? [.journal] : []
        if let command = AlertReceiver(settings.command) { all.append(command) }
        all += settings.alertmanagers.map { .alertmanager($0) }
        if let webhook = settings.webhook { all.append(.webhook(webhook)) }
        return all
    }
}

/// Why a receiver did not take a message.
struct DeliveryFailure: Error {
    let reason: String
    /// Whether it will not take it another time either.
    var isFinal = false
}
