import Glibc
import Testing

/// `-o`, as it is typed.
@Suite struct `A result that goes into a file` {
    private static func shell(_ script: String, _ words: String...) throws -> Program.Outcome {
        try Program.run(["sh", "-c", script, Program.tcptune] + words)
    }

    @Test(arguments: ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "-"])
    func `goes to standard output by each of its names`(_ name: String) throws {
        let outcome = try Self.shell("\"$0\" knobs tcp_fin_timeout -o \(name)")
        #expect(outcome.status == 0 && outcome.output.contains("tcp_fin_timeout"))
        let piped = try Self.shell("\"$0\" knobs tcp_fin_timeout -o \(name) | cat")
        #expect(piped.output == outcome.output && piped.errors.isEmpty)
        // Behind what is there, and not in its place.
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        let log = directory + "/log"
        _ = try Self.shell(
            "(echo first; \"$0\" knobs tcp_fin_timeout -o \(name); echo last) > \"$1\"", log)
        let text = try Temporary.content(of: log)
        #expect(text.hasPrefix("first\n") && text.hasSuffix("last\n"), "\(text)")
        #expect(try Temporary.names(in: directory) == ["log"])
    }

    @Test func `refuses a pipe that nobody reads at once`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        for option in ["-o", "--save"] {
            let outcome = try Self.shell(
                "mkfifo \"$1\" 2>/dev/null; exec \"$0\" audit \(option) \"$1\"", directory + "/pipe"
            )
            #expect(outcome.status == 74 && outcome.output.isEmpty)
            #expect(outcome.errors.contains("no program reads from this pipe"), "\(outcome.errors)")
            #expect(outcome.seconds < 20)
        }
        let read = try Self.shell(
            "cat \"$1\" & sleep 0.2; \"$0\" knobs tcp_fin_timeout -o \"$1\"; wait",
            directory + "/pipe")
        #expect(read.status == 0 && read.output.contains("tcp_fin_timeout"))
    }

    @Test(.enabled(if: Scene.isRoot, "a foreign owner needs root"))
    func `keeps the owner and the mode of a file that root writes anew`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        let outcome = try Self.shell(
            "echo old > \"$1\"; chown 1234:4321 \"$1\"; chmod 640 \"$1\"; umask 077; \"$0\" audit -o \"$1\"; \"$0\" audit -o \"$1.new\"; stat -c '%u:%g %a' \"$1\" \"$1.new\"",
            directory + "/page")
        #expect(outcome.output == "1234:4321 640\n0:0 600\n")
        #expect(try Temporary.content(of: directory + "/page") != "old\n")
        #expect(try Temporary.names(in: directory) == ["page", "page.new"])
    }

    @Test(.enabled(if: Scene.isRoot, "another user is needed"))
    func `of an ordinary user goes where that user may write, and through links of its own`() throws
    {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        let prepared = try Self.shell(
            "cp \"$0\" \"$1/program\"; chmod 755 \"$1\" \"$1/program\"; cd \"$1\"; mkdir own; echo old > shared; chmod 666 shared; echo old > own/mine; ln -s mine own/link; chown -hR 65534 own; echo old > own/locked; chmod 444 own/locked; ln -s ../shared own/foreign",
            directory)
        try #require(prepared.status == 0, "\(prepared.errors)")
        func write(_ name: String) throws -> Program.Outcome {
            try Program.run([
                "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups",
                directory + "/program", "audit", "-o", directory + name,
            ])
        }
        // Nobody may be put in the place of root's file, so it is written over.
        #expect(try write("/shared").status < 2)
        #expect(try Temporary.content(of: directory + "/shared").contains("Linux"))
        #expect(try write("/own/link").status < 2)
        #expect(try Temporary.content(of: directory + "/own/mine").contains("Linux"))
        for refused in ["/own/locked", "/own/foreign", "/new"] {
            #expect(try write(refused).status == 74, "\(refused)")
        }
        #expect(try write("/own/new").status < 2)
        let facts = try Self.shell(
            "cd \"$1\"; stat -c '%n %u %a %F' shared own/*", directory)
        #expect(
            facts.output == """
                shared 0 666 regular file
                own/foreign 0 777 symbolic link
                own/link 65534 777 symbolic link
                own/locked 0 444 regular file
                own/mine 65534 644 regular file
                own/new 65534 644 regular file

                """, "\(facts.output)")
    }

    @Test(.enabled(if: Scene.isRoot, "mounting needs root"))
    func `is written over where something is mounted on its name`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        let outcome = try Program.run([
            "unshare", "-m", "sh", "-c",
            "echo a container has one file as a volume > \"$1/volume\"; touch \"$1/inside\"; mount --bind \"$1/volume\" \"$1/inside\" && exec \"$0\" knobs tcp_fin_timeout -o \"$1/inside\"",
            Program.tcptune, directory,
        ])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try Temporary.content(of: directory + "/volume").contains("tcp_fin_timeout"))
        #expect(try Temporary.names(in: directory) == ["inside", "volume"])
    }

    @Test(.enabled(if: RefusedCalls.arePossible, "seccomp filters are not to be had"))
    func `needs no files without a name`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        for (code, name) in [("EOPNOTSUPP", "new"), ("EPERM", "new"), ("EINVAL", "newer")] {
            let outcome = try RefusedCalls.run(
                "tmpfile", code, ["knobs", "tcp_fin_timeout", "-o", "\(directory)/\(name)"])
            #expect(outcome.status == 0, "\(code): \(outcome.errors)")
        }
        #expect(try Temporary.content(of: directory + "/new").contains("tcp_fin_timeout"))
        #expect(try Temporary.names(in: directory) == ["new", "newer"])
    }
}
