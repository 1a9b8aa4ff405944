import Catalogue
import FoundationEssentials
import Glibc
import Model
import Testing

/// What TAB completes, typed into real shells that find the completions where `make install` puts them.
@Suite struct `Completion by a shell` {
    private static let shells = ["bash", "zsh", "fish"].filter { name in
        ["/usr/bin/", "/bin/"].contains { access($0 + name, X_OK) == 0 }
            && (name != "bash" || access("/usr/share/bash-completion/bash_completion", R_OK) == 0)
    }

    /// What is typed before TAB, and what is to come of it.
    private static let lines = [
        ("tcptune expl", "tcptune explain"),
        ("tcptune exte", "tcptune extend"),
        ("tcptune lab ver", "tcptune lab verify"),
        ("tcptune audit --liste", "tcptune audit --listeners"),
        ("tcptune audit --fail-on crit", "tcptune audit --fail-on critical"),
        (
            "tcptune prove web-server --workload slow",
            "tcptune prove web-server --workload slow-accept"
        ),
        ("tcptune explain ports-sl", "tcptune explain ports-slow"),
        ("tcptune explain EADDRNOT", "tcptune explain EADDRNOTAVAIL"),
        ("tcptune explain TIME_WAIT tcp_fin_t", "tcptune explain TIME_WAIT tcp_fin_timeout"),
        ("tcptune explain TcpExtListenOv", "tcptune explain TcpExtListenOverflows"),
        ("tcptune knobs net.core.somax", "tcptune knobs net.core.somaxconn"),
        ("tcptune plan outb", "tcptune plan outbound-reuse"),
        ("tcptune apply --netns blu", "tcptune apply --netns blue"),
        ("tcptune audit --netns al", "tcptune audit --netns all"),
        ("tcptune lab run port-ex", "tcptune lab run port-exhaustion"),
        (
            "tcptune lab run port-exhaustion --set net.ipv4.tcp_fin",
            "tcptune lab run port-exhaustion --set net.ipv4.tcp_fin_timeout="
        ),
        ("tcptune schema sna", "tcptune schema snapshot"),
        ("tcptune audit -o pag", "tcptune audit -o page.html"),
        ("tcptune audit --from odd", "tcptune audit --from odd name.json"),
        ("tcptune apply web-3", "tcptune apply web-3.json"),
        ("tcptune apply odd", "tcptune apply odd name.json"),
        ("tcptune profile lint own/ord", "tcptune profile lint own/orders.toml"),
    ]

