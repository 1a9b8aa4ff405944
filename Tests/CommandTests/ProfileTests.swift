import FoundationEssentials
import Glibc
import Testing

/// `tcptune profile`, as a user meets it.
@Suite struct `The command profile` {
    private static func profile(_ words: [String]) throws -> Program.Outcome {
        try Program.run([Program.tcptune, "profile"] + words)
    }

    @Test func `lists what comes with the program, and explains each`() throws {
        let list = try Self.profile(["list", "--json"])
        let names = try Self.data(Listing.self, of: list).profiles.map(\.name)
        #expect(names.contains("outbound-reuse") && names.contains("fin-wait-relief"))
        for name in names {
            let outcome = try Self.profile(["show", name])
            #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
            #expect(outcome.output.contains(name))
            #expect(outcome.output.contains("why "))
        }
        let relief = try Self.profile(["show", "fin-wait-relief"]).output
        #expect(relief.contains("does not shorten TIME_WAIT"))
    }

    @Test(arguments: [
        ("list", ["list"]), ("show", ["show", "reverse-proxy"]), ("lint", ["lint", "nat-gateway"]),
        (
            "new",
            [
                "new", "--from-sysctl",
                Project.path + "/Tests/FuzzTests/Fixtures/corpus/recipe/usual.conf",
            ]
        ),
        ("recommend", ["recommend"]),
    ])
    func `shows each result in every form`(name: String, words: [String]) throws {
        for format in ["text", "markdown", "html", "json"] {
            let outcome = try Self.profile(words + ["--format", format])
            #expect(outcome.status == 0, "\(format): \(outcome.errors)")
            #expect(!outcome.output.isEmpty)
        }
    }

    @Test(
        .enabled(if: JSONSchema.hasValidator, Comment(rawValue: JSONSchema.reason)),
        arguments: [
            ("profiles", ["list"]), ("profile", ["show", "reverse-proxy"]),
            ("lint", ["lint", "nat-gateway", "web-server"]),
            (
                "new",
                [
                    "new", "--from-sysctl",
                    Project.path + "/Tests/FuzzTests/Fixtures/corpus/recipe/usual.conf",
                ]
            ),
            ("recommend", ["recommend"]),
        ])
    func `gives JSON as its schema says`(schema: String, words: [String]) throws {
        let json = try Self.profile(words + ["--json"]).output
        #expect(try JSONSchema.objection(to: json, as: schema) == nil)
    }

