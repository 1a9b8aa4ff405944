import FoundationEssentials
import Glibc
import Testing

/// `tcptune compare` and `tcptune report` as they are typed.
@Suite struct `Saved documents` {
    private static func fixture(_ name: String) -> String {
        "\(Project.path)/Tests/ReportTests/Fixtures/\(name).json"
    }

    private static let narrow = fixture("load-narrow")
    private static let wide = fixture("load-wide")
    private static let lab = fixture("lab-calm")
    private static let onceWide = fixture("load-once-wide")
    private static let onceNarrow = fixture("load-once-narrow")

    private func tcptune(_ words: [String]) throws -> Program.Outcome {
        try Program.run([Program.tcptune] + words)
    }

    private struct Output: Decodable {
        let format: String
        let data: Facts

        struct Facts: Decodable {
            let kind: String
            let metrics: [Metric]
        }

        struct Metric: Decodable {
            let name: String
            let before: Double
            let after: Double
            let verdict: String
        }
    }

    @Test func `are compared, and conditions decide the status`() throws {
        let statuses: [([String], Int32)] = [
            ([], 0), (["--fail-if", "worse>5%"], 1), (["--fail-if", "completed:worse>30%"], 0),
            (["--fail-if", "completed:worse>30%", "--fail-if", "worse"], 1),
        ]
        for (words, status) in statuses {
            let outcome = try tcptune(["compare", Self.wide, Self.narrow, "--json"] + words)
            #expect(outcome.status == status, "\(words): \(outcome.errors)")
            #expect(outcome.errors.isEmpty)
            let output = try JSONDecoder().decode(Output.self, from: Data(outcome.output.utf8))
            #expect(output.format == "tcptune.compare/1" && output.data.kind == "load")
            let failed = output.data.metrics.first { $0.name == "errors_EADDRNOTAVAIL" }
            #expect(failed?.before == 0 && failed?.after == 200 && failed?.verdict == "worse")
        }
    }

    @Test func `of which nothing can be told from chance decide no condition`() throws {
        let outcome = try tcptune(
            ["compare", Self.onceWide, Self.onceNarrow, "--fail-if", "worse>5%"])
        #expect(outcome.status == 3 && outcome.output.contains("undecided"))
        #expect(try tcptune(["compare", Self.onceWide, Self.onceNarrow]).status == 0)
    }

    @Test func `of this host are compared as they were saved`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        for name in ["before", "after"] {
            let saved = try tcptune(["audit", "--save", "\(directory)/\(name)", "-o", "/dev/null"])
            #expect(saved.status <= 1 || saved.status == 74, "\(saved.errors)")
        }
        let outcome = try tcptune(
            [
                "compare", "\(directory)/before", "\(directory)/after", "-o",
                "\(directory)/page.html",
            ])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let page = try Temporary.content(of: directory + "/page.html")
        #expect(page.hasPrefix("<!doctype html>") && page.contains("Before and after"))
    }

    @Test func `that cannot be compared or shown are refused`() throws {
        let newer = try Temporary.file(
            Temporary.content(of: Self.wide).split(
                separator: "tcptune.load/1", omittingEmptySubsequences: false
            ).joined(separator: "tcptune.load/7"))
        let torn = try Temporary.file(
            String(try Temporary.content(of: Self.wide).prefix(2000)))
        defer {
            unlink(newer)
            unlink(torn)
        }
        let refused: [([String], Int32, String)] = [
            (["compare", Self.wide, Self.lab], 65, "is a load"),
            (["compare", Self.wide, newer], 65, "newer tcptune"),
            (["compare", torn, Self.wide], 65, "truncated"),
            (["compare", Self.wide, "/no/such/file"], 66, "No such file"),
            (["compare", Self.wide, "/"], 66, "directory"),
            (["compare", Self.wide], 64, "after"),
            (["compare", Self.wide, ""], 64, "name"),
            (["compare", Self.wide, Self.wide, "--fail-if", "better"], 64, "better"),
            (["compare", Self.wide, Self.wide, "--fail-if", "worse>5"], 64, "worse>5"),
            (
                ["compare", Self.wide, Self.wide, "--fail-if", "conect_p99_seconds:worse"], 64,
                "did you mean"
            ),
            (["report", newer], 65, "newer tcptune"), (["report", torn], 65, "truncated"),
            (["report", "/no/such/file"], 66, "No such file"), (["report"], 64, "files"),
            (["report", Self.wide, "--html", "--markdown"], 64, "contradict"),
            (["report", Self.wide, "--html", "--json"], 64, "contradict"),
            (["report", "\(Project.path)/Package.swift"], 65, "not JSON"),
            (["report", Self.wide, "-o", "/no/such/directory/page.html"], 74, "directory"),
        ]
        for (words, status, reason) in refused {
            let outcome = try tcptune(words)
            #expect(outcome.status == status, "\(words): \(outcome.errors)")
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.contains(reason), "\(words): \(outcome.errors)")
        }
    }

    @Test func `of which one is void compare to nothing, whatever the condition`() throws {
        let void = try Temporary.file(
            Temporary.content(of: Self.wide).split(
                separator: "\"void\": null", omittingEmptySubsequences: false
            ).joined(separator: "\"void\": \"the generator was too slow\""))
        defer { unlink(void) }
        let outcome = try tcptune(["compare", Self.narrow, void, "--fail-if", "worse"])
        #expect(outcome.status == 3, "\(outcome.errors)")
        #expect(outcome.output.contains("the generator was too slow"))
    }

    @Test(arguments: [
        ("--html", "<!doctype html>"), ("--markdown", "# tcptune"), ("--json", "{"),
        ("--format=text", "Contents"),
    ])
    func `become one page`(form: String, start: String) throws {
        let outcome = try tcptune(["report", Self.narrow, Self.lab, form])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.hasPrefix(start))
        #expect(outcome.output.contains("lab-calm.json"))
        #expect(outcome.errors.isEmpty)
    }

    @Test(arguments: ["compare", "report"])
    func `leave what was there where the disk is full`(command: String) throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        try Temporary.write("old", to: directory + "/page.html")
        let outcome = try Program.run([
            "sh", "-c",
            "trap '' XFSZ; ulimit -f 0; exec \"$0\" \(command) '\(Self.wide)' '\(Self.wide)' -o '\(directory)/page.html' >/dev/null 2>&1",
            Program.tcptune,
        ])
        #expect(outcome.status == 74)
        #expect(try Temporary.content(of: directory + "/page.html") == "old")
        #expect(try Temporary.names(in: directory) == ["page.html"])
    }
}
