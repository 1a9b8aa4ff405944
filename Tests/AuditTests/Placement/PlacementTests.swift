import Model
import Testing

@testable import Audit

@Suite struct `A command that is printed` {
    private func place(
        _ entry: Namespace.Entry?, isInit: Bool? = false, name: String = "web",
        from source: ObservedFrom = .host, host: String = "web-3"
    ) -> Placement {
        Placement(
            namespace: Namespace(inode: 7, name: name, isInit: isInit, entry: entry),
            source: source, host: host)
    }

    @Test(arguments: [
        ("sysctl -w net.ipv4.tcp_rfc1337=0", "ip netns exec web sysctl -w net.ipv4.tcp_rfc1337=0"),
        (
            "sysctl -w net.ipv4.tcp_sack=1 && sysctl -w net.ipv4.ip_local_port_range=\"1024 65535\"",
            "ip netns exec web sysctl -w net.ipv4.tcp_sack=1 && "
                + "ip netns exec web sysctl -w net.ipv4.ip_local_port_range=\"1024 65535\""
        ),
        (
            "ss -tmn | grep -A1 ESTAB | head -40",
            "ip netns exec web ss -tmn | grep -A1 ESTAB | head -40"
        ),
        (
            "ss -K state close-wait 'sport = :80 && dport > :9'",
            "ip netns exec web ss -K state close-wait 'sport = :80 && dport > :9'"
        ),
        (
            "ip -s link; tc -s qdisc; cat /proc/net/softnet_stat",
            "ip netns exec web ip -s link; ip netns exec web tc -s qdisc; "
                + "ip netns exec web cat /proc/net/softnet_stat"
        ),
        (
            "nft add table inet u; nft add chain inet u out '{ type filter hook output; }'",
            "ip netns exec web nft add table inet u; "
                + "ip netns exec web nft add chain inet u out '{ type filter hook output; }'"
        ),
        ("for i in 1 2; do ss -s; done", "ip netns exec web sh -c 'for i in 1 2; do ss -s; done'"),
        (
            "ss -tn dst $(hostname -i) 'sport = :1'",
            "ip netns exec web sh -c 'ss -tn dst $(hostname -i) '\\''sport = :1'\\'''"
        ),
        ("tcptune apply outbound-reuse", "tcptune apply outbound-reuse --netns web"),
        ("tcptune audit --interval 10s", "tcptune audit --interval 10s --netns web"),
        ("tcptune profile recommend", "tcptune profile recommend --netns web"),
        ("tcptune explain ports-slow", "tcptune explain ports-slow --netns web"),
    ])
    func `acts on the namespace that was audited`(_ command: String, _ placed: String) {
        #expect(place(.named("web")).command(command) == placed)
    }

    /// What is no namespace's own: processes, files, the log, and what is one for the host.
    @Test(arguments: [
        "prlimit --pid 9 --nofile=4096:4096", "dmesg | grep 'SYN flooding'", "sysctl --system",
        "ps -eo rss,pid,comm --sort=-rss | head", "rm /etc/modules-load.d/nf_conntrack.conf",
        "sysctl -w net.ipv4.tcp_mem=\"1 2 3\"", "sysctl -w fs.file-max=100000",
        "sysctl -w net.netfilter.nf_conntrack_max=524288", "sysctl -w net.ipv4.tcp_max_orphans=9",
        "sysctl -w net.core.netdev_max_backlog=4000", "tcptune rollback --last",
        "tcptune profile show web-server", "tcptune lab run fin-timeout", "ip netns list",
        "for p in /proc/[0-9]*; do echo \"$(ls $p/fd | wc -l) $p\"; done | sort -rn | head",
    ])
    func `is left as it is where the namespace makes no difference`(_ command: String) {
        #expect(place(.named("web")).command(command) == command)
        #expect(place(.here, isInit: true).command(command) == command)
    }

    @Test func `is typed as it is where tcptune is in the namespace`() {
        let write = "sysctl -w net.ipv4.tcp_tw_reuse=1"
        for entry in [Namespace.Entry.here, nil] {
            #expect(place(entry).command(write) == write)
            #expect(place(entry, isInit: true).command("tcptune audit") == "tcptune audit")
        }
        let hosts = "sysctl -w net.ipv4.tcp_mem=\"1 2 3\""
        #expect(place(.here).command(hosts) == "on the host: " + hosts)
        #expect(place(.here, isInit: nil).command(hosts) == hosts)
    }