    @Test func `lints with a line for each problem, and a status for the worst`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        let head = "[profile]\nname = \"x\"\nsummary = \"s\"\n[[setting]]\nwhy = \"w\"\n"
        let path = directory + "/x.toml"
        for (value, status, line) in [
            ("value = 30", 0, "\(path): ok\n"),
            (
                "value = 75", 1,
                "\(path):7:9: warning: 75 makes FIN_WAIT2 shorter than 60 does: above 60 the wait is twice the part above 60, here 30 s\n\(path): 1 warning\n"
            ),
            (
                "vlaue = 75", 65,
                "\(path):4:1: error: missing key 'value' in [[setting]]: the wanted value, or one of exact, at_least, at_most\n"
                    + "\(path):7:1: error: unknown key 'vlaue' in [[setting]]; did you mean value?\n\(path): 2 errors\n"
            ),
        ] as [(String, Int32, String)] {
            try Temporary.write(
                head + "key = \"net.ipv4.tcp_fin_timeout\"\n" + value, to: path)
            let outcome = try Self.profile(["lint", path])
            #expect(outcome.status == status)
            #expect(outcome.output == line)
            #expect(outcome.errors.isEmpty)
        }
    }

    @Test func `prints nothing of a file that could move a cursor`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        let path = directory + "/x\u{1b}[31m.toml"
        try Temporary.write("\"a\\u001b[2J\\u202e\" = 1\n[profile]\nname = \"\u{202e}\"", to: path)
        for form in ["text", "markdown", "html", "json"] {
            let outcome = try Self.profile(["lint", path, "--format", form])
            #expect(outcome.status == 65)
            #expect(
                !(outcome.output + outcome.errors).unicodeScalars.contains {
                    "\u{1b}\u{202e}".unicodeScalars.contains($0)
                })
        }
    }

    @Test(
        arguments: [
            (["lint", "/no/such.toml"], 66), (["lint", "no-such-profile"], 66),
            (["show", "web-sever"], 66),
            (["show", ""], 66), (["show", "../etc/passwd.toml"], 66),
            (["lint", "/dev/zero.toml"], 66),
            (["lint", "/dev/zero"], 78), (["lint", "/"], 78), (["lint", "/proc/self/fd/"], 78),
            (["show"], 64), (["lint"], 64), (["new"], 64), (["lsit"], 64),
            (["lsit", "--json"], 64),
            (["new", "--from-sysctl", ""], 64), (["new", "--from-sysctl", "/no/such"], 66),
            (["new", "--from-sysctl", "/etc/passwd"], 65),
            (["new", "--from-sysctl", "/etc/passwd", "--name", "a b"], 64),
            (["recommend", "--from", "/no/such"], 66),
        ] as [([String], Int32)])
    func `refuses with its status`(words: [String], status: Int32) throws {
        let outcome = try Self.profile(words)
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        #expect(!outcome.errors.isEmpty && !outcome.errors.contains("Fatal error"))
    }

    @Test func `refuses files that are no profile`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        let good = try Temporary.content(of: Project.path + "/profiles/web-server.toml")
        let latin: [UInt8] = Array(good.utf8) + Array("# caf".utf8) + [0xE9, 0x0A]
        for (name, bytes) in [
            ("long", Array(good.utf8) + Array(repeating: 0x23, count: 2 << 20)),
            (
                "binary",
                try Array(Data(contentsOf: URL(filePath: "/proc/self/exe"))).prefix(900_000)[...]
                    .map { $0 }
            ),
            ("latin", latin), ("empty", []),
            ("deep", Array(("a = " + String(repeating: "[", count: 400_000)).utf8)),
            ("dotted", Array((String(repeating: "a.", count: 400_000) + "b = 1").utf8)),
            ("inline", Array(("a = " + String(repeating: "{a=", count: 300_000)).utf8)),
            ("headers", Array(String(repeating: "[[setting]]\n", count: 80_000).utf8)),
            ("commas", Array(("a = [" + String(repeating: "1,", count: 400_000) + "]").utf8)),
        ] as [(String, [UInt8])] {
            let path = "\(directory)/\(name).toml"
            try Temporary.write(bytes, to: path)
            let outcome = try Self.profile(["lint", path])
            #expect(outcome.status == 65, "\(name): \(outcome.errors)")
            #expect(outcome.processorSeconds < 5, "\(name)")
            #expect(!outcome.errors.contains("Fatal error"))
        }
        symlink(Project.path + "/profiles/web-server.toml", directory + "/link.toml")
        mkfifo(directory + "/pipe.toml", 0o644)
        for name in ["link", "pipe"] {
            let outcome = try Self.profile(["lint", "\(directory)/\(name).toml"])
            #expect(outcome.status == 78, "\(name): \(outcome.errors)")
        }
        try Temporary.write(good, to: directory + "/web-server.toml")
        chmod(directory + "/web-server.toml", 0o666)
        let open = try Self.profile(["show", directory + "/web-server.toml"])
        #expect(open.status == (Scene.isRoot ? 78 : 0))
        #expect(!Scene.isRoot || open.errors.contains("chmod go-w"))
    }

    @Test func `makes a profile that it takes itself`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        try Temporary.write(
            "net.ipv4.tcp_tw_recycle = 1\nnet.ipv4.tcp_fin_timeout = 15\n",
            to: directory + "/90-web.conf")
        let made = try Self.profile([
            "new", "--from-sysctl", directory + "/90-web.conf", "-o", directory + "/90-web.toml",
        ])
        #expect(made.status == 0 && made.output.isEmpty)
        #expect(made.errors.contains("1 line left out"))
        let text = try Temporary.content(of: directory + "/90-web.toml")
        #expect(text.contains("# line 1: net.ipv4.tcp_tw_recycle = 1"))
        #expect(text.contains("Myth: It shortens TIME_WAIT"))
        #expect(try Self.profile(["lint", directory + "/90-web.toml"]).status == 0)
    }

    @Test(.enabled(if: Scene.isPossible, "\(Scene.reason)"))
    func `recommends what answers a finding, and says what nothing cures`() throws {
        try Scene.run("close_wait", []) { scene in
            let outcome = try scene.run([Program.tcptune, "profile", "recommend", "--json"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let data = try Self.data(Advice.self, of: outcome)
            #expect(data.uncured.contains { $0.rule == "close-wait-leak" })
            #expect(data.recommended == nil)
        }
        try Scene.run("ports", ["--fill", "0.98"]) { scene in
            let outcome = try scene.run([Program.tcptune, "profile", "recommend", "--json"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let data = try Self.data(Advice.self, of: outcome)
            #expect(data.recommended == "outbound-reuse")
            let choice = try #require(data.profiles.first)
            #expect(choice.findings.contains { $0.rule == "ports-exhausting" })
            #expect(choice.changes ?? 0 > 0 && choice.obstacle == nil)
            let page = try scene.run([Program.tcptune, "profile", "recommend"])
            #expect(page.output.contains("Before any setting"))
            #expect(page.output.contains("tcptune plan outbound-reuse"))
        }
    }

    @Test(.enabled(if: Scene.isPossible, "\(Scene.reason)"))
    func `does not recommend what cannot be applied`() throws {
        try Scene.run("ports", ["--fill", "0.98", "--timestamps", "0"]) { scene in
            let outcome = try scene.run([Program.tcptune, "profile", "recommend", "--json"])
            let data = try Self.data(Advice.self, of: outcome)
            #expect(data.recommended != "outbound-reuse")
            let reuse = data.profiles.first { $0.name == "outbound-reuse" }
            #expect(reuse?.obstacle?.contains("tcp_timestamps") == true)
        }
    }

    private struct Result<Data: Decodable>: Decodable {
        let data: Data
    }

    private struct Listing: Decodable {
        let profiles: [Named]

        struct Named: Decodable {
            let name: String
            let summary: String
            let suits: [String]
            let path: String
        }
    }

    private struct Advice: Decodable {
        let recommended: String?
        let profiles: [Choice]
        let uncured: [Finding]

        struct Choice: Decodable {
            let name: String
            let findings: [Finding]
            let changes: Int?
            let obstacle: String?
        }

        struct Finding: Decodable {
            let rule: String
        }
    }

    private static func data<Kind: Decodable>(
        _ kind: Kind.Type, of outcome: Program.Outcome
    ) throws -> Kind {
        try JSONDecoder().decode(Result<Kind>.self, from: Data(outcome.output.utf8)).data
    }
}
