import ArgumentParser

/// The command line of the agent: what is given here goes before what the file says.
struct AgentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tcptune-agent",
        abstract: "Watch a host's TCP each second, and tell Prometheus what is about to run out.")

    @Option(
        help: ArgumentHelp(
            "Read the configuration from this file, which must be there.", valueName: "file"))
    var config: String?

    @Flag(help: "Check the configuration, print it and end.") var check = false

    @Flag(help: "Look once, print the metrics and end.") var once = false

    @Option(
        help: ArgumentHelp(
            "Network namespace: all, init, a process's number, a name of /run/netns, a path.",
            valueName: "namespace"))
    var netns: String?

    @Option(
        help: ArgumentHelp(
            "Share of one processor that looking may take (1%, 0.5%).", valueName: "share"))
    var budget: String?

    @Option(
        help: ArgumentHelp(
            "Socket of tcptune-owners, which tells who holds other users' sockets.",
            valueName: "socket"))
    var owners: String?

    @Option(
        help: ArgumentHelp(
            "How many destinations have series of their own at most.", valueName: "count"))
    var top: Int?

    @Option(
        help: ArgumentHelp(
            "Write the metrics to this file at each look, for node_exporter's textfile collector.",
            valueName: "file"))
    var textfile: String?

    @Flag(help: "Export twenty series for the whole host.") var summaryMetrics = false

    @Option(
        name: .customLong("web.listen-address"), parsing: .singleValue,
        help: ArgumentHelp(
            "Address to listen on; may be given several times (127.0.0.1:9765, unix:/run/tcptune-agent/agent.sock).",
            valueName: "address"))
    var listen: [String] = []

    @Option(
        name: .customLong("web.config.file"),
        help: ArgumentHelp(
            "TLS and users, in the form of Prometheus' exporter-toolkit.", valueName: "file"))
    var webConfiguration: String?

    @Flag(
        name: .customLong("web.systemd-socket"),
        help: "Take the sockets to listen on from systemd.")
    var takesSystemdSocket = false

    @Flag(name: [.customLong("version"), .customShort("V")], help: "Show the version.")
    var version = false

    func validate() throws {
        if let budget, AgentFile.share(budget) == nil {
            throw ValidationError("--budget takes from 0.01% to 100% of one processor.")
        }
        if let top, !(0...AgentSettings.mostTop ~= top) {
            throw ValidationError("--top takes from 0 to \(AgentSettings.mostTop).")
        }
        if let textfile, let objection = AgentFile.objection(toTextfile: textfile) {
            throw ValidationError(objection)
        }
        if let owners, let objection = AgentFile.objection(toOwners: owners) {
            throw ValidationError(objection)
        }
        for address in listen where ListenAddress(address) == nil {
            throw ValidationError(AgentFile.refusal(ofAddress: address))
        }
        guard netns?.isEmpty != true else {
            throw ValidationError("--netns takes a name, not an empty word.")
        }
    }

    /// What is given, over what the file says.
    func apply(to settings: inout AgentSettings) {
        if let netns { settings.netns = netns }
        if let share = budget.flatMap(AgentFile.share) { settings.share = share }
        if let owners { settings.owners = owners }
        if let top { settings.top = top }
        if let textfile { settings.textfile = textfile }
        if summaryMetrics { settings.isSummary = true }
        if !listen.isEmpty { settings.listen = listen.compactMap(ListenAddress.init) }
        if let webConfiguration { settings.webConfiguration = webConfiguration }
        if takesSystemdSocket { settings.takesSystemdSocket = true }
    }
}
