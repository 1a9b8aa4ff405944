import Glibc
import Testing

/// What users and hosts do wrong: a clear error, the exit status of the table, and no output that looks like a result.
@Suite struct `Bad input` {
    @Test(
        arguments: [
            (["audit", "--no-such-option"], 64),
            (["audti"], 64),
            (["audit", "--interval", "0"], 64),
            (["audit", "--interval", "soon"], 64),
            (["audit", "--format", "xml"], 64),
            (["audit", "--top", "-1"], 64),
            (["audit", "--netns", "no-such-namespace"], 66),
            (["audit", "--from", "/no/such/file"], 66),
            (["audit", "--from", "/"], 66),
            (["audit", "--from", "/dev/zero"], 66),
            (["audit", "--from", "/dev/null"], 66),
            (["audit", "--from", ""], 64),
            (["audit", "--root", ""], 64),
            (["audit", "--root", "/no/such/tree"], 66),
            (["audit", "--netns", ""], 64),
            (["audit", "--netns", String(repeating: "n", count: 5000)], 66),
            (["audit", "--save", ""], 64),
            (["audit", "-o", ""], 64),
            (["audit", "--save", "/tmp/tcptune-same", "-o", "/tmp/tcptune-same"], 64),
            (["knobs", "--save", "/tmp/tcptune-same", "-o", "/tmp/tcptune-same"], 64),
            (["audit", "--top", "999999999999999999999"], 64),
            (["audit", "--interval", "1e400"], 64),
            (["audit", "--interval", "."], 64),
            (["audit", "--threads", "0"], 64),
            (["audit", "more", "words"], 64),
            (["doctor", "--from", "/"], 64),
            (["explain"], 64),
            (["explain", ""], 64),
            (["explain", "a\nb\u{1b}[31m\u{202e}"], 64),
            (["explain", String(repeating: "TCP: no word ", count: 9000)], 64),
            (["knobs", String(repeating: "a", count: 100_000)], 1),
            (["knobs", "a\nb\u{1b}[31m"], 1),
            ([""], 64),
        ] as [([String], Int32)])
    func `is refused with its status`(_ arguments: [String], _ status: Int32) throws {
        let outcome = try Program.run([Program.tcptune] + arguments)
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        #expect(!outcome.errors.isEmpty)
        #expect(!outcome.errors.contains("Fatal error"))
        #expect(
            !outcome.errors.unicodeScalars.contains { "\u{1b}\u{202e}".unicodeScalars.contains($0) }
        )
        // What is no usage text is one line.
        if !outcome.errors.contains("\nUsage: ") {
            #expect(outcome.errors.utf8.count { $0 == 0x0A } == 1)
        }
    }

    @Test(
        arguments: [
            (["audit", "--interval", "2"], "a time has a unit, as in 500ms, 5s"),
            (["trace", "http://x/", "--timeout", "5"], "a time has a unit"),
            (["trace", "http://x/", "-H", "bad"], "a field has a name and a colon"),
            (["trace", "http://x/", "--resolve", "a:b"], "it takes a name, a port and addresses"),
            (["load", "--rate", "x"], "a rate is a number per second"),
            (["load", "--to", "foo"], "it takes an address and a port"),
            (
                ["load", "--to", "127.0.0.1:9", "--tls-name", "a.test"],
                "--tls-name needs TLS: add --tls"
            ),
            (["compare", "a", "b", "--fail-if", "x"], "a condition is worse"),
            (["lab", "run", "fin-timeout", "--set", "foo=1"], " more"),
        ] as [([String], String)])
    func `that an option does not take is answered with what it takes`(
        _ arguments: [String], _ words: String
    ) throws {
        let outcome = try Program.run([Program.tcptune] + arguments)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        #expect(outcome.errors.utf8.count < 1200)
    }

    @Test(
        arguments: [
            ("audit >&-", 74), ("knobs >&-", 74), ("explain TIME_WAIT >&-", 74),
            ("doctor --json >&-", 74), ("audit --help >&-", 74), ("audit 1</dev/null", 74),
            ("audit --no-such-option 2>&-", 64), ("audti <&- >&- 2>&-", 64),
            ("audit --from /no/such/file 2>&-", 66),
        ] as [(String, Int32)])
    func `standard descriptors that are closed end in a status`(
        _ command: String, _ status: Int32
    ) throws {
        let outcome = try Self.shell("exec \"$0\" \(command)")
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }

    @Test func `a file is written though standard output is closed`() throws {
        let file = try Temporary.file("old")
        defer { unlink(file) }
        let outcome = try Self.shell("exec \"$0\" knobs -o '\(file)' >&- 2>&-")
        #expect(outcome.status == 0)
        #expect(try Temporary.content(of: file).contains("tcp_fin_timeout"))
    }

    @Test(arguments: ["audit", "knobs", "doctor", "explain TIME_WAIT", "audit --save"])
    func `a write that fails leaves what was there, and nothing beside it`(
        _ command: String
    ) throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        try Temporary.write("old", to: directory + "/file")
        let option = command.hasSuffix("--save") ? "" : "-o"
        // A limit on the size of files fails as a full disk does.
        let outcome = try Self.shell(
            "trap '' XFSZ; ulimit -f 0; exec \"$0\" \(command) \(option) '\(directory)/file' >/dev/null 2>&1"
        )
        #expect(outcome.status == 74)
        #expect(try Temporary.content(of: directory + "/file") == "old")
        #expect(try Temporary.names(in: directory) == ["file"])
    }

    @Test func `a result goes into no directory and through no link`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        try Temporary.write("old", to: directory + "/file")
        symlink("file", directory + "/link")
        for place in ["", "/link", "/file/below"] {
            for option in ["-o", "--save"] {
                let outcome = try Program.run(
                    [Program.tcptune, "audit", option, directory + place])
                #expect(outcome.status == 74, "\(place): \(outcome.errors)")
                #expect(outcome.output.isEmpty)
            }
        }
        #expect(try Temporary.content(of: directory + "/file") == "old")
        #expect(try Temporary.names(in: directory) == ["file", "link"])
    }

    @Test func `a snapshot is saved by each command that takes one`() throws {
        for command in [["audit"], ["knobs"], ["explain", "TIME_WAIT"]] {
            let file = try Temporary.file("")
            defer { unlink(file) }
            let saved = try Program.run([Program.tcptune] + command + ["--save", file])
            #expect(saved.status <= 1, "\(saved.errors)")
            let outcome = try Program.run([Program.tcptune] + command + ["--from", file])
            #expect(outcome.status == saved.status, "\(command): \(outcome.errors)")
        }
    }

    @Test(.enabled(if: Scene.isRoot, "entering namespaces of others needs root"))
    func `a namespace that goes during the interval is a note`() throws {
        let script = """
            unshare -n sleep 1.5 & sleep 0.5
            "$0" audit --netns all --interval 3s --json; status=$?; wait; exit $status
            """
        let outcome = try Self.shell(script)
        #expect(outcome.status <= 1, "\(outcome.errors)")
        #expect(outcome.output.contains("gone before tcptune read them"))
    }

    @Test func `a pipe that nobody writes to is waited for until a signal`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        mkfifo(directory + "/fifo", 0o600)
        let program = try Program([Program.tcptune, "audit", "--from", directory + "/fifo"])
        usleep(500_000)
        kill(program.pid, SIGINT)
        #expect(try program.outcome().status == 130)
    }

    @Test(arguments: [
        ("undo", "tcptune rollback"), ("Revert", "tcptune rollback"), ("top", "tcptune watch"),
        ("html", "tcptune audit -o page.html"), ("audti", "did you mean audit"),
    ])
    func `a word for what a command does names the command`(word: String, says: String) throws {
        let outcome = try Self.shell("exec \"$0\" \(word)")
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains(says), "\(outcome.errors)")
    }

    @Test func `settings is another name of knobs`() throws {
        let outcome = try Self.shell("\"$0\" settings tcp_fin_timeout")
        #expect(outcome.status == 0 && outcome.output.contains("net.ipv4.tcp_fin_timeout"))
    }

    @Test(
        arguments: ["audit", "knobs", "explain tcp_mem"],
        [
            "COLUMNS=1", "COLUMNS=40", "COLUMNS=100000", "COLUMNS=-7", "COLUMNS=abc", "LANG=C",
            "TERM=dumb",
        ])
    func `an environment of any kind leaves a page`(_ command: String, _ setting: String) throws {
        let outcome = try Self.shell("exec env \(setting) \"$0\" \(command)")
        #expect(outcome.status <= 1, "\(outcome.errors)")
        #expect(!outcome.output.isEmpty)
        // Nothing is wrapped unless a width is given, and nothing to be copied in any case.
        guard setting == "COLUMNS=1" || setting == "COLUMNS=40" else { return }
        let longest = outcome.output.split(separator: "\n").map(\.count).max() ?? 0
        #expect(longest <= 240)
    }

    private static func shell(_ text: String) throws -> Program.Outcome {
        try Program.run(["sh", "-c", text, Program.tcptune])
    }

    @Test func `names the option or command that was meant`() throws {
        let outcome = try Program.run([Program.tcptune, "audti"])
        #expect(outcome.errors.contains("audit"))
    }

    @Test func `of a newer format, cut off, empty or foreign is bad data`() throws {
        let snapshot = try Temporary.file("")
        defer { unlink(snapshot) }
        let saved = try Program.run([Program.tcptune, "audit", "--save", snapshot])
        #expect(saved.status <= 1, "\(saved.errors)")
        let text = try Temporary.content(of: snapshot)
        #expect(text.contains("tcptune.snapshot/1"))
        let newer = text.split(separator: "tcptune.snapshot/1", omittingEmptySubsequences: false)
            .joined(separator: "tcptune.snapshot/999")
        for bad in [
            newer, String(text.prefix(text.count / 2)), "", "{}", "\u{0}\u{1}",
            String(repeating: "[", count: 100_000),
        ] {
            let file = try Temporary.file(bad)
            defer { unlink(file) }
            let outcome = try Program.run([Program.tcptune, "audit", "--from", file])
            #expect(outcome.status == 65, "\(bad.prefix(40)): \(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
        let again = try Program.run([Program.tcptune, "audit", "--from", snapshot])
        #expect(again.status == saved.status)
    }

    @Test(arguments: ["text", "json", "markdown", "html"])
    func `a full disk is an output error`(_ format: String) throws {
        let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
        defer { close(full) }
        let outcome = try Program.run(
            [Program.tcptune, "audit", "--format", format], output: full)
        #expect(outcome.status == 74, "\(outcome.errors)")
        #expect(outcome.errors.contains("No space left"))
    }

    @Test func `a file that cannot be written is an output error`() throws {
        let outcome = try Program.run([Program.tcptune, "audit", "-o", "/no/such/directory/file"])
        #expect(outcome.status == 74, "\(outcome.errors)")
    }

    @Test func `a reader that has gone is no error`() throws {
        let pipe = try Pipe()
        close(pipe.reading)
        let outcome = try Program.run([Program.tcptune, "audit"], output: pipe.writing)
        close(pipe.writing)
        #expect(outcome.status <= 1 || outcome.status == 128 + SIGPIPE)
        #expect(outcome.errors.isEmpty, "\(outcome.errors)")
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func `a signal ends an interval at once`(_ signal: Int32, _ status: Int32) throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        let program = try Program(
            [Program.tcptune, "audit", "--interval", "10m", "-o", directory + "/page"])
        usleep(700_000)
        kill(program.pid, signal)
        let outcome = try program.outcome()
        #expect(outcome.status == status)
        #expect(outcome.seconds < 60)
        #expect(try Temporary.names(in: directory).isEmpty, "nothing is left behind")
    }
}
