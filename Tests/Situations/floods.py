"""SYN queues: floods, and what is taken for one."""

from situation import *

SUBJECT = "SYN floods, and what looks like one"
GITHUB = "https://github.com/"
LOG = "TCP: request_sock_TCP: Possible SYN flooding on port 8080. Sending cookies."


def real_clients(count, backlog, **words):
    """A few half-open connections fill the SYN queue, and real clients come: each by a cookie that comes back."""
    return (act("a", "serve", "server", port=8080, backlog=backlog, **words),
            addresses("b", "to-a", "10.66.100.%d", 1, backlog + 1),  # of the half-open: nobody resets them
            act("b", "flood", address="10.66.0.1", port=8080, count=backlog + 1), wait(0.2),
            act("b", "clients", address="10.66.0.1", port=8080, count=count, source="10.66.0.2"), wait(0.3))


SITUATIONS = [
    Situation(
        "flood-cookies", "A SYN flood: cookies are sent, none comes back",
        GITHUB + "netdata/netdata/issues/8249", "200 SYN/s from addresses nobody has, backlog 64", "pair",
        (act("a", "serve", port=8080, backlog=64, name="nginx"), act("b", "flood", address="10.66.0.1", port=8080, count=300, rate=200), wait(0.5)),
        (counts("a", "TcpExt", "SyncookiesSent", 100), counts("a", "TcpExt", "SyncookiesRecv", 0, 0)),
        (finds("syn-.*", "warning+", words="a warning on the SYN queue"), calm_not(),
         never("syn-.*", remedy=r"^(?!.*(not help|no help|does not|do not)).*(backlog|somaxconn)", words="a larger backlog first"),
         better(finds("syn-.*", text="flood", words="a flood"))), command="audit --interval 2s"),
    Situation(
        "flood-no-cookies", "ufw switched SYN cookies off, and a flood keeps real clients out",
        GITHUB + "zaphoyd/websocketpp/issues/549", "tcp_syncookies 0, 200 SYN/s, backlog 64", "pair",
        (sysctl("a", net__ipv4__tcp_syncookies=0), act("a", "serve", port=8080, backlog=64, name="nginx"),
         act("b", "flood", address="10.66.0.1", port=8080, count=300, rate=200), wait(0.5)),
        (counts("a", "TcpExt", "ListenDrops", 50), counts("a", "TcpExt", "SyncookiesSent", 0, 0)),
        (finds("syn.*", "warning+", words="a warning on the SYN queue"), calm_not(),
         finds("syn.*", text="tcp_syncookies", words="tcp_syncookies is 0")), command="audit --interval 2s"),
    Situation(
        "flood-of-clients", "The log warns of SYN flooding, and every cookie comes back: the clients are real, the backlog is small",
        GITHUB + "VrayoSystems/vtrunkd/issues/159", "backlog 16 filled by 17 slow clients, then 150 clients that answer", "pair",
        real_clients(150, 16, name="vtrunkd"),
        (unhurt("clients"), counts("a", "TcpExt", "SyncookiesRecv", 100), counts("a", "TcpExt", "SyncookiesSent", 100, 170)),
        (never(text=r"^(?!.*(no|not a|not|without) ).*\bflood\b", severity="notice+", rules="syn-.*", words="that it is a flood"),
         prints(r"valid|came back|real clients", "the cookies came back"))),
    Situation(
        "flood-of-clients-explained", "The line of the kernel's log, asked about on that host",
        GITHUB + "coolsnowwolf/lede/issues/5072", "as above", "pair", real_clients(150, 16, name="vtrunkd"),
        (unhurt("clients"), counts("a", "TcpExt", "SyncookiesRecv", 100), counts("a", "TcpExt", "SyncookiesSent", 100, 170)),
        (prints_not(r"flood[^.\[]{0,120}\[found", "a flood [found]"), prints(r"valid|came back|real clients", "the cookies came back")),
        command="explain '%s'" % LOG),
    Situation(
        "cookies-always", "A hardening guide sets tcp_syncookies 2: cookies are counted on a healthy server", "own",
        "tcp_syncookies 2, 200 clients/s", "pair",
        (sysctl("a", net__ipv4__tcp_syncookies=2), act("a", "serve", port=80, backlog=511, name="nginx"),
         act("b", "churn", address="10.66.0.1", count=3000, rate=200, early=1), wait(0.7)),
        (counts("a", "TcpExt", "TCPReqQFullDoCookies", 50),),
        (never("syn-queue-full"), never(severity="critical"), never("syn-.*", "warning+", words="a warning on the SYN queue")),
        command="audit --interval 2s", ci=True),
    Situation(
        "half-open-few", "Twenty clients of a slow network are half open", "own", "20 SYN_RECV, backlog 511", "pair",
        (act("a", "serve", port=8080, backlog=511), act("b", "flood", address="10.66.0.1", port=8080, count=20), wait(0.2)),
        (shows("a", SYN_RECV=20),), (silent(),)),
    Situation(
        "half-open-one-way", "A firewall loses the SYN-ACKs to one network: its clients time out, and no queue is full", "own",
        "200 clients, SYN-ACKs dropped, backlog 4 096", "pair",
        (act("a", "serve", port=80, name="web"), drop("b", "input", "tcp flags & (syn|ack) == (syn|ack)"),
         act("b", "clients", address="10.66.0.1", port=80, count=200, **{"async": 1}), wait(2.5)),
        (shows("a", SYN_RECV=200),),
        (finds("syn-queue-full", "warning+", subject=":80", text="no answer|lost", words="the SYN-ACKs get no answer"), calm_not(),
         never("syn-queue-full", remedy="backlog", words="a longer backlog")), command="audit --interval 2s"),
]
