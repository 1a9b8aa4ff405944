import Agent
import Alerts
import Audit
import Testing

@Suite struct `The configuration of alerts` {
    private static func read(_ text: String) throws -> AgentSettings {
        var settings = AgentSettings()
        try AgentFile.read(Array(text.utf8), path: "agent.toml", into: &settings)
        return settings
    }

    private static func problems(_ text: String) -> String {
        do {
            _ = try read(text)
            return ""
        } catch { return "\(error)" }
    }

    @Test func `is the journal alone where nothing is said`() throws {
        let settings = try Self.read("").alerts
        #expect(settings.journal && settings.minimum == .warning && settings.command.isEmpty)
        #expect(settings.alertmanagers.isEmpty && settings.webhook == nil)
    }

    @Test func `sets what it names, and --check prints it`() throws {
        let settings = try Self.read(
            """
            [alerts]
            journal = false
            minimum = "critical"
            command = ["/usr/local/bin/page", "web 3", "\\"x\\""]
            ca_file = "/etc/ssl/own.pem"
            """)
        #expect(!settings.alerts.journal && settings.alerts.minimum == .critical)
        #expect(settings.alerts.command == ["/usr/local/bin/page", "web 3", "\"x\""])
        #expect(settings.alerts.authorities == "/etc/ssl/own.pem")
        #expect(try Self.read(settings.text) == settings)
    }

    @Test func `names receivers by URL where the agent can send to them, and else is refused`()
        throws
    {
        let text = """
            [alerts]
            alertmanager = ["http://127.0.0.1:9093", "https://am.example.org/am"]
            webhook = "http://[::1]:8080/hook?x=1"
            """
        let said = Self.problems(text)
        guard said.isEmpty else {
            #expect(said.contains("agent.toml:2:17") && said.contains("(and 2 more)"), "\(said)")
            #expect(said.contains("built without its web part"), "\(said)")
            return
        }
        let settings = try Self.read(text)
        #expect(settings.alerts.alertmanagers.map(\.port) == [9093, 443])
        #expect(settings.alerts.webhook?.host == "::1")
        #expect(try Self.read(settings.text) == settings)
    }

    @Test(arguments: [
        ("[alerts]\nminimum = \"severe\"", ":2:11", "critical, warning or notice"),
        ("[alerts]\nminimum = \"myth\"", ":2:11", "critical, warning or notice"),
        ("[alerts]\ncommand = [\"page\"]", ":2:12", "without a shell"),
        ("[alerts]\njournal = 1", ":2:11", "true or false"),
        ("[alerts]\nwebhook = \"127.0.0.1:80\"", ":2:11", "no URL"),
        ("[alerts]\nalertmanager = [\"http://u:p@h\"]", ":2:17", "no URL"),
        ("[alerts]\nca_file = \"own.pem\"", ":2:11", "root"),
        ("[alerts]\nalertmanagers = []", ":2:1", "alertmanager"), ("[alert]", ":1:", "alerts"),
    ])
    func `says where and what is wrong`(text: String, place: String, word: String) {
        let said = Self.problems(text)
        #expect(said.contains(place) && said.contains(word), "\(said)")
    }
}
