import FoundationEssentials
import Testing

/// `tcptune explain` as it is typed: several names, pasted lines, the list.
@Suite struct `Explaining` {
    private func explain(_ words: String...) throws -> Program.Outcome {
        try Program.run([Program.tcptune, "explain"] + words)
    }

    @Test func `answers each of several names`() throws {
        let outcome = try explain("TIME_WAIT", "EADDRNOTAVAIL", "net.core.somaxconn")
        #expect(outcome.status == 0, "\(outcome.errors)")
        for name in ["TIME_WAIT (", "EADDRNOTAVAIL (", "net.core.somaxconn ("] {
            #expect(outcome.output.contains(name))
        }
    }

    @Test func `reads words that are no names as one line`() throws {
        let outcome = try explain("connect:", "Cannot", "assign", "requested", "address")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("EADDRNOTAVAIL ("))
        #expect(try explain("read", "ECONNRESET").output.contains("ECONNRESET ("))
        #expect(try explain("time", "wait").output.contains("TIME_WAIT ("))
    }

    @Test func `shows what is known and names what is not`() throws {
        let outcome = try explain("TIME_WAIT", "nosuchthing", "LISTEN")
        #expect(outcome.status == 64)
        #expect(outcome.output.contains("TIME_WAIT (") && outcome.output.contains("LISTEN ("))
        #expect(outcome.errors.contains("unknown name 'nosuchthing'"))
        #expect(!outcome.errors.contains("TIME_WAIT"))
    }

    @Test func `suggests near names only, one a line`() throws {
        let near = try explain("tcp_keepaliv")
        #expect(near.status == 64)
        #expect(near.output.isEmpty)
        #expect(near.errors.contains("\n  net.ipv4.tcp_keepalive_time\n"))
        #expect(near.errors.split(separator: "\n").count <= 11)
        let far = try explain("kubernetes")
        #expect(far.status == 64)
        #expect(far.errors.contains("tcptune explain --list"))
        #expect(!far.errors.contains("did you mean"))
    }

    @Test func `is an object for one name and a list for several`() throws {
        let one = try Self.data(try explain("TIME_WAIT", "--json").output)
        #expect(one.names == ["TIME_WAIT"] && !one.isList)
        let several = try Self.data(try explain("TIME_WAIT", "LISTEN", "--json").output)
        #expect(several.names == ["TIME_WAIT", "LISTEN"] && several.isList)
        let partly = try Self.data(try explain("TIME_WAIT", "no_such_thing", "--json").output)
        #expect(partly.names == ["TIME_WAIT"] && partly.isList)
    }

    @Test func `lists all by kind, and what a pattern matches`() throws {
        let all = try explain("--list")
        #expect(all.status == 0, "\(all.errors)")
        for name in [
            "net.ipv4.tcp_tw_reuse", "TcpExt.ListenOverflows", "CLOSE_WAIT", "EADDRNOTAVAIL",
            "conntrack-table-full", "program-connection-limit", "ports-exhausting",
        ] {
            #expect(
                all.output.split(separator: "\n").contains {
                    $0.hasPrefix(name + " ") || $0.contains(" \(name) ")
                })
        }
        let few = try explain("--list", "keepalive")
        #expect(few.output.contains("net.ipv4.tcp_keepalive_time"))
        #expect(!few.output.contains("somaxconn"))
        #expect(try explain("--list", "no-such-name").status == 1)
        #expect(try explain("--list", "a", "b").status == 64)
        #expect(try explain("--list", "--json").output.contains("\"tcptune.topics/1\""))
    }

    private struct Names {
        var names: [String]
        var isList: Bool
    }

    private static func data(_ json: String) throws -> Names {
        struct One: Decodable {
            struct Topic: Decodable { let name: String }
            let data: Topic
        }
        struct Several: Decodable { let data: [One.Topic] }
        let bytes = Data(json.utf8)
        if let one = try? JSONDecoder().decode(One.self, from: bytes) {
            return Names(names: [one.data.name], isList: false)
        }
        let several = try JSONDecoder().decode(Several.self, from: bytes)
        return Names(names: several.data.map(\.name), isList: true)
    }
}
