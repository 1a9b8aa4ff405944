import Testing

/// Chromium, told what to measure of a page by `Tests/ReportTests/Browser`.
private enum Browser {
    static let isThere =
        (try? Program.run(["sh", "-c", "command -v chromium python3 >/dev/null"]).status) == 0

    /// What it complains of, a line each.
    static func complaints(of pages: [String]) throws -> String {
        let look = Project.path + "/Tests/ReportTests/Browser/look"
        let outcome = try Program.run(["python3", look] + pages, within: 900)
        guard outcome.status <= 1, outcome.errors.contains("\(pages.count) pages, ") else {
            throw Program.Failure("look: status \(outcome.status): \(outcome.errors)")
        }
        return outcome.output
    }

    static func write(_ body: String, in folder: String) throws -> String {
        let path = folder + "/page.html"
        try Temporary.write(
            "<!doctype html><title>x</title><body style='background:#fff;color:#000'><main>\(body)</main>",
            to: path)
        return path
    }
}

/// Every kind of page, on a wide screen and on a telephone, light and dark, and on paper.
@Suite(.serialized, .enabled(if: Browser.isThere, "chromium or python3 is not installed"))
struct `A page that is looked at` {
    private static let samples = Project.path + "/docs/samples"
    private static let fixtures = Project.path + "/Tests/ReportTests/Fixtures"

    /// What makes a page that needs no right, by its file's name.
    private static let commands: [String: [String]] = [
        "audit": ["audit", "--from", samples + "/web-3.snapshot"],
        "audit-healthy": ["audit", "--from", samples + "/web-4.snapshot"],
        "compare-audits": ["compare", samples + "/web-3.snapshot", samples + "/web-4.snapshot"],
        "compare-loads": ["compare", fixtures + "/load-narrow.json", fixtures + "/load-wide.json"],
        "compare-labs": ["compare", fixtures + "/lab-busy.json", fixtures + "/lab-calm.json"],
        "report-two": ["report", samples + "/web-3.snapshot", samples + "/web-4.snapshot"],
        "report-three": [
            "report", fixtures + "/load-narrow.json", fixtures + "/proof.json",
            fixtures + "/trace.json",
        ],
        "doctor": ["doctor"], "settings": ["knobs"], "origins": ["knobs", "--origin"],
        "explain-rule": ["explain", "ports-slow", "--from", samples + "/web-3.snapshot"],
        "explain-names": ["explain", "tcp_fin_timeout", "TIME_WAIT", "EADDRNOTAVAIL"],
        "explain-list": ["explain", "--list"], "experiments": ["lab", "list"],
        "profiles": ["profile", "list"], "profile": ["profile", "show", "web-server"],
        "recommend": ["profile", "recommend", "--from", samples + "/web-3.snapshot"],
        "plan": ["plan", "web-server"], "status": ["status"],
        "load": ["report", fixtures + "/load-once-wide.json"],
        "lab": ["report", fixtures + "/lab-busy.json"],
        "proof": ["report", fixtures + "/proof.json"],
        "trace-tls": ["report", fixtures + "/trace-tls.json"],
    ]

    @Test func `hides nothing from a reader`() throws {
        let folder = try Temporary.directory()
        defer { Temporary.remove(folder) }
        var pages: [String] = []
        for (name, words) in Self.commands.sorted(by: { $0.key < $1.key }) {
            let page = "\(folder)/\(name).html"
            let outcome = try Program.run([Program.tcptune] + words + ["-o", page])
            #expect(outcome.status <= 1, "\(words): \(outcome.errors)")
            pages.append(page)
        }
        let snapshots = Project.path + "/Tests/ReportTests/Snapshots"
        pages += try Temporary.names(in: snapshots).filter { $0.hasSuffix(".html") }
            .map { "\(snapshots)/\($0)" }
        let said = try Browser.complaints(of: pages)
        #expect(said.isEmpty, "\(said)")
    }

    @Test(.enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
    func `hides nothing of a change from a reader`() throws {
        let folder = try Temporary.directory()
        defer { Temporary.remove(folder) }
        var pages: [String] = []
        try TunedHost.run { host in
            for words in [
                ["apply", "outbound-reuse", "--confirm", "1m", "--persist"], ["status"],
                ["confirm"], ["status"], ["rollback", "--last"],
                ["apply", "web-server", "--dry-run"],
            ] {
                let outcome = try host.scene.run(
                    [Program.tcptune] + words + ["--format", "html"])
                #expect(outcome.status <= 1, "\(words): \(outcome.errors)")
                pages.append("\(folder)/\(pages.count + 1)-\(words[0]).html")
                try Temporary.write(outcome.output, to: pages[pages.count - 1])
            }
        }
        let said = try Browser.complaints(of: pages)
        #expect(said.isEmpty, "\(said)")
    }

    /// What is wrong with a page, and what is said of it.
    private static let wrong: [(body: String, complaint: String)] = [
        (
            "<div class=card style='width:200px'><p style='width:300px'>x</p></div>",
            "out of its card"
        ),
        ("<div style='width:3000px'>x</div>", "the page has to be moved sideways"),
        ("<p style='color:#999'>x</p>", "text of contrast 2.8, below 4.5"),
        ("<p style='color:#999'>x</p>", "text of contrast"),
        (
            "<svg class=chart width=99 height=9><rect width=50 height=9 fill='#ddd'/></svg>",
            "drawn with contrast 1.4, below 3"
        ),
        (
            "<svg class=chart width=99 height=30><text y=20>one</text><text y=22>two</text></svg>",
            "lies on \"two\""
        ),
        (
            "<svg class=chart width=99 height=30><text y=20>one</text>"
                + "<circle class=dot cx=9 cy=15 r=5 /></svg>", "a marker lies on it"
        ),
        (
            "<table><caption>x</caption><tbody><tr><td>2001:db8…:53</td></tr></tbody></table>",
            "cut by an ellipsis"
        ),
        ("<table><tbody><tr><td>x</td></tr></tbody></table>", "a table without a caption"),
        (
            "<div class=scroll><table><caption>x</caption><tr><td>x</td></tr></table></div>",
            "the keyboard does not reach"
        ),
        ("<p>x</p>", "0 headlines on a page"), ("<h1>a</h1><h1>b</h1>", "2 headlines on a page"),
    ]

    @Test func `is complained of where it hides something`() throws {
        let folder = try Temporary.directory()
        defer { Temporary.remove(folder) }
        #expect(try Browser.complaints(of: [Browser.write("<h1>x</h1>", in: folder)]) == "")
        for (body, complaint) in Self.wrong {
            let said = try Browser.complaints(of: [Browser.write(body, in: folder)])
            #expect(said.contains(complaint), "\(body): \(said)")
        }
    }
}
