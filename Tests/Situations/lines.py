"""What is asked of `explain`, on a host where it happens or does not."""

from situation import *

SUBJECT = "Asked about a message, or for a profile"
GITHUB = "https://github.com/"
FULL = (port_range("a", 40000, 40999), act("b", "serve", port=6379),
        act("a", "clients", "held", address="10.66.0.2", port=6379, count=5, name="php-fpm"),
        act("a", "churn", address="10.66.0.2", port=6379, count=1100, stop=1, name="php-fpm"))
EMPTY = r"none of the causes|nothing (is )?wrong|none on this host"

SITUATIONS = [
    Situation(
        "asked-eaddrnotavail", "EADDRNOTAVAIL, on the host whose ports are used up", GITHUB + "nodejs/node-v0.x-archive/issues/6833",
        "1 000 of 1 000 ports in TIME_WAIT", "pair", FULL, (gets("a", "EADDRNOTAVAIL", address="10.66.0.2", port=6379),),
        (prints(r"10\.66\.0\.2:6379", "the destination"), prints_not(EMPTY, "that nothing is found")), command="explain EADDRNOTAVAIL", ci=True),
    Situation(
        "asked-eaddrnotavail-bound", "The same where bound sockets hold every port", "own", "2 000 of 2 000 ports bound", "one",
        (port_range("a", 40000, 41999), act("a", "bound", count=2100, name="leaky-agent")), (saw("bound", "EADDRINUSE"),),
        (prints(r"2.?000.{0,120}bound|bound.{0,120}2.?000|leaky-agent", "2 000 bound sockets hold them"), prints_not(EMPTY, "that nothing is found")), command="explain EADDRNOTAVAIL"),
    Situation(
        "asked-bound-inactive", "A state that only some kernels show", "own", "300 bound, idle sockets", "one",
        (act("a", "bound", count=300),), (fact("bound", "bound", 300),),
        (prints("300", "300 of them"), prints_not("none on this host|nothing wrong", "none on this host")), command="explain BOUND_INACTIVE"),
    Situation(
        "asked-go-line", "A Go program's line, with the address it could not reach", GITHUB + "imroc/req/issues/342",
        "1 000 of 1 000 ports in TIME_WAIT", "pair", FULL, (gets("a", "EADDRNOTAVAIL", address="10.66.0.2", port=6379),),
        (prints(r"10\.66\.0\.2:6379.{0,400}(1.?000|100 %|used|no port)", "its ports are used up"), prints_not(EMPTY, "that nothing is found")),
        command="explain 'dial tcp 10.66.0.2:6379: connect: cannot assign requested address'"),
    Situation(
        "asked-healthy", "EADDRNOTAVAIL, on a host where nothing of the kind is", "own", "one listener, ten connections", "pair",
        (act("a", "serve", port=80, mode="keep"), act("b", "clients", address="10.66.0.1", count=10)), (shows("a", ESTABLISHED=10),),
        (prints_not(r"\[found[^\]]*\]", "[found]"),), command="explain EADDRNOTAVAIL"),
    Situation(
        "asked-fin-wait2", "FIN_WAIT2, on the host whose program holds them", GITHUB + "farhadi/node-smpp/issues/205",
        "150 sockets after shutdown(), held by the program", "pair",
        (act("a", "stuck", "server", port=80, accept=150, then="shut", name="node"),
         act("b", "clients", address="10.66.0.1", count=150), wait(0.3), go("server"), wait(0.3)),
        (shows("a", FIN_WAIT2=150),), (prints("150", "150 of them"), prints_not("nothing wrong", "nothing wrong")), command="explain FIN_WAIT2"),
    Situation(
        "asked-three", "Three things at once", "own", "nothing is wrong", "one", (), (),
        (prints("ListenOverflows", "ListenOverflows"), prints("ECONNREFUSED", "ECONNREFUSED"), prints("tcp_tw_reuse", "tcp_tw_reuse")),
        command="explain ListenOverflows ECONNREFUSED net.ipv4.tcp_tw_reuse"),
    Situation(
        "asked-restart", "A server ended; the new one cannot bind its port for a minute", GITHUB + "OpenIdentityPlatform/OpenDJ/issues/728",
        "60 TIME_WAIT of port 8080, nobody listens", "one",
        (act("a", "serve", port=8080, mode="first"),
         act("a", "churn", address="127.0.0.1", port=8080, count=60, peer=1), end("serve")),
        (gets("a", "EADDRINUSE", bind="0.0.0.0", port=8080),),
        (prints("8080.{0,300}TIME_WAIT|TIME_WAIT.{0,300}8080", "TIME_WAIT of the old one holds 8080"), prints("SO_REUSEADDR", "SO_REUSEADDR")),
        command="explain 'bind(0.0.0.0:8080): Address already in use'"),
    Situation(
        "asked-redis-backlog", "Redis warns that its backlog cannot be enforced", GITHUB + "MISP/MISP/issues/9459", "somaxconn 128, listen(511)", "one",
        (sysctl("a", net__core__somaxconn=128), act("a", "serve", port=6379, backlog=511, name="redis-server")), (shows("a", LISTEN=1),),
        (prints("net.core.somaxconn", "net.core.somaxconn"), prints("128", "its value here"), prints_not("tcp_max_syn_backlog (=|to)", "tcp_max_syn_backlog")),
        command="explain 'WARNING: The TCP backlog setting of 511 cannot be enforced because /proc/sys/net/core/somaxconn is set to the lower value of 128.'"),
    Situation(
        "asked-conntrack-elsewhere", "“table full”, on a host whose table is nearly empty", GITHUB + "NordSecurity/nordvpn-linux/issues/36",
        "no entry is tracked", "one", (), (), (prints_not(r"\[found[^\]]*\]", "[found]"), prints("nf_conntrack_max", "nf_conntrack_max")),
        command="explain 'nf_conntrack: nf_conntrack: table full, dropping packet'"),
    Situation(
        "asked-haproxy-no-ports", "HAProxy's line, on the host whose ports to the backend are used up", "own", "1 000 of 1 000 ports in TIME_WAIT", "pair",
        FULL, (gets("a", "EADDRNOTAVAIL", address="10.66.0.2", port=6379),),
        (prints(r"10\.66\.0\.2:6379", "the destination"), prints_not(EMPTY, "that nothing is found")),
        command="explain 'Connect() failed for backend app: no free ports.'"),
    Situation(
        "asked-envoy-underscores", "Envoy's response details, with underscores for blanks", GITHUB + "cilium/cilium/issues/36427",
        "1 000 of 1 000 ports in TIME_WAIT", "pair", FULL, (gets("a", "EADDRNOTAVAIL", address="10.66.0.2", port=6379),),
        (prints("EADDRNOTAVAIL|no free local port", "EADDRNOTAVAIL"), prints_not(EMPTY, "that nothing is found")),
        command="explain 'upstream_reset_before_response_started{{remote_connection_failure,immediate_connect_error:_Cannot_assign_requested_address}}'"),
    Situation(
        "asked-orphans", "“too many orphaned sockets”, on a host that has a handful", GITHUB + "PurpleI2P/i2pd/issues/825",
        "nothing is wrong", "one", (), (), (prints("tcp_max_orphans", "tcp_max_orphans"), prints_not(r"\[found[^\]]*\]", "[found]")),
        command="explain 'TCP: too many orphaned sockets'"),
    Situation(
        "recommended-for-time-wait", "Which profile helps a web server with 1 500 TIME_WAIT? None", "own", "1 500 connections closed by the server", "pair",
        (act("a", "serve", port=80, mode="first", name="nginx"),
         act("b", "churn", address="10.66.0.1", count=1500, peer=1), wait(0.3)),
        (shows("a", TIME_WAIT=(1450, 1500)),), (prints_not("outbound-reuse", "outbound-reuse"),), command="profile recommend"),
    Situation(
        "recommended-for-dead-acceptor", "Which profile helps a server that accepts nobody? None", "own", "backlog 100, 3 accepted, 98 wait", "pair",
        (act("a", "stuck", port=80, backlog=100, accept=3, name="java"),
         act("b", "clients", address="10.66.0.1", count=101, pause=0.5, leave=83), wait(0.3)),
        (waiting("a", 80, (90, 101)),), (prints_not(r"web-server", "web-server"),), command="profile recommend --interval 2s"),
]
