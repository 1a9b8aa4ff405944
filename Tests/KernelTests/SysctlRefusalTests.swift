import Model
import ScratchFiles
import Testing

@testable import Kernel

/// What a survey finds beside the order of files: refused values, other programs, keys without a file.
@Suite struct `What stands in the way of a boot-time line` {
    private func survey(
        under scratch: SysctlScratch, _ keys: [String], takes: (String, String, String?) -> Bool
    ) -> SysctlSurvey {
        SysctlSurvey(keys: keys, root: Root(path: scratch.path), takes: takes)
    }

    @Test func `leaves what an earlier line set where the last is refused, for procps`() throws {
        let scratch = try SysctlScratch()
        try scratch.directory("/run")
        try scratch.write("/proc/sys/net/ipv4/tcp_keepalive_time", "7200\n")
        try scratch.write(
            "/etc/sysctl.d/9.conf",
            "net.ipv4.tcp_keepalive_time = 30\nnet.ipv4.tcp_keepalive_time = 60s\n")
        let survey = self.survey(under: scratch, ["net.ipv4.tcp_keepalive_time"]) { _, text, _ in
            text != "60s"
        }
        let boot = try #require(survey.settings[0].boot)
        #expect(boot.rule == .procps && boot.procps?.value == "30")
        #expect(boot.systemd?.value == "60s" && boot.shadowed.map(\.value) == ["60s"])
    }

    @Test func `names a congestion control that the kernel does not have`() throws {
        let scratch = try SysctlScratch()
        let key = "net.ipv4.tcp_congestion_control"
        try scratch.write("/proc/sys/net/ipv4/tcp_congestion_control", "cubic\n")
        try scratch.write("/proc/sys/net/ipv4/tcp_available_congestion_control", "reno cubic\n")
        try scratch.write("/proc/sys/kernel/osrelease", "6.8.0\n")
        try scratch.write("/etc/sysctl.d/1.conf", "\(key) = htcp\n")
        func words() -> [String]? {
            survey(under: scratch, [key]) { _, _, _ in true }.settings[0].boot?.unavailable
        }
        // Without the modules of the captured host nothing is known.
        #expect(words() == nil)
        try scratch.write("/lib/modules/6.8.0/modules.builtin", "kernel/net/ipv4/tcp_bbr.ko\n")
        try scratch.write("/lib/modules/6.8.0/modules.dep", "kernel/net/ipv4/tcp_dctcp.ko.zst:\n")
        #expect(words() == ["htcp"])
        for there in ["reno", "bbr", "dctcp"] {
            try scratch.write("/etc/sysctl.d/1.conf", "\(key) = \(there)\n")
            #expect(words() == [], "\(there)")
        }
    }

    @Test func `is also what tuned, ufw and the kernel's command line set`() throws {
        let scratch = try SysctlScratch()
        let keys = ["net.core.somaxconn", "net.ipv4.tcp_sack", "net.ipv4.tcp_ecn"]
        for key in keys { try scratch.write(try #require(SysctlKey(key)).file, "1\n") }
        try scratch.write("/etc/tuned/active_profile", "served\n")
        try scratch.write(
            "/usr/lib/tuned/base/tuned.conf",
            "[sysctl]\nnet.core.somaxconn=>1024\nnet/ipv4/tcp_ecn=2\n")
        try scratch.write(
            "/etc/tuned/served/tuned.conf",
            "[main]\ninclude=base\n[vm]\ndirty=1\n[more]\ntype=sysctl\nnet.core.somaxconn = 2048\n")
        try scratch.write("/etc/ufw/sysctl.conf", "# x\nnet/ipv4/tcp_sack=0\n")
        try scratch.write(
            "/proc/cmdline", "quiet sysctl.net.ipv4.tcp_ecn=1 -- sysctl.net.core.somaxconn=7\n")
        let survey = self.survey(under: scratch, keys) { _, _, _ in true }
        let others = survey.settings.map { $0.boot?.others ?? [] }
        #expect(others[0].map(\.assignment.value) == ["2048"])
        #expect(others[0].map(\.assignment.place) == ["/etc/tuned/served/tuned.conf:7"])
        #expect(others[1].map(\.program) == [.ufw])
        #expect(others[2].map(\.program) == [.kernelCommandLine, .tuned])
        #expect(survey.settings.allSatisfy { $0.boot?.winner == nil })
        try scratch.write("/etc/ufw/ufw.conf", "ENABLED=no\n")
        let without = self.survey(under: scratch, keys) { _, _, _ in true }
        #expect(without.settings[1].boot == nil)
    }

    @Test func `asks the file system whether a key exists`() throws {
        let scratch = try SysctlScratch()
        try scratch.directory("/run")
        let lines = [
            "net.ipv4.tcp_nodelay=1", "net.ipv4.icmp_echo_ignore_all=1",
            "net.ipv4.conf.eth7.rp_filter=1", "net.ipv4.conf.eth0.rp_filer=1",
            "net.netfilter.nf_conntrack_helper=1", "net.bridge.bridge-nf-call-iptables=1",
            "net.inet.tcp.msl=1", "net.ipv4_timestamps=1",
        ]
        try scratch.write("/etc/sysctl.d/1.conf", lines.joined(separator: "\n"))
        func exists() -> [Bool?] {
            survey(under: scratch, []) { _, _, _ in true }.stray.map(\.keyExists)
        }
        try scratch.write("/proc/sys/net/ipv4/icmp_echo_ignore_all", "0\n")
        // A tree that holds but a few files tells nothing of what it lacks.
        #expect(exists() == [nil, true, nil, nil, nil, nil, nil, nil])
        for number in 0..<70 { try scratch.write("/proc/sys/net/ipv4/x\(number)", "0\n") }
        try scratch.write("/proc/sys/net/ipv4/tcp_mem", "1\t2\t3\n")
        for interface in ["default", "eth0"] {
            try scratch.write("/proc/sys/net/ipv4/conf/\(interface)/rp_filter", "0\n")
        }
        #expect(exists() == [false, true, nil, false, nil, nil, false, false])
    }

    @Test func `tells a missing = and a byte-order mark`() throws {
        let scratch = try SysctlScratch()
        for (name, text) in [
            ("1", "net.ipv4.tcp_sack\n"), ("2", "\u{FEFF}net.ipv4.tcp_fin_timeout = 31\n"),
            ("3", "\u{FEFF}# net.ipv4 is below\nnet.core.somaxconn=1\n"),
        ] {
            try scratch.write("/etc/sysctl.d/\(name).conf", text)
        }
        let survey = self.survey(under: scratch, ["net.core.somaxconn"]) { _, _, _ in true }
        #expect(survey.stray.map(\.fault) == [.noEquals, .byteOrderMark])
        #expect(survey.stray.map(\.key) == ["net.ipv4.tcp_sack", "net.ipv4.tcp_fin_timeout"])
    }
}
