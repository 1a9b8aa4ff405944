import Model
import Testing
import Tuning

@Suite struct `A profile that is taken` {
    @Test(
        arguments: [
            ("net.ipv4.tcp_fin_timeout", "60", nil),
            (
                "net.ipv4.tcp_fin_timeout", "61",
                "warning: 61 makes FIN_WAIT2 shorter than 60 does: above 60 the wait is twice the part above 60, here 2 s"
            ),
            (
                "net.ipv4.tcp_fin_timeout", "89",
                "warning: 89 makes FIN_WAIT2 shorter than 60 does: above 60 the wait is twice the part above 60, here 58 s"
            ),
            ("net.ipv4.tcp_fin_timeout", "90", nil),
            (
                "net.ipv4.tcp_tw_reuse", "1",
                "warning: reuse needs timestamps; add: requires = [\"net.ipv4.tcp_timestamps != 0\"]"
            ),
            ("net.ipv4.tcp_tw_reuse", "2", nil),
            (
                "net.ipv4.tcp_timestamps", "0",
                "warning: 0 silently switches tcp_tw_reuse and PAWS off"
            ),
            (
                "net.ipv4.tcp_syncookies", "0",
                "warning: with 0, a small SYN flood locks clients out"
            ),
            (
                "net.ipv4.tcp_abort_on_overflow", "1",
                "warning: after a burst, clients see errors that a retry would have hidden"
            ),
            ("net.ipv4.ip_local_port_range", "[10000, 60999]", nil),
            (
                "net.ipv4.ip_local_port_range", "[1024, 65000]",
                "warning: services use ports near the low end, 1024: list in net.ipv4.ip_local_reserved_ports every port on which a program may listen here"
            ),
            (
                "net.ipv4.tcp_max_syn_backlog", "8192",
                "warning: it does not do what it is often set for: It is the size of the SYN queue. In fact: the listener's backlog is; this counts only without SYN cookies."
            ),
            ("net.ipv4.tcp_max_tw_buckets", "-1", nil),
            ("net.ipv4.tcp_max_tw_buckets", "262144", nil),
            (
                "net.ipv4.tcp_low_latency", "1",
                "warning: net.ipv4.tcp_low_latency does nothing since Linux 4.14: It chose between latency and throughput while TCP had a prequeue."
            ),
            (
                "net.ipv4.tcp_tw_timeout", "30",
                "warning: only Alibaba Cloud Linux has net.ipv4.tcp_tw_timeout; on other kernels tcptune skips it"
            ),
            (
                "fs.nr_open", "2097152",
                "note: fs.nr_open has one value for the whole host, containers included; tcptune cannot test it in a namespace"
            ),
        ] as [(String, String, String?)])
    func `is warned of what it may not expect`(key: String, value: String, said: String?) throws {
        let problems = try Self.warnings(
            "[[setting]]\nkey = \"\(key)\"\nvalue = \(value)\nwhy = \"w\"", path: "x.toml")
        let place = key == "fs.nr_open" || said?.contains("since") == true ? "5:7" : "6:9"
        let onKey = ["net.ipv4.tcp_max_syn_backlog", "net.ipv4.tcp_tw_timeout"].contains(key)
        let expected = said.map { ["x.toml:\(onKey ? "5:7" : place): \($0)"] } ?? []
        #expect(
            problems.filter { said?.hasPrefix("note") == true || !$0.contains(": note: ") }
                == expected)
    }

    @Test func `by another name than its file's is warned`() throws {
        let text = "[[setting]]\nkey = \"net.core.somaxconn\"\nvalue = 1\nwhy = \"w\""
        #expect(
            try Self.warnings(text, path: "/p/y.toml") == [
                "/p/y.toml:2:8: warning: the file is named y.toml: tcptune finds it by that name, not by 'x'"
            ])
    }

    private static func warnings(_ text: String, path: String) throws -> [String] {
        let reading = try ProfileReader.read(
            bytes: Array((`A mistake in a profile`.head + text).utf8), path: path)
        return ProfileWarnings.of(reading.profile, reading: reading).map(\.description)
    }
}
