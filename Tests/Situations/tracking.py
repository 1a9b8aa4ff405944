"""Connection tracking and NAT."""

from situation import *

SUBJECT = "Connection tracking and NAT"
GITHUB = "https://github.com/"
CLIENTS = ("table ip nat { chain post { type nat hook postrouting priority srcnat; "
           "ip saddr 10.66.0.0/16 tcp dport 443 snat to 10.67.0.254:%s; }; }")



def tracked(at, *names):
    """One of these counters of connection tracking is not 0."""

    def truth(ground):
        head, *rows = (line.split() for line in ground.run(at, "cat", "/proc/net/stat/nf_conntrack")[1].splitlines())
        found = {name: sum(int(row[head.index(name)], 16) for row in rows) for name in names}
        return None if any(found.values()) else "nothing was dropped: %s" % found

    return truth


def filled(share):
    """The table is full to this share."""

    def truth(ground):
        count, limit = (ground.facts["conntrack"][name] for name in ("count", "limit"))
        return None if count >= share * limit else "%d of %d entries" % (count, limit)

    return truth


SITUATIONS = [
    Situation(
        "conntrack-full", "“nf_conntrack: table full, dropping packet”: health checks fail, pods restart",
        GITHUB + "kubernetes/kubernetes/issues/71261", "as many entries as the table holds, and more packets", "scene",
        (scene("conntrack", "--fill", "1", "--per-second", "100"), wait(0.3)),
        (filled(0.98),),
        (finds("conntrack-near-full|conntrack-dropping", "critical"), calm_not()), command="audit --interval 2s", alone=True, needs="conntrack"),
    Situation(
        "conntrack-udp", "DNS queries fill the table: it is UDP, and TCP's TIME_WAIT has no part in it",
        GITHUB + "cilium/cilium/issues/13686", "a table of UDP entries, 95 % full", "scene",
        (scene("conntrack", "--fill", "0.95"),),
        (filled(0.9),),
        (finds("conntrack-near-full", "warning+"), calm_not(), never("conntrack-timewait-longer"),
         never("conntrack-near-full", remedies="tcp_timeout_(time_wait|established)", words="shorter TCP timeouts")),
        alone=True, needs="conntrack"),
    Situation(
        "snat-exhausted", "Pods' connections through one SNAT address time out; the table is nearly empty",
        GITHUB + "kubernetes-sigs/ip-masq-agent/issues/51", "SNAT to 50 ports, 50 in use, more clients try", "three",
        (nft("c", CLIENTS % "40000-40049"), act("b", "serve", port=443, mode="keep"),
         act("a", "clients", address="10.67.0.2", port=443, count=50, name="pod"),
         act("a", "clients", "late", address="10.67.0.2", port=443, count=40, **{"async": 1}), wait(1.5)),
        (tracked("c", "insert_failed", "drop"),),
        (finds("conntrack-dropping", "notice+"), calm_not(),
         finds("conntrack-dropping", text="source (address|port)|SNAT|NAT|translat", words="ports of the translation ran out"),
         never("conntrack-dropping", remedy="nf_conntrack_max", words="a larger table first"),
         better(finds("conntrack-dropping", remedies="random-fully|fully-random|more (source )?(addresses|ports)", words="more source addresses or ports"))),
        at="c"),
    Situation(
        "snat-healthy", "A NAT gateway with 200 connections and ports to spare", "own", "masquerade, 200 connections", "three",
        (nft("c", "table ip nat { chain post { type nat hook postrouting priority srcnat; oifname \"to-b\" masquerade; }; }"),
         act("b", "serve", port=443, mode="keep"), act("a", "clients", address="10.67.0.2", port=443, count=200)),
        (shows("a", ESTABLISHED=200),), (silent("conntrack-timewait-longer"),), at="c"),
]
