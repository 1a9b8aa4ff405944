import FoundationEssentials
import Glibc
import Model
import ScratchFiles
import Testing

@testable import Kernel

/// The rules that were measured with systemd 252 and procps 4.0.2, one by one.
@Suite struct `What boot sets` {
    private static let keys = [
        "net.core.somaxconn", "net.ipv4.tcp_fin_timeout", "net.ipv4.conf.all.rp_filter",
        "net.ipv4.conf.eth0/100.rp_filter", "net.ipv4.absent",
    ]

    /// A root with those files, `-> target` for a link, and the keys but the absent one.
    private func survey(
        _ files: [String: String], rule: BootSetting.Rule = .systemd
    ) throws -> (Survey, SysctlScratch) {
        let scratch = try SysctlScratch()
        for name in Self.keys.dropLast() {
            try scratch.write(try #require(SysctlKey(name)).file, "0\n")
        }
        try scratch.directory(rule == .systemd ? "/run/systemd/system" : "/run")
        for (name, text) in files {
            if text.hasPrefix("-> ") {
                try scratch.link(name, to: String(text.dropFirst(3)))
            } else {
                try scratch.write(name, text)
            }
        }
        let (settings, stray, unseen) = SysctlSurvey.settings(
            keys: Self.keys, root: Root(path: scratch.path))
        return (Survey(settings: settings, stray: stray, unseen: unseen), scratch)
    }

    private struct Survey {
        var settings: [Setting]
        var stray: [StrayAssignment]
        var unseen: [Unseen]

        func boot(_ key: String) -> BootSetting? { settings.first { $0.key == key }?.boot }
        /// What systemd-sysctl and procps set, and which lines lose.
        func places(_ key: String) -> [String?] {
            guard let boot = boot(key) else { return [] }
            return [boot.systemd?.place, boot.procps?.place]
        }
    }

    private let backlog = "net.core.somaxconn"
    private let filter = "net.ipv4.conf.all.rp_filter"
    private let vlan = "net.ipv4.conf.eth0/100.rp_filter"

    @Test func `is the last file by its own name, whatever its directory`() throws {
        let (survey, _) = try survey([
            "/usr/lib/sysctl.d/90-b.conf": "net.core.somaxconn=1\n",
            "/etc/sysctl.d/10-a.conf": "net.core.somaxconn=2\n",
        ])
        let boot = try #require(survey.boot(backlog))
        #expect(boot.winner?.place == "/usr/lib/sysctl.d/90-b.conf:1")
        #expect(boot.procps == boot.systemd)
        #expect(boot.shadowed.map(\.place) == ["/etc/sysctl.d/10-a.conf:1"])
        #expect(survey.boot("net.ipv4.tcp_fin_timeout") == nil)
    }

    @Test func `is not what a masked file says`() throws {
        let (survey, _) = try survey([
            "/etc/sysctl.d/50.conf": "# nothing\n",
            "/run/sysctl.d/50.conf": "net.core.somaxconn=1\n",
            "/usr/lib/sysctl.d/60.conf": "net.core.somaxconn=2\nnet.ipv4.tcp_tw_recycle=1\n",
            "/usr/local/lib/sysctl.d/60.conf": "-> /dev/null",
        ])
        let boot = try #require(survey.boot(backlog))
        #expect(boot.systemd == nil && boot.procps == nil)
        #expect(
            boot.shadowed.map(\.place) == [
                "/run/sysctl.d/50.conf:1", "/usr/lib/sysctl.d/60.conf:1",
            ])
        #expect(survey.stray.isEmpty)
        #expect(survey.unseen.isEmpty)
    }

    @Test(arguments: [BootSetting.Rule.systemd, .procps])
    func `differs where sysctl.conf is linked and a later file follows`(
        rule: BootSetting.Rule
    ) throws {
        let (survey, _) = try survey(
            [
                "/etc/sysctl.conf": "\nnet.core.somaxconn=32\n",
                "/etc/sysctl.d/99-sysctl.conf": "-> ../sysctl.conf",
                "/etc/sysctl.d/99-z.conf": "net.core.somaxconn=31\n",
            ], rule: rule)
        let boot = try #require(survey.boot(backlog))
        #expect(boot.systemd?.value == "31" && boot.procps?.value == "32")
        #expect(boot.rule == rule)
        // The linked file is cited by the name under which one edits it, and once.
        let (winner, loser) = ("/etc/sysctl.conf:2", "/etc/sysctl.d/99-z.conf:1")
        #expect(boot.winner?.place == (rule == .procps ? winner : loser))
        #expect(Set(boot.shadowed.map(\.place)) == [rule == .procps ? loser : winner])
    }

