import FoundationEssentials
import Model
import Testing

@Suite struct `A lookup of a name` {
    private typealias Query = NameResolution.Query

    private static let resolution = NameResolution(
        name: "Web", asked: "web.example.org", answeredBy: .dns, order: ["files", "dns"],
        configuration: ResolverConfiguration(
            servers: [
                ResolverConfiguration.Server(IPAddress(v4: 0x7F00_0035), kind: .systemdResolved)
            ], search: ["example.org"]),
        addresses: [IPAddress(v4: 0xC000_0201)], aliases: ["w.example.org"],
        queries: [
            Query(
                server: "127.0.0.53:53", leg: .recursive, name: "web.example.org", type: "A",
                sent: [0.001, 5.001], seconds: 5.25, recursionDesired: true,
                response: NameResolution.Response(
                    code: "NOERROR", recursionAvailable: true, bytes: 80,
                    answers: [
                        NameResolution.Record(
                            name: "web.example.org", type: "CNAME", life: 60, data: "w.example.org"),
                        NameResolution.Record(
                            name: "w.example.org", type: "A", life: 30, data: "192.0.2.1"),
                    ])),
            Query(
                server: "127.0.0.53:53", leg: .recursive, name: "web.example.org", type: "AAAA",
                sent: [0.002], seconds: 10, recursionDesired: true,
                failure: "127.0.0.53:53 did not answer within 5 s"),
        ], seconds: 10.002, notes: ["a note"])

    @Test func `is read from JSON as it was written, with null for what is not there`() throws {
        var failed = Self.resolution
        failed.answeredBy = .hosts(place: "/etc/hosts:3")
        failed.failure = NameResolution.Failure(.timedOut, "nobody answered")
        failed.queries[0].response?.referral = NameResolution.Referral(
            zone: "org", servers: ["ns.org"])
        for resolution in [Self.resolution, failed, NameResolution(name: "")] {
            let data = try JSONEncoder().encode(resolution)
            #expect(try JSONDecoder().decode(NameResolution.self, from: data) == resolution)
        }
        let text = String(decoding: try JSONEncoder().encode(Self.resolution), as: UTF8.self)
        for part in [
            #""failure":null"#, #""attempts":2"#, #""sent_at_seconds":[0.002]"#,
            #""ttl_seconds":30"#, #""zone":null"#, #""response":null"#, #""rcode":"NOERROR""#,
            #""answered_by":{"#, #""ascii":"web.example.org""#, #""referral":null"#,
            #""timeout_seconds":5"#, #""kind":"systemd_resolved""#,
        ] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
    }

    @Test func `knows how long the last sending took`() {
        #expect(Self.resolution.queries[0].roundTrip.map { ($0 - 0.25).magnitude < 1e-9 } == true)
        #expect(Self.resolution.queries[1].roundTrip == nil)
    }

    @Test func `is a sequence in which what was not answered is lost`() {
        let exchange = Self.resolution.exchange
        #expect(exchange.actors.map(\.name) == ["host", "name server 127.0.0.53:53"])
        let messages = exchange.events.compactMap { event -> (Double, Exchange.Message)? in
            guard case .message(let message) = event.kind else { return nil }
            return (event.at, message)
        }
        #expect(
            messages.map { "\($0.1.label) \($0.1.isLost)" } == [
                "A? web.example.org true", "AAAA? web.example.org true",
                "A? web.example.org false", "192.0.2.1 false",
            ])
        #expect(messages.map(\.0) == [0.001, 0.002, 5.001, 5.251])
        #expect(messages.last?.1.detail == "recursion available, ttl 30 s")
        #expect(exchange.events.map(\.at) == exchange.events.map(\.at).sorted())
        guard case .note(0, "127.0.0.53:53 did not answer within 5 s")? = exchange.events.last?.kind
        else {
            Issue.record("\(exchange.events)")
            return
        }
    }

    @Test func `of a file is a word at the host`() {
        let found = NameResolution(name: "web", answeredBy: .hosts(place: "/etc/hosts:3"))
        #expect(
            found.exchange.events == [
                Exchange.Event(at: 0, .note(actor: 0, "found in /etc/hosts:3"))
            ])
        let failed = NameResolution(
            name: "..", failure: NameResolution.Failure(.badName, "no name"))
        #expect(failed.exchange.events.count == 1)
    }
}
