import Audit
import FoundationEssentials
import Model
import Testing

/// What the commands that change a host show of it, in each form.
@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `A page of a change` {
    @Test(.enabled(if: JSONSchema.hasValidator, Comment(rawValue: JSONSchema.reason)))
    func `is in JSON as its schema says`() throws {
        try TunedHost.run { host in
            let steps: [(words: [String], result: String)] = [
                (["recover"], "nothing"),
                (["apply", "outbound-reuse", "--confirm", "1m", "--persist"], "applied"),
                (["recover"], "pending"), (["status"], ""), (["extend", "2m"], "extended"),
                (["confirm"], "confirmed"), (["status"], ""),
                (["apply", "many-idle-connections", "--yes", "--keep-going"], "confirmed"),
                (["status", "--drift"], ""), (["rollback", "--last"], "rolled_back"),
                (["rollback", "--all"], "rolled_back"), (["status"], ""),
            ]
            for (words, result) in steps {
                let outcome = try host.scene.run([Program.tcptune] + words + ["--json"])
                #expect(outcome.status == 0, "\(words): \(outcome.errors)")
                let schema = words[0] == "status" ? "status" : "transaction"
                #expect(try JSONSchema.objection(to: outcome.output, as: schema) == nil, "\(words)")
                #expect(
                    result.isEmpty || outcome.output.contains("\"result\" : \"\(result)\""),
                    "\(words)")
                let other = schema == "status" ? "transaction" : "status"
                #expect(try JSONSchema.objection(to: outcome.output, as: other) != nil, "\(words)")
            }
        }
    }

    @Test func `has a heading that fits in a narrow terminal`() throws {
        try TunedHost.run { host in
            let outcome = try host.scene.run([
                "env", "COLUMNS=60", Program.tcptune, "apply", "many-idle-connections",
                "--confirm", "1m", "--keep-going",
            ])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(
                outcome.output.hasPrefix(
                    "── many-idle-connections: applied, not yet confirmed ─"))
            #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 60 })
            try host.tcptune("rollback")
        }
    }

    /// A row is what was read, not what the record says.
    @Test func `says of a value that somebody had put back that it was there already`() throws {
        try TunedHost.run { host in
            for (apply, rollback) in [
                (["--confirm", "1m"], ["rollback"]), (["--yes"], ["rollback", "--last"]),
                (["--yes"], ["rollback", "--all"]),
            ] {
                let key = "net.ipv4.tcp_fin_timeout"
                let before = try host.value(key)
                _ = try host.scene.run([Program.tcptune, "apply", "fin-wait-relief"] + apply)
                try host.set(key, before)
                let outcome = try host.scene.run([Program.tcptune] + rollback)
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(
                    outcome.output.contains("\(key)  \(before), already set"),
                    "\(outcome.output)")
            }
        }
    }

    @Test func `lists what could not be had and was left out`() throws {
        try TunedHost.run { host in
            let outcome = try host.tcptune(
                "apply", "many-idle-connections", "--yes", "--keep-going")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("Left out: not possible here\n  fs.nr_open"))
            let again = try host.tcptune(
                "apply", "many-idle-connections", "--yes", "--keep-going")
            #expect(again.output.contains("Nothing to do"))
            #expect(again.output.contains("fs.nr_open"))
        }
    }

    @Test func `says that all was taken back, and what became of the file of boot`() throws {
        try TunedHost.run { host in
            for name in ["fin-wait-relief", "outbound-reuse"] {
                #expect(try host.tcptune("apply", name, "--yes", "--persist").status == 0)
            }
            let last = try host.tcptune("rollback", "--last").output
            #expect(last.contains("outbound-reuse: reverted"))
            #expect(last.contains("Removed its lines from /etc/sysctl.d/60-tcptune.conf."))
            let all = try host.tcptune("rollback", "--all").output
            #expect(all.contains("all changes: reverted"))
            #expect(all.contains("Removed /etc/sysctl.d/60-tcptune.conf."))
        }
    }

    @Test func `of a status names who set a value, and what a reboot makes of it`() throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "outbound-reuse", "--yes", "--persist").status == 0)
            #expect(try host.tcptune("apply", "fin-wait-relief", "--yes").status == 0)
            let status = try host.tcptune("status").output
            #expect(status.contains("outbound-reuse · transaction "))
            #expect(status.contains("60-tcptune.conf:"))
            #expect(
                status.contains(
                    "1 setting does not survive a reboot: apply fin-wait-relief with --persist"))
            #expect(
                status.contains("net.ipv4.ip_local_port_range      16384 60999  16384 60999"))
        }
    }

    @Test func `of a status says why a change was taken back that nobody asked back`() throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--confirm", "4s").status == 0)
            let reason = "fin-wait-relief was reverted: nobody confirmed it in time"
            #expect(try host.waits { try host.tcptune("status").output.contains(reason) })
            #expect(try host.tcptune("confirm").errors.contains("nobody confirmed it in time"))
            let json = try host.tcptune("status", "--json").output
            #expect(json.contains("\"reason\" : \"nobody confirmed it in time\""))
            if JSONSchema.hasValidator {
                #expect(try JSONSchema.objection(to: json, as: "status") == nil)
            }
            #expect(try host.tcptune("apply", "fin-wait-relief", "--yes").status == 0)
            #expect(try host.tcptune("rollback", "--last").status == 0)
            #expect(try !host.tcptune("status").output.contains("was reverted"))
        }
    }

    @Test func `of a status names the line that wins at boot over what was persisted`() throws {
        try TunedHost.run(["--boot", "99-z.conf=net.ipv4.tcp_fin_timeout = 45"]) { host in
            #expect(
                try host.tcptune("apply", "fin-wait-relief", "--yes", "--persist", "--force").status
                    == 0)
            let status = try host.tcptune("status").output
            #expect(
                status.contains(
                    "At boot, /etc/sysctl.d/99-z.conf:1 sets net.ipv4.tcp_fin_timeout to 45"))
            #expect(!status.contains("--persist"))
        }
    }

    @Test(arguments: ["markdown", "html"])
    func `is there in other forms, too`(_ form: String) throws {
        try TunedHost.run { host in
            let applied = try host.tcptune(
                "apply", "fin-wait-relief", "--confirm", "1m", "--format", form)
            let status = try host.tcptune("status", "--format", form)
            try host.tcptune("rollback")
            for outcome in [applied, status] {
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.output.contains("tcptune confirm"))
                #expect(outcome.output.hasPrefix(form == "html" ? "<!doctype html>" : "#"))
            }
        }
    }
}