    @Test func `is not what an unlinked sysctl.conf says, for systemd`() throws {
        let (survey, _) = try survey(["/etc/sysctl.conf": "net.core.somaxconn=32\n"])
        #expect(survey.places(backlog) == [nil, "/etc/sysctl.conf:1"])
        #expect(survey.boot(backlog)?.shadowed.map(\.value) == ["32"])
    }

    @Test func `comes from each directory once, where lib is a link`() throws {
        let (survey, _) = try survey([
            "/usr/lib/sysctl.d/50.conf": "net.core.somaxconn=1\nnet.core.somaxconn=2\n",
            "/lib": "-> usr/lib",
        ])
        #expect(survey.places(backlog) == Array(repeating: "/usr/lib/sysctl.d/50.conf:2", count: 2))
        #expect(survey.boot(backlog)?.shadowed.map(\.line) == [1])
    }

    @Test func `is nothing of files with another ending, and hidden ones are for procps`() throws {
        let (survey, _) = try survey([
            "/etc/sysctl.d/README": "net.core.somaxconn=1\n",
            "/etc/sysctl.d/50.conf.bak": "net.core.somaxconn=2\n",
            "/etc/sysctl.d/.50.conf": "net.core.somaxconn=3\n",
        ])
        #expect(survey.places(backlog) == [nil, "/etc/sysctl.d/.50.conf:1"])
    }

    @Test func `by a pattern gives way to an explicit key, whatever their order`() throws {
        let (survey, _) = try survey([
            "/etc/sysctl.d/10.conf": "net.ipv4.conf.all.rp_filter=1\n",
            "/etc/sysctl.d/20.conf": "net.ipv4.conf.*.rp_filter=2\nnet.core.nothing*=1\n",
        ])
        #expect(survey.places(filter) == Array(repeating: "/etc/sysctl.d/10.conf:1", count: 2))
        #expect(survey.boot(filter)?.shadowed.map(\.place) == ["/etc/sysctl.d/20.conf:1"])
        #expect(survey.places(vlan) == Array(repeating: "/etc/sysctl.d/20.conf:1", count: 2))
        #expect(survey.stray.map(\.key) == ["net.core.nothing*"])
    }

    @Test func `by a pattern leaves out an excluded key`() throws {
        let (survey, _) = try survey([
            "/etc/sysctl.d/20.conf":
                "net.ipv4.conf.*.rp_filter=2\n-net.ipv4.conf.eth0/100.rp_filter\n"
        ])
        #expect(survey.places(filter) == Array(repeating: "/etc/sysctl.d/20.conf:1", count: 2))
        #expect(survey.places(vlan) == [nil, nil])
    }

    @Test func `is taken back by an exclusion, for systemd`() throws {
        let (survey, _) = try survey([
            "/etc/sysctl.d/20.conf": "net.core.somaxconn=1\n-net.core.somaxconn\n"
        ])
        #expect(survey.places(backlog) == [nil, "/etc/sysctl.d/20.conf:1"])
        #expect(survey.boot(backlog)?.shadowed.map(\.line) == [1])
    }

    @Test func `by a pattern with braces is for systemd only`() throws {
        let (survey, _) = try survey([
            "/etc/sysctl.d/20.conf": "net.ipv4.conf.{all,lo}.rp_filte?=1\n"
        ])
        #expect(survey.places(filter) == ["/etc/sysctl.d/20.conf:1", nil])
    }

    @Test func `by a key with a parent part is for procps only`() throws {
        let (survey, _) = try survey([
            "/etc/sysctl.d/20.conf": "net/ipv4/../core/somaxconn=1\n"
        ])
        #expect(survey.places(backlog) == [nil, "/etc/sysctl.d/20.conf:1"])
    }

    @Test func `keeps its place in the order where a line repeats its value, for systemd`() throws {
        let text = "a.x=1\na.y=1\na.x=1\na.y=2\n"
        func writes(_ program: BootSetting.Rule) -> [String] {
            let lines = SysctlFile.parse(Array(text.utf8), as: program).lines
                .map { BootLine(file: "f", line: $0) }
            return BootSequence.writes(of: lines, by: program, keys: [])
                .map { "\($0.key) \($0.assignment.line)" }
        }
        // The later line is cited: it is the one whose change would count.
        #expect(writes(.systemd) == ["a.x 3", "a.y 4"])
        #expect(writes(.procps) == ["a.x 1", "a.y 2", "a.x 3", "a.y 4"])
    }

