import Agent
import Model
import Recording
import Testing

@Suite struct `The agent's configuration` {
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

    @Test func `may be empty`() throws {
        #expect(try Self.read("") == AgentSettings())
        #expect(AgentSettings().listen.map(\.description) == ["127.0.0.1:9765"])
    }

    @Test func `sets what it names`() throws {
        let settings = try Self.read(
            """
            [sampling]
            netns = "all"
            budget = "0.5%"
            [metrics]
            top = 20
            summary = true
            textfile = "/var/lib/node/tcptune.prom"
            [history]
            enabled = false
            directory = "/srv/tcptune \\"history\\""
            retain = "36h"
            limit = "2G"
            [web]
            listen = ["[::1]:9765", "unix:/run/tcptune-agent/agent.sock"]
            config_file = "/etc/tcptune/web.yml"
            systemd_socket = true
            """)
        #expect(settings.netns == "all" && settings.share == 0.005 && settings.top == 20)
        #expect(settings.isSummary && settings.takesSystemdSocket)
        #expect(settings.textfile == "/var/lib/node/tcptune.prom")
        #expect(!settings.history.isEnabled && settings.history.store.retain == 36 * 3600)
        #expect(settings.history.store.limit == 2 << 30)
        #expect(settings.history.store.directory == "/srv/tcptune \"history\"")
        #expect(
            settings.listen == [
                .host("::1", 9765), .socket("/run/tcptune-agent/agent.sock"),
            ])
        #expect(settings.webConfiguration == "/etc/tcptune/web.yml")
        // What --check prints says the same again.
        #expect(try Self.read(settings.text) == settings)
        #expect(try Self.read(AgentSettings().text) == AgentSettings())
    }

    @Test(arguments: [
        ("[sampling]\nbudget = \"2\"", "agent.toml:2:10", "0.01% to 100%"),
        ("[sampling]\nbudget = \"101%\"", ":2:", "0.01% to 100%"),
        ("[sampling]\nbudget = 1", ":2:", "string"),
        ("[sampling]\nbugdet = \"1%\"", ":2:1", "budget"), ("[metric]\n", ":1:", "metrics"),
        ("[metrics]\ntop = 71", ":2:7", "0 to 70"), ("[metrics]\ntop = 1.5", ":2:7", "whole"),
        ("[metrics]\nsummary = 1", ":2:11", "true or false"),
        ("[metrics]\ntextfile = \"/var/lib/x.txt\"", ":2:12", ".prom"),
        ("[metrics]\ntextfile = \"x.prom\"", ":2:12", "root"),
        ("[history]\nretain = \"14\"", ":2:10", "1d to 366d"),
        ("[history]\nretain = \"1h\"", ":2:10", "1d to 366d"),
        ("[history]\nretain = \"٣d\"", ":2:10", "1d to 366d"),
        ("[history]\nlimit = \"512MB\"", ":2:9", "64M to 1024G"),
        ("[history]\nlimit = \"63M\"", ":2:9", "64M to 1024G"),
        ("[history]\nlimit = 512", ":2:", "string"),
        ("[history]\ndirectory = \"here\"", ":2:13", "path from the root"),
        ("[history]\nkeep = 1", ":2:1", "keep"),
        ("[web]\nlisten = [\"9765\"]", ":2:11", "no address"),
        ("[web]\nlisten = 9765", ":2:10", "array"), ("[web", ":1:", "TOML"),
    ])
    func `says where and what is wrong`(text: String, place: String, word: String) {
        let said = Self.problems(text)
        #expect(said.contains(place) && said.contains(word), "\(said)")
    }

    @Test func `refuses to be reached from other hosts without TLS and users`() {
        var settings = AgentSettings()
        #expect(settings.danger == nil)
        for address in ["0.0.0.0:9765", ":9765", "10.0.0.5:9765", "[::]:9765", "web-3:9765"] {
            settings.listen = [ListenAddress(address)].compactMap(\.self)
            #expect(settings.danger?.contains("--web.config.file") == true, "\(address)")
        }
        for address in ["127.0.0.1:1", "127.8.8.8:1", "[::1]:1", "localhost:1", "unix:/run/x"] {
            settings.listen = [ListenAddress(address)].compactMap(\.self)
            #expect(settings.danger == nil, "\(address)")
        }
        settings.listen = [.host("", 9765)]
        settings.webConfiguration = "/etc/tcptune/web.yml"
        #expect(settings.danger == nil)
    }

    @Test(arguments: [
        "", "9765", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "::1:9765", "[127.0.0.1:1",
        "[host]:1", "unix:run/x", "unix:", "a b:1", "127.0.0.1:+1",
        "unix:/" + String(repeating: "x", count: 107),
    ])
    func `takes no address that is none`(text: String) {
        #expect(ListenAddress(text) == nil)
    }
}
