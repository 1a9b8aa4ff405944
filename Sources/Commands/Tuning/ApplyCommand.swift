import ArgumentParser
import Kernel
import Model
import Report
import Tuning

/// `tcptune apply`: makes a plan true, and takes it back unless it is confirmed.
struct ApplyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Apply a profile or a saved plan; what is not confirmed is taken back",
        discussion: """
            On a terminal it asks. All is applied or nothing is: where the kernel refuses a value the others are put back \
            and the exit status is 4. A guard outside this command takes the change back at its deadline, when counters get \
            much worse, or when the command is killed.
            """)

    @Argument(help: "A profile's name or file, or a plan that was saved as JSON.")
    var profile: String

    @Option(
        help: ArgumentHelp(
            "Apply at once; taken back after that time unless confirmed.", valueName: "time"))
    var confirm: DurationArgument?

    @Flag(help: "Apply and confirm at once, without a question.")
    var yes = false

    @Flag(help: "Also set it at boot, once it is confirmed.")
    var persist = false

    @Flag(help: "Show the plan and write nothing; exits with 1 where there is something to do.")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "tcp:HOST:PORT must stay reachable, or the change is taken back.", valueName: "address")
    )
    var probe: String?

    @Flag(help: "Leave out what is refused and apply the rest.")
    var keepGoing = false

    @Option(
        help: ArgumentHelp(
            "Another network namespace: init, a pid, a name or a path.", valueName: "namespace"))
    var netns: String?

    @Flag(help: "Persist also where another file wins at boot.")
    var force = false

    @Flag(help: "Go on where no guard can be armed.")
    var noGuard = false

    @Flag(help: "Do not take it back because of counters.")
    var noHealth = false

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func validate() throws {
        if yes, confirm != nil { throw ValidationError("--yes and --confirm contradict.") }
        if let confirm, !WindowLimits.range.contains(confirm.seconds) {
            throw ValidationError("--confirm takes a time of \(WindowLimits.words).")
        }
        if let probe, TCPProbe(probe) == nil {
            throw ValidationError("--probe takes tcp:HOST:PORT.")
        }
        if persist, netns != nil {
            throw ValidationError(
                "--persist and --netns contradict: boot sets the values of the first namespace only."
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