/// The profiles that an audit speaks of are there.
@Suite struct `A profile that an audit advises` {
    private struct Listing: Decodable {
        let data: Facts
        struct Facts: Decodable { let profiles: [Item] }
        struct Item: Decodable {
            let name: String
            let suits: [RuleID]
        }
    }

    private struct Shown: Decodable {
        let data: Facts
        struct Facts: Decodable { let settings: [Item] }
        struct Item: Decodable { let key: String }
    }

    @Test func `suits the finding, and sets what answers it`() throws {
        let outcome = try Program.run([Program.tcptune, "profile", "list", "--json"])
        let listing = try JSONDecoder().decode(Listing.self, from: Data(outcome.output.utf8))
        let shipped = listing.data.profiles.filter { `Shipped profiles`.names.contains($0.name) }
        #expect(Set(shipped.flatMap(\.suits)) == Set(RuleGuide.answeredByProfiles.keys))
        for profile in shipped {
            let page = try Program.run([
                Program.tcptune, "profile", "show", profile.name, "--json",
            ])
            let keys = Set(
                try JSONDecoder().decode(Shown.self, from: Data(page.output.utf8)).data.settings
                    .map(\.key))
            for rule in profile.suits {
                let answers = try #require(RuleGuide.answeredByProfiles[rule])
                #expect(!answers.isDisjoint(with: keys), "\(profile.name): \(rule)")
            }
        }
    }

    @Test(.enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
    func `is named with the setting it changes, and planned next`() throws {
        try Scene.run("ports") { scene in
            let outcome = try scene.run([Program.tcptune])
            #expect(outcome.output.contains("$ tcptune apply outbound-reuse"))
            #expect(outcome.output.contains("net.ipv4.tcp_tw_reuse 2 → 1"))
            #expect(outcome.output.contains("tcptune plan outbound-reuse"))
        }
    }
}