    @Test func `by a file named like a pattern is what the pattern finds, for procps`() throws {
        let (survey, _) = try survey([
            "/etc/sysctl.d/[a].conf": "net.core.somaxconn=1\n",
            "/etc/sysctl.d/a.conf": "net.ipv4.tcp_fin_timeout=2\n",
        ])
        #expect(survey.places(backlog) == ["/etc/sysctl.d/[a].conf:1", nil])
        #expect(
            survey.places("net.ipv4.tcp_fin_timeout")
                == Array(repeating: "/etc/sysctl.d/a.conf:1", count: 2))
    }

    @Test func `finds no explicit key in the way of a pattern with doubled slashes, for procps`()
        throws
    {
        let (survey, _) = try survey([
            "/etc/sysctl.d/a.conf":
                "net.ipv4.conf.all.rp_filter=1\nnet//ipv4/conf/*/rp_filter=2\n"
        ])
        #expect(survey.places(filter) == ["/etc/sysctl.d/a.conf:1", "/etc/sysctl.d/a.conf:2"])
    }

    @Test func `may be a key that this kernel does not have`() throws {
        let (survey, _) = try survey(["/etc/sysctl.d/20.conf": "-net.ipv4.absent = 1\n"])
        let setting = try #require(survey.settings.last)
        #expect(setting.missing == .absent && setting.value == nil)
        #expect(setting.boot?.winner?.value == "1")
    }

    @Test func `may be unknown, misspelt or unreadable lines about networking`() throws {
        let (survey, _) = try survey([
            "/etc/sysctl.d/20.conf": """
            \u{FEFF}net.core.somaxconn = 1
            net.ipv4.tcp_tw_recycle = 1
            tcp_fin_timeout = 1
            net/core.somaxconn = 1
            net.core.somaxconn 5
            vm.swappiness = 1
            kernel.msgmax = 1
            fs.file-max = 1
            fs.nr_open = 1
            fs.inotify.max_user_watches = 1
            net.nf_conntrack_max = 1
            net.ipv4.tcp_fastopen_key = 0-0-0-1
            dev.net.x = 1
            sunrpc.tcp_slot_table_entries = 1
            -net.ipv4.tcp_nothing
            """
        ])
        #expect(
            survey.stray.map(\.key) == [
                "net.core.somaxconn", "net.ipv4.tcp_tw_recycle", "tcp_fin_timeout",
                "net.core/somaxconn", "net.core.somaxconn 5", "fs.file-max", "fs.nr_open",
                "net.nf_conntrack_max", "net.ipv4.tcp_fastopen_key",
            ])
        // The mark is a fault of the line, not a part of what its author meant.
        #expect(survey.stray.first?.fault == .byteOrderMark)
        #expect(survey.stray.last?.assignment.value == "(not shown)")
        #expect(survey.stray.map(\.assignment.line) == [1, 2, 3, 4, 5, 8, 9, 11, 12])
    }

    @Test func `is unseen where links lead nowhere, and those still mask`() throws {
        let (survey, _) = try survey([
            "/etc/sysctl.d/20.conf": "-> /nonexistent",
            "/etc/sysctl.d/30.conf": "-> 30.conf",
            "/usr/lib/sysctl.d/20.conf": "net.core.somaxconn=1\n",
            "/usr/lib/sysctl.d/30.conf": "net.core.somaxconn=2\n",
        ])
        #expect(survey.places(backlog) == [nil, nil])
        #expect(
            Set(survey.unseen.map(\.what)) == [
                "what /etc/sysctl.d/20.conf sets at boot",
                "what /etc/sysctl.d/30.conf sets at boot",
            ])
    }

    @Test func `follows absolute links inside a captured tree only`() throws {
        let (survey, _) = try survey([
            "/etc/sysctl.d/20.conf": "-> /srv/tuning",
            "/srv/tuning": "net.core.somaxconn=7\n",
            "/etc/sysctl.d/30.conf": "-> ../../../../../../etc/hostname",
        ])
        #expect(survey.places(backlog) == ["/srv/tuning:1", "/srv/tuning:1"])
        #expect(survey.unseen.count == 1)
    }

    @Test func `ignores a directory that is named like a file`() throws {
        let (survey, _) = try survey([
            "/etc/sysctl.d/20.conf/x": "", "/usr/lib/sysctl.d/20.conf": "net.core.somaxconn=1\n",
        ])
        #expect(survey.places(backlog) == [nil, nil])
        #expect(survey.unseen.isEmpty)
    }

    @Test func `says what of a long file was not looked at`() throws {
        let (survey, _) = try survey([
            "/etc/sysctl.d/20.conf": "net.core.somaxconn=1\n"
                + String(repeating: "#\n", count: 1 << 19) + "net.core.somaxconn=2\n"
        ])
        #expect(survey.boot(backlog)?.winner?.value == "1")
        #expect(survey.unseen.map(\.what) == ["the end of /etc/sysctl.d/20.conf"])
    }

    @Test(.enabled(if: geteuid() == 0, "needs root to become somebody who may not read"))
    func `is unseen where files and directories may not be read`() throws {
        let scratch = try SysctlScratch()
        try scratch.write("/etc/sysctl.d/20.conf", "net.core.somaxconn=1\n")
        try scratch.write("/run/sysctl.d/30.conf", "net.core.somaxconn=1\n")
        for name in ["/etc/sysctl.d/20.conf", "/run/sysctl.d"] {
            #expect(unsafe chmod(scratch.path + name, 0) == 0)
        }
        // Files are opened as the user of the thread alone; nothing else of the process changes.
        let nobody: CInt = 65534
        #expect(setFileSystemUser(nobody) == 0)
        let files = BootFiles(root: Root(path: scratch.path))
        #expect(setFileSystemUser(0) == nobody)
        #expect(
            Set(files.unseen.map(\.what)) == [
                "what /etc/sysctl.d/20.conf sets at boot", "the files in /run/sysctl.d",
            ])
        #expect(files.unseen.allSatisfy { $0.why.hasSuffix("Permission denied; run as root") })
    }

    @Test(arguments: [
        (["/run/systemd/system/x"], BootSetting.Rule.systemd), (["/run/x"], .procps), ([], .procps),
        (["/usr/lib/systemd/systemd-sysctl"], .systemd),
        (["/lib/systemd/systemd-sysctl"], .systemd),
        (["/run/x", "/usr/lib/systemd/systemd-sysctl"], .procps),
    ])
    func `goes by the program that the host boots with`(
        files: [String], rule: BootSetting.Rule
    ) throws {
        let scratch = try SysctlScratch()
        for file in files { try scratch.write(file, "") }
        #expect(BootFiles.rule(of: Root(path: scratch.path)) == rule)
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `is the same where only some keys are read`(seed: UInt64) throws {
        let scratch = try SysctlScratch()
        var generator = SysctlTreeGenerator(seed: seed)
        let story = try generator.fill(scratch, under: "")
        for path in SysctlTreeGenerator.keys { try scratch.write("/proc/sys/" + path, "1\n") }
        let root = Root(path: scratch.path)
        let keys = SysctlTreeGenerator.keys.compactMap { SysctlKey(path: $0)?.name } + ["../x"]
        let judged: Set = ["net.core.somaxconn", "net.ipv4.tcp_rmem"]

        let all = SysctlSurvey(keys: keys, root: root)
        let some = SysctlSurvey(keys: keys, judged: judged, root: root)
        #expect(some.stray == all.stray, "\(story)")
        #expect(some.unseen == all.unseen)
        let read = Set(some.settings.map(\.key))
        #expect(some.settings == all.settings.filter { read.contains($0.key) }, "\(story)")
        #expect(read.isSuperset(of: judged))
        let missed = all.settings.filter { $0.boot != nil && !read.contains($0.key) }
        #expect(missed.isEmpty, "\(story)")
    }

    @Test func `leaves out what no file names and nothing judges`() throws {
        let scratch = try SysctlScratch()
        try scratch.write(
            "/etc/sysctl.conf", "net.ipv4.tcp_fin_timeout = 30\nnet.ipv4.tcp_sack* = 0\n")
        let keys = ["tcp_fin_timeout", "tcp_sack", "tcp_dsack", "tcp_rmem", "tcp_wmem"]
            .map { "net.ipv4." + $0 }
        for key in keys.compactMap({ SysctlKey($0) }) { try scratch.write(key.file, "1\n") }
        let survey = SysctlSurvey(
            keys: keys, judged: ["net.ipv4.tcp_rmem"], root: Root(path: scratch.path))
        #expect(survey.settings.map(\.key) == [keys[0], keys[1], keys[3]])
    }

    @Test func `is read from nothing at all without a word`() throws {
        let scratch = try SysctlScratch()
        let survey = SysctlSurvey(
            keys: ["net.core.somaxconn", "../x"], root: Root(path: scratch.path))
        #expect(survey.settings.map(\.missing) == [.absent, .absent])
        #expect(survey.stray.isEmpty && survey.unseen.isEmpty)
    }
}

/// setfsuid(2): of this thread only, and gives the one before.
@_silgen_name("setfsuid") private func setFileSystemUser(_ user: CInt) -> CInt
