import Model

@testable import Resolver

/// What the servers of the private internet know.
enum ZoneFiles {
    static let servers = [
        ("root", NameServers.root, ["."]),
        ("top", NameServers.top, ["test", "other"]),
        (
            "authority", NameServers.authority,
            ["glued.test", "glueless.test", "lame.test", "slow.test", "host.other", "broken.test"]
        ),
    ]

    /// By the name of the file; of `broken.test` there is none, so that its server fails.
    static let all: [String: String] = [
        "root": head("", "a.root.", address: NameServers.root) + """
            test. NS ns.nic.test.
            ns.nic.test. A \(NameServers.top)
            other. NS ns.nic.other.
            ns.nic.other. A \(NameServers.top)

            """,
        "test": head("test.", "ns.nic.test.", address: NameServers.top) + """
            glued NS ns1.glued
            ns1.glued A \(NameServers.authority)
            glueless NS ns.host.other.
            lame NS wrong.lame
            lame NS right.lame
            wrong.lame A \(NameServers.root)
            right.lame A \(NameServers.authority)
            alllame NS only.alllame
            only.alllame A \(NameServers.top)
            slow NS deaf.slow
            slow NS quick.slow
            deaf.slow A \(NameServers.silent)
            quick.slow A \(NameServers.authority)
            dead NS only.dead
            only.dead A \(NameServers.silent)
            gone NS only.gone
            only.gone A \(NameServers.absent)
            broken NS ns1.glued
            ring1 NS ns.ring2
            ring2 NS ns.ring1
            selfless NS ns.selfless

            """,
        "other": head("other.", "ns.nic.other.", address: NameServers.top) + """
            host NS ns.host
            ns.host A \(NameServers.authority)

            """,
        "glued.test": head("glued.test.", "ns1.glued.test.", address: NameServers.authority) + """
            www A 192.0.2.1
            www A 192.0.2.2
            www AAAA 2001:db8::1
            only4 A 192.0.2.4
            only6 AAAA 2001:db8::6
            words TXT "no address"
            alias CNAME www
            chain1 CNAME chain2
            chain2 CNAME far.glueless.test.
            circle1 CNAME circle2
            circle2 CNAME circle1
            dangling CNAME nowhere
            below.deep A 192.0.2.7
            xn--mnchen-3ya A 192.0.2.8
            *.wild A 192.0.2.9
            away CNAME www.glued.nowhere.

            """ + (0..<30).map { "hop\($0) CNAME hop\($0 + 1)\n" }.joined()
            + "hop30 A 192.0.2.30\n"
            + (1...200).map { "big A 198.51.100.\($0)\n" }.joined(),
        "glueless.test": head("glueless.test.", "ns.host.other.") + """
            www A 192.0.2.10
            far A 192.0.2.11

            """,
        "lame.test": head(
            "lame.test.", "right.lame.test.", address: NameServers.authority)
            + "www A 192.0.2.12\n",
        "slow.test": head(
            "slow.test.", "quick.slow.test.", address: NameServers.authority)
            + "www A 192.0.2.13\n",
        "host.other": head(
            "host.other.", "ns.host.other.", address: NameServers.authority) + "www A 192.0.2.14\n",
    ]

    /// The first records of a zone, with its one server.
    private static func head(
        _ zone: String, _ server: String, address: IPAddress? = nil
    ) -> String {
        """
        $ORIGIN \(zone.isEmpty ? "." : zone)
        $TTL 3600
        @ SOA \(server) hostmaster 1 3600 600 86400 300
        @ NS \(server)
        \(address.map { "\(server) A \($0)" } ?? "")

        """
    }
}
