"""Hosts that are well: nothing is found."""

from situation import *

SUBJECT = "Healthy hosts"

SITUATIONS = [
    Situation("healthy-fresh", "A namespace just made, without a socket", "own", "nothing", "one", (), (shows("a"),),
              (silent(), prints(r"no (TCP )?sockets?|nothing (is )?open|0 sockets|no outgoing", "what was looked at")), ci=True),
    Situation(
        "healthy-proxy", "A busy proxy that keeps its connections alive on both sides", "own", "200 clients, 200 upstreams, 10 000 requests/s", "pair",
        (act("b", "serve", "upstream", port=8080), act("a", "relay", port=80, upstream="10.66.0.2", to=8080, name="haproxy"),
         act("b", "talk", address="10.66.0.1", port=80, count=200), wait(0.5)),
        (shows("a", ESTABLISHED=400),), (silent(),), command="audit --interval 2s", alone=True, ci=True),
    Situation(
        "healthy-idle-5000", "A server of 5 000 idle connections", "own", "5 000 accepted, none sends", "pair",
        (act("a", "serve", port=1883, mode="keep", name="emqx"), act("b", "clients", address="10.66.0.1", port=1883, count=5000)),
        (shows("a", ESTABLISHED=5000),), (silent(),), command="audit --interval 1s"),
    Situation(
        "healthy-reuseport", "Four SO_REUSEPORT workers at 1 500 connections/s", "own", "4 workers, 1 500 connections/s, clients close first", "pair",
        (*(act("a", "serve", "worker-%d" % number, port=443, backlog=511, reuseport=1, name="nginx") for number in range(4)),
         *(act("b", "churn", "clients-%d" % number, address="10.66.0.1", port=443, count=9000, rate=750, early=1) for number in range(2)), wait(1)),
        (counts("a", "Tcp", "PassiveOpens", 700), counts("a", "TcpExt", "ListenOverflows", 0, 0)), (silent(),),
        command="audit --interval 2s", alone=True),
    Situation(
        "healthy-2000-listeners", "A host of 2 000 small services", "own", "2 000 listeners from port 10000", "one",
        (sysctl("a", net__ipv4__ip_local_reserved_ports="10000-11999"), act("a", "listeners", count=2000)),
        (shows("a", LISTEN=2000),), (silent(),)),
    Situation(
        "healthy-closes-first", "A server that closes first, at 400 connections/s", "https://github.com/haproxy/haproxy/issues/1520",
        "400 connections/s for 5 s, closed by the server", "pair",
        (act("a", "serve", port=80, mode="first", name="nginx"),
         act("b", "churn", address="10.66.0.1", count=4000, rate=400, peer=1, early=1), wait(5)),
        (shows("a", TIME_WAIT=(1500, 3500)),),
        (silent(), better(prints(r"\b(3[4-9]\d|4[0-4]\d)(\.\d+)?( connections)?/s", "that this host closed about 400/s"))), command="audit --interval 2s", alone=True),
    Situation(
        "healthy-peer-closes-first", "A client whose servers close first, at 500 connections/s: it keeps no port", "own",
        "500 connections/s, closed by the peer", "pair",
        (act("b", "serve", port=80, mode="first"),
         act("a", "churn", address="10.66.0.2", count=4000, rate=500, peer=1, early=1, name="worker"), wait(3)),
        (shows("a", TIME_WAIT=(0, 30)),), (silent(),), command="audit --interval 2s", alone=True),
    Situation(
        "healthy-crawler", "A crawler with 20 closed connections to each of 150 hosts", "own", "3 000 TIME_WAIT over 150 destinations", "pair",
        (addresses("b", "to-a", "10.66.2.%d", 10, 150), act("b", "serve", port=443),
         act("a", "churn", address="10.66.2.+", port=443, count=3000, dests=150, name="crawler")),
        (shows("a", TIME_WAIT=(2900, 3000)),), (silent(),), command="audit --interval 1s"),
    Situation(
        "healthy-few-close-wait", "A few connections wait for a program that is about to close them", "own", "8 of 200 in CLOSE_WAIT", "pair",
        (act("a", "serve", port=80, mode="keep"), act("b", "clients", address="10.66.0.1", count=200, pause=0.2, leave=8), wait(0.2)),
        (shows("a", CLOSE_WAIT=8, ESTABLISHED=192),), (silent(),)),
    Situation(
        "healthy-few-retransmits", "A clean path with a lost packet now and then", "own", "20 connections that send, 0.3 % lost", "scene",
        (scene("lossy", "--percent", "0"), wait(0.5)), (), (silent(),), command="audit --interval 2s", alone=True),
    Situation(
        "healthy-mixed", "A database client with 200 pooled connections over IPv4 and IPv6", "own", "100 over each, all used", "pair",
        (act("b", "serve", "six", address="::", port=5432),
         act("a", "talk", "four-clients", address="10.66.0.2", port=5432, count=100, name="app"),
         act("a", "talk", "six-clients", address="fd66::2", port=5432, count=100, name="app"), wait(0.5)),
        (shows("a", ESTABLISHED=200),), (silent(),), command="audit --interval 2s"),
    Situation(
        "healthy-loopback", "An application and its database on one host, 100 requests/s", "own", "100 connections/s over 127.0.0.1, closed by the client", "one",
        (act("a", "serve", port=5432), act("a", "churn", address="127.0.0.1", port=5432, count=2000, rate=100, early=1), wait(3)),
        (shows("a", TIME_WAIT=(200, 900)),), (silent(),), command="audit --interval 2s"),
    Situation(
        "healthy-consumers-paused", "Consumers pause, and their windows stay closed while they do", "own", "60 connections with a closed window", "pair",
        (act("a", "stuck", "server", port=9092, accept=60, then="send", bytes=3000000, name="kafka"),
         act("b", "clients", address="10.66.0.1", port=9092, count=60, receive=4096), wait(0.3), go("server"), wait(3)),
        (shows("a", ESTABLISHED=60),), (silent(),), command="audit --interval 2s"),
]