    @Test(
        .enabled(if: !shells.isEmpty, "needs zsh, fish or bash-completion"),
        .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)), arguments: shells)
    func `finds names, settings and files by a TAB`(in shell: String) throws {
        let directory = try Self.installed()
        defer { Temporary.remove(directory) }
        let work = directory + "/work/"
        for name in [
            "page.html", "web-3.json", "web-3.txt", "odd name.json", "own/orders.toml",
            "own/orders.md",
        ] {
            try Temporary.write("", to: work + name)
        }
        // A command in the name of a file is not to be run; bash would put it on the line unquoted.
        let hostile = ["tick": "tick`touch gone`.json", "cash": "cash$(touch gone).json"]
        for name in hostile.values { try Temporary.write("", to: work + name) }
        let lines =
            Self.lines
            + hostile.map { (begun, name) in
                ("tcptune apply \(begun)", "tcptune apply \(shell == "bash" ? begun : name)")
            }
        let names =
            "mount -t tmpfs none /run && mkdir /run/netns && touch /run/netns/blue && exec \"$@\""
        let outcome = try Program.run(
            ["unshare"] + Scene.namespaces + ["sh", "-c", names, "sh"]
                + ["python3", Scene.path("completion.py"), shell, directory]
                + lines.map(\.0))
        #expect(outcome.status == 0, "\(outcome.errors)")
        let completed = try JSONDecoder().decode([String].self, from: Data(outcome.output.utf8))
        #expect(completed == lines.map(\.1))
        let files = try Temporary.names(in: directory + "/work")
        #expect(files.contains("page.html") && !files.contains("gone"))
    }

    @Test func `is written for each shell, and removed again`() throws {
        let directory = try Self.installed()
        defer { Temporary.remove(directory) }
        let files = [
            "bash": "bash-completion/completions/tcptune", "zsh": "zsh/site-functions/_tcptune",
            "fish": "fish/vendor_completions.d/tcptune.fish",
        ]
        for (shell, file) in files {
            let path = directory + "/share/" + file
            #expect(try Temporary.content(of: path).contains("---completion"), "\(shell)")
            guard Self.shells.contains(shell) else { continue }
            let check = try Program.run([shell, "-n", path])
            #expect(check.status == 0, "\(check.errors)")
        }
        try Self.run("--remove", directory + "/share")
        for file in files.values { #expect(access(directory + "/share/" + file, F_OK) != 0) }
    }

    @Test func `offers for explain what explain knows`() throws {
        let rules = try Self.offers(["explain"], "positional@0")
        #expect(Set(RuleID.words).isSubset(of: rules))
        #expect(rules.isSuperset(of: ["TIME_WAIT", "EADDRNOTAVAIL"]))
        for typed in ["", "Tcp", "net.core", "tcp_"] {
            let words = try Self.offers(["explain"], "positional@0", typed: typed)
            #expect(words.count > 5)
            let outcome = try Program.run(
                [Program.tcptune, "explain", "--listeners", "-o", "/dev/null"] + words)
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
    }

    @Test func `offers the arms of the experiment that is named, and the experiments`() throws {
        #expect(try Self.offers(["lab", "run"], "positional@0") == Set(ExperimentID.names))
        let all = try Self.offers(["lab", "run"], "--arm")
        let some = try Self.offers(["lab", "run"], "--arm", before: ["handshake"])
        #expect(!some.isEmpty && some.isStrictSubset(of: all))
    }

    @Test(.enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
    func `offers the transactions that can be confirmed and reverted`() throws {
        try TunedHost.run { host in
            func offers(_ command: String) throws -> [Substring] {
                try host.tcptune(
                    "---completion", command, "--", "positional@0", "2", "0", "tcptune", command, ""
                ).output.split(separator: "\n")
            }
            for command in ["confirm", "extend", "rollback"] {
                #expect(try offers(command).isEmpty)
            }
            try host.tcptune("apply", "fin-wait-relief", "--confirm", "1m")
            let id = try #require(try host.status().transaction?.id.prefix(8))
            for command in ["confirm", "extend", "rollback"] {
                #expect(try offers(command) == [id])
            }
            try host.tcptune("confirm")
            #expect(try offers("confirm").isEmpty)
            #expect(try offers("rollback") == [id])
            try host.tcptune("rollback", "--all")
        }
    }

    /// All of it, with the reading of every profile.
    @Test func `takes no time that somebody would notice`() throws {
        let times = try (0..<5).map { _ in
            let outcome = try Self.asked(["plan"], "positional@0")
            #expect(outcome.output.contains("outbound-reuse"))
            return outcome.processorSeconds
        }
        #expect(try #require(times.min()) < 0.5)
    }

    // MARK: -

    /// A directory with `bin`, `share`, where the completions are, and `work`, which is empty.
    private static func installed() throws -> String {
        let directory = try Temporary.directory()
        try Temporary.write("", to: directory + "/work/.keep")
        try Temporary.write("", to: directory + "/bin/.keep")
        guard symlink(Program.tcptune, directory + "/bin/tcptune") == 0 else {
            throw Program.Failure("no link in \(directory)")
        }
        try run(Program.tcptune, directory + "/share")
        return directory
    }

    private static func run(_ words: String...) throws {
        let outcome = try Program.run([Project.path + "/scripts/completions"] + words)
        guard outcome.status == 0 else {
            throw Program.Failure("scripts/completions: \(outcome.errors)")
        }
    }

    /// What the program offers for an argument of a command, as a shell asks.
    private static func asked(
        _ command: [String], _ argument: String, typed: String = "", before: [String] = []
    ) throws -> Program.Outcome {
        let words = ["tcptune"] + command + before + [typed]
        return try Program.run(
            [Program.tcptune, "---completion"] + command
                + ["--", argument, "\(words.count - 1)", "\(typed.count)"] + words)
    }

    private static func offers(
        _ command: [String], _ argument: String, typed: String = "", before: [String] = []
    ) throws -> Set<String> {
        let outcome = try asked(command, argument, typed: typed, before: before)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return Set(outcome.output.split(separator: "\n").map(String.init))
    }
}
