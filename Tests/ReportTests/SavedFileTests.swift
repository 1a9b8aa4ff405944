import Audit
import Lab
import Model
import Testing

@testable import Report

@Suite struct `A saved document` {
    private static func refusal(_ text: String) -> String? {
        do {
            _ = try SavedFile(name: "x", Array(text.utf8))
            return nil
        } catch {
            return error.description
        }
    }

    @Test(arguments: Saved.names) func `makes a page with a verdict and a picture`(name: String)
        throws
    {
        let html = HTMLRenderer().render(try Saved.file(name).page(top: 10))
        #expect(html.contains("<h1 class=\"headline"))
        #expect(html.contains("<polyline") || html.contains("class=\"point"))
        #expect(!html.contains("nan"))
        let charts = html.matches(of: /<svg role="img"[^>]*class="chart">/).count
        #expect(html.matches(of: /<desc>[^<]+<\/desc>/).count == charts)
        #expect(html.matches(of: /<summary>Numbers<\//).count == charts)
    }

    @Test(arguments: Scene.all) func `of an audit has all that was found`(scene: Scene) throws {
        let page = try Saved.audit(scene).page(top: 10)
        let findings = page.blocks.compactMap { block in
            if case .finding(let finding) = block { finding.rule } else { nil }
        }
        #expect(findings == scene.assessments.flatMap { $0.findings.map(\.rule) })
        #expect(try !Saved.snapshot(scene).page(top: 10).blocks.isEmpty)
    }

    @Test func `is refused with its reason`() {
        let cases = [
            (#"{"format":"tcptune.load/2","data":{}}"#, "a newer tcptune made it (tcptune.load 2"),
            (#"{"format":"tcptune.knobs/1"}"#, "its format is `tcptune.knobs/1`; tcptune reads"),
            ("{}", "names no format"), ("[1]", "names no format"), ("", "not JSON"),
            (#"{"format":"tcptune.load/1","host":{"name":"a","#, "not JSON"),
            (
                #"{"format":"tcptune.load/1","host":{"name":"a","kernel":"b","machine":"c"},"data":{}}"#,
                "data has no `attempted`"
            ),
            (#"{"format":"tcptune.lab/1"}"#, "has no `host`"),
            (String(repeating: "[", count: 100_000), ""),
        ]
        for (text, reason) in cases {
            #expect(Self.refusal(text)?.contains(reason) == true, "\(text.prefix(80))")
        }
    }

    @Test func `with numbers that nobody measures is refused`() throws {
        let load = String(decoding: try Saved.bytes("load-narrow"), as: UTF8.self)
        for (was, becomes) in [
            (#""attempted": 800"#, #""attempted": 9223372036854775807"#),
            (#""TIME_WAIT": 600"#, #""TIME_WAIT": -1"#),
        ] {
            try #require(load.contains(was))
            #expect(Self.refusal(load.replacing(was, with: becomes))?.contains("damaged") == true)
        }
        let audit = try Scene.idle.json
        try #require(audit.contains(#""LISTEN" : 2"#))
        #expect(
            Self.refusal(
                audit.replacing(#""LISTEN" : 2"#, with: #""LISTEN" : 9223372036854775807"#))?
                .contains("no kernel reports") == true)
    }

    @Test(arguments: Saved.names)
    func `with any byte changed is shown or refused, never fatal`(name: String) throws {
        let bytes = try Saved.bytes(name)
        let other = try Saved.file(name)
        for index in stride(from: 0, to: bytes.count, by: max(bytes.count / 60, 1)) {
            for value: UInt8 in [0x2d, 0x39, 0x65] {
                var changed = bytes
                changed[index] = value
                guard let file = try? SavedFile(name: name, changed) else { continue }
                #expect(!HTMLRenderer().render(file.page(top: 10)).isEmpty)
                // The bootstrap takes its time.
                if value == 0x39, index % 7 == 0 {
                    _ = try? ComparedPair(other, file).comparison(gates: [])
                }
            }
        }
    }

    @Test func `of a lab shows what went over the wire, and refuses what cannot have`() throws {
        let (file, report) = try Saved.watched([SequenceScene.life, SequenceScene.late])
        let json = try report.json(host: file.host, tool: Scene.options.tool)
        let read = try SavedFile(name: "x", Array(json.utf8))
        guard case .lab(let lab) = read.document else { throw SavedFileError(.notJSON) }
        #expect(lab.experiments[0].arms[0].trials[0].exchange == SequenceScene.life)
        let html = HTMLRenderer().render(read.page(top: 10))
        #expect(html.matches(of: /On the wire: [^<]*<\/h2>/).count == 2)
        let text = TerminalRenderer(width: 80, colour: false).render(read.page(top: 10))
        #expect(text.contains("SYN → · ← SYN ACK · ACK →"))
        #expect(!text.contains("◀"))
        for (was, becomes) in [
            (#""from" : 1"#, #""from" : 2"#), (#""to" : 0"#, #""to" : -1"#),
            (#""actor" : 1"#, #""actor" : 7"#),
            (#""actor" : 1"#, #""actor" : 9223372036854775807"#),
        ] {
            try #require(json.contains(was))
            #expect(Self.refusal(json.replacing(was, with: becomes))?.contains("damaged") == true)
        }
    }

    @Test func `stands beside others on one page`() throws {
        let pages = SavedPages(
            [try Saved.file("load-wide"), try Saved.snapshot(.busy), try Saved.file("proof")],
            top: 5)
        let html = HTMLRenderer().render(pages.document)
        #expect(html.matches(of: /<h2 class="part" id="part-/).count == 3)
        #expect(html.matches(of: /<a href="#part-/).count == 3)
        #expect(html.matches(of: /<h1/).count == 1)
        #expect(html.matches(of: /<h3 class="headline/).count == 3)
        for name in ["load-wide.json", "busy.json", "proof.json"] { #expect(html.contains(name)) }
    }

    @Test func `stands beside another of its kind below what the two come to`() throws {
        let two = SavedPages([try Saved.file("load-narrow"), try Saved.file("load-wide")], top: 5)
        let html = HTMLRenderer().render(two.document)
        #expect(html.matches(of: /<h2 class="part" id="part-/).count == 3)
        #expect(html.contains("<a href=\"#part-1\">Before and after</a>"))
        let unlike = SavedPages([try Saved.file("load-narrow"), try Saved.file("proof")], top: 5)
        #expect(!HTMLRenderer().render(unlike.document).contains("part-3"))
    }
}
