import Lab
import Model
import Testing

@testable import Report

@Suite struct `The page of a trace` {
    private static let widths = [60, 80, 100, 160]

    private static func page(isFull: Bool = false) throws -> Document {
        guard case .trace(let trace) = try Saved.file("trace").document else {
            throw Refusal(.usage, "it is no trace")
        }
        return TraceReport(trace).document(host: Scene.busy.host, isFull: isFull)
    }

    @Test(arguments: widths) func `fits a terminal, stages in their order`(width: Int) throws {
        let text = TerminalRenderer(width: width, colour: false).render(try Self.page())
        for line in text.split(separator: "\n") { #expect(line.fits(width), "\(line)") }
        let stages = text.split(separator: "\n").compactMap { line in
            line.firstMatch(of: /^  ([a-z]+) +[0-9]/).map { String($0.output.1) }
        }
        #expect(
            stages
                == Array(
                    repeating: Trace.Stage.allCases.filter { $0 != .tls }.map(\.rawValue), count: 2
                ).joined().map { $0 })
        #expect(text.contains("one such client can make at most"))
        let flat = text.split { " \n".contains($0) }.joined(separator: " ")
        #expect(flat.contains("FIN_WAIT1") && flat.contains("LAST_ACK"))
    }

    @Test func `has a bar for each stage, in its place`() {
        let timeline = Timeline(
            "",
            stages: [
                .init("first", began: 0, ended: 0.5), .init("second", began: 0.5, ended: 1),
                .init("none", began: 0.25, ended: 0.25), .init("end", began: 1, ended: 1),
            ])
        let lines = TerminalTimeline(
            timeline: timeline, lines: TerminalLines(width: 50, colour: false)
        ).rendered()
        let bars = lines.dropFirst().map { $0.suffix(while: { "·█▏".contains($0) }) }
        let half = bars[0].count / 2
        #expect(Set(bars.map(\.count)) == [half * 2])
        #expect(
            bars[0] == String(repeating: "█", count: half) + String(repeating: "·", count: half))
        #expect(
            bars[1] == String(repeating: "·", count: half) + String(repeating: "█", count: half))
        #expect(bars[2].contains("▏") && !bars[2].contains("█"))
        #expect(bars[3].hasSuffix("▏"))
        let odd = Timeline("", stages: [.init("odd", began: .nan, ended: -.infinity)])
        #expect(odd.seconds == 0 && odd.place(of: odd.stages[0]) == (0, 0))
    }

    @Test func `has the picture of its messages in HTML`() throws {
        let page = try Self.page(isFull: true)
        let html = HTMLRenderer().render(page)
        #expect(html.contains("Messages") && html.contains("inferred, not observed"))
        #expect(!html.contains("nan"))
        let markdown = MarkdownRenderer().render(page)
        #expect(markdown.contains("- **connect** at ") && markdown.contains("  - "))
    }

    @Test func `of a certificate that is not valid yet says when it will be`() throws {
        guard case .trace(var trace) = try Saved.file("trace-tls").document else {
            Issue.record("it is no trace")
            return
        }
        let ended = try #require(trace.requests[1].tls?.certificates[0].notAfter)
        let left = try #require(trace.requests[1].tls?.certificates[0].daysLeft)
        trace.requests[1].tls?.certificates[0].notBefore = ended - (left - 32.5) * 86_400
        let page = TraceReport(trace).document(host: Scene.busy.host, isFull: true)
        let text = TerminalRenderer(width: 200, colour: false).render(page)
        #expect(text.contains("not valid for another 32 days"), "\(text)")
        #expect(!text.contains("days left") || trace.requests[1].tls?.certificates.count != 1)
    }

    @Test(arguments: ["trace", "trace-tls"])
    func `with any byte changed is shown or refused, never fatal`(_ name: String) throws {
        let bytes = try Saved.bytes(name)
        for index in stride(from: 0, to: bytes.count, by: max(bytes.count / 150, 1)) {
            for value: UInt8 in [0x2d, 0x39, 0x65] {
                var changed = bytes
                changed[index] = value
                guard let file = try? SavedFile(name: "trace", changed) else { continue }
                let page = file.page(top: 10)
                #expect(!HTMLRenderer().render(page).isEmpty)
                #expect(!TerminalRenderer(width: 80, colour: true).render(page).isEmpty)
            }
        }
    }

    @Test func `of https has TLS between connection and request, and a table of those repeated`()
        throws
    {
        guard case .trace(let trace) = try Saved.file("trace-tls").document else {
            Issue.record("it is no trace")
            return
        }
        let page = TraceReport(trace).document(host: Scene.busy.host, isFull: true)
        for width in Self.widths {
            let text = TerminalRenderer(width: width, colour: false).render(page)
            for line in text.split(separator: "\n") where !line.contains("SSL_CERT_FILE=") {
                #expect(line.fits(width), "\(line)")
            }
            let flat = text.split { " \n".contains($0) }.joined(separator: " ")
            for words in [
                "3 traces, one after the other", "2 of the 2 later connections resumed",
                "trusted by Own CA, for this address", "ALPN http/1.1",
                "this host's close_notify at",
            ] { #expect(flat.contains(words), "\(words)") }
        }
        let html = HTMLRenderer().render(page)
        #expect(html.contains("ServerHello … Finished"))
    }

    @Test(arguments: ["trace", "trace-tls"])
    func `comes back from its JSON as it was`(_ name: String) throws {
        guard case .trace(let trace) = try Saved.file(name).document else {
            Issue.record("it is no trace")
            return
        }
        let json = try TraceReport(trace).json(host: Scene.busy.host, tool: Scene.options.tool)
        let file = try SavedFile(name: "again", Array(json.utf8))
        guard case .trace(let again) = file.document else {
            Issue.record("it is no trace any more")
            return
        }
        #expect(again == trace)
    }
}

extension String {
    /// The longest end of characters that hold.
    fileprivate func suffix(while holds: (Character) -> Bool) -> String {
        String(reversed().prefix(while: holds).reversed())
    }
}
