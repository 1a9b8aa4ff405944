import ArgumentParser
import Model
import Report
import Tuning

/// `tcptune apply`: makes a plan true, and takes it back unless it is confirmed.
struct ApplyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Apply a profile or a saved plan; the change reverts unless you confirm it",
        discussion: """
            On a terminal, apply asks first. It applies all values or none: if the kernel refuses one, apply reverts the others \
            and exits with 4. A guard outside this command reverts the change at its deadline, if counters get much worse, or \
            if the command is killed.

            Examples:
              sudo tcptune apply outbound-reuse --dry-run
              sudo tcptune apply outbound-reuse
              sudo tcptune apply outbound-reuse --confirm 2m --persist
            """)

    @Argument(
        help: "Name or path of a profile, or a saved plan (.json).", completion: Completion.plans)
    var profile: String

    @Option(
        help: ArgumentHelp(
            "Apply now without a question; revert after this time unless confirmed.",
            valueName: "time"))
    var confirm: DurationArgument?

    @Flag(help: "Apply and confirm now, without a question.")
    var yes = false

    @Flag(help: "Also set the values at boot, once the change is confirmed.")
    var persist = false

    @Flag(help: "Show the plan and write nothing; exits with 1 if something would change.")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "Revert the change if tcp:HOST:PORT becomes unreachable.", valueName: "address")
    )
    var probe: String?

    @Flag(help: "Skip the values that cannot be set, and apply the rest.")
    var keepGoing = false

    @Option(
        help: ArgumentHelp(
            "Another network namespace: init, a process number, a name in /run/netns, or a path.",
            valueName: "namespace"), completion: Completion.namespace)
    var netns: String?

    @Flag(help: "Persist even if another file overrides the value at boot.")
    var force = false

    @Flag(help: "Continue if tcptune cannot arm a guard.")
    var noGuard = false

    @Flag(help: "Do not revert the change because of counters.")
    var noHealth = false

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func validate() throws {
        if yes, confirm != nil { throw ValidationError("--yes contradicts --confirm.") }
        if let confirm, !WindowLimits.range.contains(confirm.seconds) {
            throw ValidationError("--confirm takes a time of \(WindowLimits.words).")
        }
        if let probe, TCPProbe(probe) == nil {
            throw ValidationError("--probe takes tcp:HOST:PORT.")
        }
        if persist, netns != nil {
            throw ValidationError(
                "--persist contradicts --netns: boot sets only the values of the initial namespace."
            )
        }
    }

    func run() throws {
        try ApplyRequest(
            profile: profile, mode: mode, options: options, netns: netns,
            showing: showing.request
        ).run()
    }

    private var mode: ApplyRequest.Mode {
        dryRun ? .dryRun : yes ? .atOnce : confirm == nil ? .asking : .unattended
    }

    private var options: ApplyOptions {
        var options = ApplyOptions()
        options.window = confirm?.seconds ?? options.window
        options.confirmsAtOnce = yes
        options.persists = persist
        options.force = force
        options.keepsGoing = keepGoing
        options.needsNoGuard = noGuard
        options.probe = probe.flatMap { TCPProbe($0) }
        options.watchesHealth = !noHealth
        return options
    }
}