    @Test(
        arguments: [
            (.process(814), "nsenter -t 814 -n ss -tan", "tcptune plan x --netns 814"),
            (
                .path("/run/docker/netns/5f"), "nsenter --net=/run/docker/netns/5f ss -tan",
                "tcptune plan x --netns /run/docker/netns/5f"
            ),
            (
                .path("/tmp/a b'c"), "nsenter --net='/tmp/a b'\\''c' ss -tan",
                "tcptune plan x --netns '/tmp/a b'\\''c'"
            ),
            (
                .named("a;reboot"), "ip netns exec 'a;reboot' ss -tan",
                "tcptune plan x --netns 'a;reboot'"
            ),
            (.named("all"), "ip netns exec all ss -tan", "tcptune plan x --netns /run/netns/all"),
            (
                .named("-n"), "nsenter --net=/run/netns/-n ss -tan",
                "tcptune plan x --netns /run/netns/-n"
            ),
        ] as [(Namespace.Entry, String, String)])
    func `enters by what there is, its name in quotes`(
        _ entry: Namespace.Entry, _ ss: String, _ plan: String
    ) {
        #expect(place(entry).command("ss -tan") == ss)
        #expect(place(entry).command("tcptune plan x") == plan)
    }

    @Test func `goes to the initial namespace by its own word`() {
        let placement = place(.process(1), isInit: true, name: "init")
        #expect(placement.command("tcptune plan x") == "tcptune plan x --netns init")
        #expect(placement.command("ss -tan") == "nsenter -t 1 -n ss -tan")
    }

    @Test func `of a snapshot or a tree does not seem to act here`() {
        let snapshot = place(.here, isInit: true, from: .snapshot(file: "/tmp/a b.json"))
        #expect(
            snapshot.command("tcptune explain ports-slow")
                == "tcptune explain ports-slow --from '/tmp/a b.json'")
        for command in [
            "sysctl -w net.ipv4.tcp_tw_reuse=1", "tcptune apply outbound-reuse", "ss -tan | head",
            "tcptune rollback --last", "tcptune audit --interval 2s", "prlimit --pid 9 --nofile=4",
        ] {
            #expect(snapshot.command(command) == "on web-3: " + command)
        }
        #expect(snapshot.command("tcptune profile show x") == "tcptune profile show x")
        let tree = place(.elsewhere, isInit: nil, from: .tree(directory: "/srv/t"), host: "unknown")
        #expect(tree.command("tcptune knobs") == "tcptune knobs --root /srv/t")
        #expect(tree.command("ss -tan") == "on the captured host: ss -tan")
    }

    @Test func `of a snapshot names the namespace on its host, and no host that could be code`() {
        let named = place(.named("web"), from: .snapshot(file: "a.json"), host: "x; reboot")
        #expect(named.command("ss -tan") == "on the captured host: ip netns exec web ss -tan")
        let inside = place(.here, name: "db 7", from: .snapshot(file: "a.json"))
        #expect(inside.command("ss -tan") == "on web-3, in network namespace 'db 7': ss -tan")
        #expect(inside.command("sysctl -w fs.file-max=9") == "on web-3: sysctl -w fs.file-max=9")
    }

    @Test func `is placed in every remedy and every way back of an audit`() throws {
        var scene = Scene()
        scene.now.namespace = Namespace(inode: 9, name: "web", isInit: false, entry: .named("web"))
        scene.set("net.ipv4.tcp_fin_timeout", "20")
        let view = Observation.View(now: scene.now)
        let finding = try #require(
            Assessment(host: scene.host, view: view).findings
                .first { $0.rule == .finTimeoutTrap })
        let remedy = try #require(finding.remedies.first { $0.command != nil })
        #expect(remedy.command == "ip netns exec web sysctl -w net.ipv4.tcp_fin_timeout=60")
        #expect(remedy.undo == "ip netns exec web sysctl -w net.ipv4.tcp_fin_timeout=20")
        // A way back in words stays in words.
        #expect(finding.remedies.first?.undo == "close after each request again")
    }

    @Test func `still names its profile`() {
        for command in [
            "tcptune apply outbound-reuse", "tcptune apply outbound-reuse --netns web",
            "on web-3: tcptune apply outbound-reuse",
        ] { #expect(ShippedProfile.named(in: command) == "outbound-reuse") }
        for command in ["tcptune apply", "sysctl -w a.b=1", ""] {
            #expect(ShippedProfile.named(in: command) == nil)
        }
    }
}
