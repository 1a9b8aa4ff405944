import Model
import Testing
import Tuning

@Suite struct `A recipe for sysctl.conf` {
    private static let recipe = """
        # the usual
        net.ipv4.tcp_fin_timeout = 30
        net.ipv4.tcp_tw_recycle = 1
        net/ipv4/tcp_tw_reuse = 1
        net.ipv4.tcp_keepalive_time = 0600
        net.ipv4.tcp_syncookies = 1 # yes
        net.ipv4.ip_local_port_range = 1024\t65000
        net.core.somaxconn=65535
        net.ipv4.tcp_rmem = 4096 87380
        net.ipv4.ip_forward = 1
        vm.swappiness = 10
        net.ipv4.tcp_fin_timeout = 15
        garbage
        net.ipv4.conf.*.rp_filter = 1
        net.ipv4.ip_local_reserved_ports = 9000-9010,8080,
        net.ipv4.tcp_congestion_control = bbr
        """

    @Test func `becomes a profile that is taken`() throws {
        let imported = ProfileDraft(Array(Self.recipe.utf8), path: "/etc/sysctl.d/99-tuning.conf")
        #expect(imported.name == "99-tuning")
        let reading = try ProfileReader.read(bytes: Array(imported.text.utf8), path: "x")
        #expect(reading.profile.settings.map(\.key) == imported.taken)
        #expect(
            reading.profile.settings.map(\.wish) == [
                .exact(.text("1")), .exact(.text("384")), .exact(.text("1")),
                .exact(.text("1024 65000")),
                .exact(.text("65535")), .exact(.text("15")), .exact(.text("8080,9000-9010")),
                .exact(.text("bbr")),
            ])
        #expect(reading.profile.requires.map(\.description) == ["net.ipv4.tcp_timestamps != 0"])
        let timeout = try #require(
            reading.profile.settings.first { $0.key == "net.ipv4.tcp_fin_timeout" })
        #expect(timeout.why.contains("Myth: It shortens TIME_WAIT."))
        #expect(timeout.why.contains("line 12 of /etc/sysctl.d/99-tuning.conf"))
    }

    @Test func `leaves out what cannot stand in one, and says why`() {
        let imported = ProfileDraft(Array(Self.recipe.utf8), path: "r")
        #expect(imported.dropped.map(\.line) == [2, 3, 9, 10, 13])
        let reasons = imported.dropped.map(\.reason)
        #expect(reasons[0] == "a later line of the file sets it again and wins")
        #expect(reasons[1].hasPrefix("Linux 4.12 removed net.ipv4.tcp_tw_recycle."))
        #expect(reasons[1].contains("refused clients behind one NAT"))
        #expect(reasons[2].contains("accepts 3 numbers, not 2"))
        for dropped in imported.dropped {
            #expect(imported.text.contains("# line \(dropped.line): \(dropped.key)"))
            #expect(imported.text.contains(dropped.reason))
        }
    }

    @Test func `carries comments over as reasons`() throws {
        let imported = ProfileDraft(
            Array(
                """
                # our balancer forgets idle
                # connections after 350 s
                net.ipv4.tcp_keepalive_time = 300
                net.ipv4.tcp_retries2 = 8 # failover within two minutes

                #net.ipv4.tcp_sack = 0
                net.ipv4.tcp_synack_retries = 3
                ########
                net.ipv4.tcp_fin_timeout = 60
                """.utf8), path: "r")
        let reading = try ProfileReader.read(bytes: Array(imported.text.utf8), path: "x")
        let reasons = reading.profile.settings.map(\.why)
        #expect(reasons[0].hasPrefix("our balancer forgets idle connections after 350 s (line 3"))
        #expect(reasons[1].hasPrefix("failover within two minutes (line 4"))
        #expect(reasons[2].contains("the file gives no reason"))
        #expect(reasons[3].contains("the file gives no reason"))
        #expect(imported.dropped.isEmpty)
    }

    @Test func `carries numbers over as the kernel reads them`() throws {
        let imported = ProfileDraft(
            Array("net.ipv4.tcp_keepalive_time = 0x258\nnet.core.somaxconn = 010\n".utf8),
            path: "r")
        let reading = try ProfileReader.read(bytes: Array(imported.text.utf8), path: "x")
        #expect(
            reading.profile.settings.map(\.wish) == [.exact(.text("600")), .exact(.text("8"))])
        #expect(reading.profile.settings[1].why.contains("octal"))
    }

    @Test func `leaves what is not of TCP to sysctl.d, and says so`() {
        let imported = ProfileDraft(Array(Self.recipe.utf8), path: "r")
        #expect(imported.left.map(\.line) == [11, 14])
        #expect(imported.text.contains("# Left to a sysctl.d file"))
        let other = ProfileDraft(
            Array("net.ipv4.conf.eth0.rp_filter = 1\nnet.core.somaxconn = 9\n".utf8), path: "r")
        #expect(other.left.map(\.key) == ["net.ipv4.conf.eth0.rp_filter"])
    }

    /// Nothing of the file can become a line of the profile.
    @Test(arguments: [
        "net.core.somaxconn = 1\"\nwhy\r = \u{2028}x\u{85}[profile]\u{7f}",
        "net.ipv4.tcp_congestion_control = \"bbr\"\\n\u{1b}[31m",
        "net.core.somaxconn = 5\u{0}\u{0}\n[[setting]]\n\u{FEFF}x = \"\"\"", "\u{FFFD}",
        "net.core.somaxconn = 1\n# x\nnet.core.x\u{2029}y = 1\n",
    ])
    func `of hostile bytes becomes a profile or none`(text: String) throws {
        let imported = ProfileDraft(
            Array(text.utf8), path: "a\n[[setting]]\u{2028}b\".conf", name: nil)
        #expect(ProfileName.isValid(imported.name))
        #expect(!imported.text.unicodeScalars.contains { $0.value == 0x2028 || $0.value == 0x85 })
        if imported.taken.isEmpty { return }
        let reading = try ProfileReader.read(bytes: Array(imported.text.utf8), path: "x")
        #expect(reading.profile.settings.map(\.key) == imported.taken)
    }
}
