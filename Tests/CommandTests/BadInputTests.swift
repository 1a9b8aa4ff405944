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
        ] as [([String], Int32)])
    func `is refused with its status`(_ arguments: [String], _ status: Int32) throws {
        let outcome = try Program.run([Program.tcptune] + arguments)
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        #expect(!outcome.errors.isEmpty)
        #expect(!outcome.errors.contains("Fatal error"))
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
        let program = try Program([Program.tcptune, "audit", "--interval", "20s"])
        usleep(700_000)
        kill(program.pid, signal)
        let outcome = try program.outcome(within: 10)
        #expect(outcome.status == status)
        #expect(outcome.seconds < 5)
    }
}
