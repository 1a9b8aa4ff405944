import Catalogue
import Model
import Testing
import Tuning

@Suite struct `A profile` {
    private static let text = """
        # A comment with [brackets] and "quotes".
        [profile]
        name = "orders"
        summary = 'The "orders" service'
        suits = ["ports-slow", "ports-forecast"]
        requires = ["kernel >= 4.19", "net/ipv4/tcp_timestamps != 0"]

        [[setting]]
        key = "net.ipv4.tcp_tw_reuse"
        value = 1
        why = \"""
        one reason,
          and another\"""
        risk = "PAWS"
        proof = "port-reuse"

        [[setting]]
        key = "net/core/somaxconn"
        at_least = 4_096
        why = "w"

        [[setting]]
        "key" = "net.ipv4.tcp_rmem"
        exact = " 4096\\t131072  6291456 "
        why = "w"

        [[setting]]
        key = "net.ipv4.ip_local_reserved_ports"
        at_least = "{ listeners }"
        why = "w"

        [[setting]]
        key = "net.netfilter.nf_conntrack_max"
        at_most = "{memory/16384}"
        why = "w"
        """

    @Test func `is read as it is written`() throws {
        let reading = try ProfileReader.read(bytes: Array(Self.text.utf8), path: "/p/orders.toml")
        let profile = reading.profile
        #expect(profile.name == "orders")
        #expect(profile.summary == "The \"orders\" service")
        #expect(profile.suits == [.portsSlow, .portsForecast])
        #expect(
            profile.requires == [
                .kernel(atLeast: KernelRelease(4, 19)),
                .sysctl(key: "net.ipv4.tcp_timestamps", comparison: .notEqual, value: 0),
            ])
        #expect(
            profile.settings == [
                ProfileSetting(
                    key: "net.ipv4.tcp_tw_reuse", wish: .exact(.text("1")),
                    why: "one reason, and another", risk: "PAWS", proof: "port-reuse",
                    place: "/p/orders.toml:9"),
                ProfileSetting(
                    key: "net.core.somaxconn", wish: .atLeast(.text("4096")), why: "w",
                    place: "/p/orders.toml:18"),
                ProfileSetting(
                    key: "net.ipv4.tcp_rmem", wish: .exact(.text("4096 131072 6291456")), why: "w",
                    place: "/p/orders.toml:23"),
                ProfileSetting(
                    key: "net.ipv4.ip_local_reserved_ports", wish: .atLeast(.computed(.listeners)),
                    why: "w", place: "/p/orders.toml:28"),
                ProfileSetting(
                    key: "net.netfilter.nf_conntrack_max",
                    wish: .atMost(.computed(.memory(bytesEach: 16384))), why: "w",
                    place: "/p/orders.toml:33"),
            ])
    }

    @Test func `has the digest of its bytes`() throws {
        let text = "profile = {name='a',summary='b'}\nextends=1"
        #expect(throws: TextError.self) {
            try ProfileReader.read(bytes: Array(text.utf8), path: "f")
        }
        let right = "profile = {name='a',summary='b',extends='c'}"
        let profile = try ProfileReader.read(bytes: Array(right.utf8), path: "f").profile
        // printf %s "…" | sha256sum
        #expect(profile.digest.count == 64)
    }

    /// Every way of TOML to write the same table; the last column is where the value of `why` stands.
    @Test(arguments: [
        ("[[setting]]\nkey='net.core.somaxconn'\nvalue=1\nwhy=7", "7:5"),
        ("[[ setting ]] # [[x]]\n'key'='net.core.somaxconn'\nvalue=1\n  \"why\" = 7", "7:11"),
        ("[['setting']]\r\nkey='net.core.somaxconn'\r\nvalue=1\r\nwhy\t=\t7\r\n", "7:7"),
        ("[[\"set\\u0074ing\"]]\nkey='net.core.somaxconn'\nvalue=1\n\"w\\x68y\"=7", "7:1"),
        (
            "[[setting]]\nrisk='''\n[[setting]]\nwhy = \"x\"\n''''\nkey='net.core.somaxconn'\nvalue=1\nwhy=7",
            "11:5"
        ),
        (
            "[[setting]]\nrisk=\"\"\"\\\n  \\\"\"\" why = 3 \"\" \"\"\"\"\nkey='net.core.somaxconn'\nvalue=1\nwhy=7",
            "9:5"
        ),
        ("[[setting]]\nkey='net.core.somaxconn'\nvalue=1\nrisk='ünï # \"'\nwhy=7", "8:5"),
        ("[[setting]]\nkey='net.core.somaxconn'\nvalue=1\nrisk='ünï'\nwhy=  {a=1}", "8:7"),
        ("[[setting]]\nkey='net.core.somaxconn'\nvalue=1\nwhy.a.b = 7", "7:1"),
        ("[[setting]]\nkey='net.core.somaxconn'\nvalue=1\n[setting.why]\na=2", "7:1"),
        ("[[setting]]\nkey='net.core.somaxconn'\nvalue=1\nwhy=1979-05-27 07:32:00 # x", "7:5"),
    ])
    func `is told the place of, however it is written`(text: String, place: String) throws {
        let head = "[profile]\nname='x'\nsummary='s'\n".dropLast()
        let problems = `A mistake in a profile`.problems(head + "\n" + text)
        guard !text.contains("\\x68") else {
            // TOML 1.1 only: this parser refuses it, and says where.
            #expect(problems.count == 1)
            return
        }
        #expect(
            problems.contains { $0.hasPrefix(place + ": 'why' must be a string in quotes") },
            "\(problems)")
    }

    @Test func `with a byte order mark is read, and its first line begins at column 1`() {
        let bytes: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("x = 1".utf8)
        #expect(
            `A mistake in a profile`.problems(bytes).contains(
                "1:1: unknown key 'x' in the profile; there are profile, setting"))
    }
}
