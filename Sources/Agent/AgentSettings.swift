import Kernel
import Metrics
import Model
import Watching

/// How the agent is to work: what the file says, and the command line over it.
package struct AgentSettings: Sendable, Hashable {
    /// `all`, `init`, a process's number, a name or a path; nil for the namespace of the agent.
    package var netns: String?
    /// Of one processor, that looking may take.
    package var share = ProcessorBudget.usualShare
    /// How many destinations have series of their own.
    package var top = HostMetrics.usualTop
    /// Whether `/metrics` is the page of twenty series.
    package var isSummary = false
    /// A file for node_exporter's textfile collector, replaced at each look.
    package var textfile: String?
    /// The socket of `tcptune-owners`, which tells who holds the sockets of other users.
    package var owners = OwnersClient.usualPath
    package var history = HistorySettings()
    package var listen = usualListen
    /// The configuration of TLS and of users, in the form of Prometheus' exporter-toolkit.
    package var webConfiguration: String?
    /// Whether the sockets come from systemd.
    package var takesSystemdSocket = false
    /// Whom it tells of what it finds.
    package var alerts = AlertSettings()

    /// Below the ephemeral range, so that no connection takes the port away.
    package static let usualListen = [ListenAddress.host("127.0.0.1", 9765)]
    package static let usualFile = "/etc/tcptune/agent.toml"
    /// Seconds between two looks at every socket while no port can have run out and nothing is dropped.
    package static let rest = 10.0
    /// More destinations than these never fit into the series of a host.
    package static let mostTop = 70

    package init() {}

    /// Why it is not safe to serve like this; nil where it is.
    package var danger: String? {
        guard webConfiguration == nil, !takesSystemdSocket,
            let open = listen.first(where: { !$0.isLocal })
        else { return nil }
        return
            "\(open) can be reached from other hosts: give --web.config.file with TLS and users, or listen on 127.0.0.1"
    }
}
