import Testing

@testable import Catalogue

@Suite struct `A pasted line` {
    @Test func `is one of very many, a sixth of them of something else`() {
        #expect(PastedLines.all.count >= 250)
        #expect(PastedLines.all.count { $0.topic == nil } >= 45)
    }

    @Test(arguments: PastedLines.all)
    func `speaks of its topic, or of none`(line: PastedLines.Line) {
        #expect(Topic.find(line.text)?.name == line.topic)
    }

    /// As syslog, journald, docker, Kubernetes and a JSON logger carry it, and in colour.
    @Test(arguments: PastedLines.all.filter { $0.topic != nil && !$0.text.contains("\u{1B}") })
    func `is the same whatever carries it`(line: PastedLines.Line) {
        guard let found = Topic.find(line.text) else { return }
        // A name, a metric and a row of a table stand alone.
        guard line.text.split(separator: " ").count > 3 else { return }
        let quoted = line.text.split(separator: "\\", omittingEmptySubsequences: false)
            .joined(separator: "\\\\").split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\\\"")
        for carried in [
            "Nov 25 10:00:00 web-1 app[4711]: \(line.text)",
            "2026-11-25T10:00:00.110Z web-1 app[4711]: ERROR \(line.text)",
            "{\"time\":\"2026-11-25T10:00:00.111Z\",\"msg\":\"\(quoted)\",\"pid\":104}",
            "\u{1B}[31m\(line.text)\u{1B}[0m", "\(line.text)\r\n",
        ] {
            if case .state = found { continue }
            if case .counter = found { continue }
            #expect(Topic.find(carried)?.name == line.topic, "\(carried)")
        }
    }

    @Test(arguments: [
        ("a\nconnect: Connection refused\nb", "ECONNREFUSED"),
        (
            "TCP: out of memory -- consider tuning tcp_mem\nconnect: Connection refused",
            "tcp-out-of-memory"
        ),
    ])
    func `counts by its surest words, of several`(text: String, name: String) {
        #expect(Topic.find(text)?.name == name)
    }
}
