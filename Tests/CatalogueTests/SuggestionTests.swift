import Testing
import Text

import Model

@testable import Catalogue

@Suite struct `Suggestions` {
    @Test(arguments: [
        ("tcp_fin_timout", "net.ipv4.tcp_fin_timeout"), ("fin_timeout", "net.ipv4.tcp_fin_timeout"),
        ("net.ipv4.tcp_tw_resue", "net.ipv4.tcp_tw_reuse"), ("somaxcon", "net.core.somaxconn"),
        ("/proc/sys/net/core/somaxcomm", "net.core.somaxconn"),
        ("ListenOverflow", "TcpExt.ListenOverflows"), ("TIME_WIAT", "TIME_WAIT"),
        ("CLOSE-WIAT", "CLOSE_WAIT"), ("EADDRNOTAVAI", "EADDRNOTAVAIL"),
        ("port-exhausting", "ports-exhausting"),
    ])
    func `begin with the name that was meant`(text: String, name: String) {
        #expect(
            Topic.suggestions(for: text, among: ["ports-exhausting", "ports-slow"]).first == name)
    }

    @Test func `are three at most, each once`() {
        let names = Topic.suggestions(
            for: "tcp_keepalive", among: ["tcp_keepalive_x", "tcp_keepalive_x"])
        #expect(names.count == 3)
        #expect(Set(names).count == 3)
    }

    @Test(arguments: [
        "", "x", "kubernetes", "qqqqqqqq", String(repeating: "tcp_fin_timeout", count: 9),
    ])
    func `are none where nothing is near`(text: String) {
        #expect(Topic.suggestions(for: text) == [])
    }

    @Test(arguments: [
        ("", "", 0), ("abc", "", 3), ("", "abc", 3), ("abc", "abc", 0), ("abc", "acb", 1),
        ("abcd", "acbd", 1), ("kitten", "sitting", 3), ("ab", "ba", 1), ("abc", "ca", 3),
    ])
    func `count edits as optimal string alignment does`(left: String, right: String, edits: Int) {
        #expect(NearMiss.distance(left, right) == edits)
        #expect(NearMiss.distance(right, left) == edits)
    }
}
