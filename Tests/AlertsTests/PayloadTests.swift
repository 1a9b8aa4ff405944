import FoundationEssentials
import Testing

@testable import Alerts

@Suite struct `The body of a request` {
    private struct Posted: Decodable {
        let labels: [String: String]
        let annotations: [String: String]
        let startsAt: String
        let endsAt: String
    }
    private struct Hooked: Decodable {
        let version: String
        let status: String
        let groupKey: String
        let alerts: [Posted]
        let truncatedAlerts: Int
    }

    @Test func `has the labels and times that Alertmanager wants`() throws {
        let messages = [
            try `What waits for a receiver`.message("10.0.0.5 → 10.0.0.9:5432"),
            try `What waits for a receiver`.message("b\"\\\n", .cleared),
        ]
        let body = AlertBody.alertmanager(messages, instance: "web-3", at: 1_764_000_200)
        let posted = try JSONDecoder().decode([Posted].self, from: Data(body))
        #expect(
            posted[0].labels == [
                "alertname": "TcptunePortsExhausting", "rule": "ports-exhausting",
                "severity": "critical", "instance": "web-3", "netns": "init",
                "subject": "10.0.0.5 → 10.0.0.9:5432",
            ])
        #expect(posted[0].startsAt == "2025-11-24T16:00:00Z")
        // It stands for five minutes more, unless it is repeated.
        #expect(posted[0].endsAt == "2025-11-24T16:08:20Z")
        #expect(posted[0].annotations["summary"]?.contains("600 of 600") == true)
        #expect(posted[1].labels["subject"] == "b\"\\\n")
        #expect(posted[1].endsAt == "2025-11-24T16:01:40Z")
    }

    @Test func `to a webhook is one of Alertmanager's, version 4`() throws {
        for (kind, status) in [(AlertMessage.Kind.raised, "firing"), (.cleared, "resolved")] {
            let message = try `What waits for a receiver`.message("a", kind)
            let body = AlertBody.webhook(message, instance: "web-3", at: 1_764_000_200)
            let hooked = try JSONDecoder().decode(Hooked.self, from: Data(body))
            #expect(hooked.version == "4" && hooked.status == status && hooked.alerts.count == 1)
            #expect((hooked.alerts[0].endsAt == "0001-01-01T00:00:00Z") == (status == "firing"))
            #expect(hooked.groupKey.contains("subject=1:a"))
        }
    }

    @Test(arguments: [
        ("http://127.0.0.1:9093", "127.0.0.1", 9093, "/"),
        ("https://a.example/x?y=1", "a.example", 443, "/x?y=1"),
        ("HTTP://[::1]:80/", "::1", 80, "/"), ("http://h?x", "h", 80, "/?x"),
        ("https://[::1]", "::1", 443, "/"),
    ])
    func `goes to a URL`(text: String, host: String, port: Int, path: String) throws {
        let url = try #require(ReceiverURL(text))
        #expect(url.host == host && url.port == port && url.path == path)
        #expect(ReceiverURL(url.description) == url)
    }

    @Test(arguments: [
        "", "127.0.0.1:9093", "ftp://x", "http://", "http://:80", "http://a:b", "http://a:0",
        "http://a:65536", "http://user:word@a", "http://::1", "http://a b", "http://a/#x",
        "http://[a]:1", "http://a\r\nX: y", "http://ä",
    ])
    func `goes to nothing else`(text: String) { #expect(ReceiverURL(text) == nil, "\(text)") }

    @Test func `goes to the API below a prefix`() throws {
        let url = try #require(ReceiverURL("http://a:9093/am/"))
        #expect(url.appending("/api/v2/alerts").path == "/am/api/v2/alerts")
        #expect(
            try #require(ReceiverURL("http://a")).appending("/api/v2/alerts").path
                == "/api/v2/alerts")
    }
}
