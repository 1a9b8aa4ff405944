"""Accept queues: who waits, for whom, how long."""

from situation import *

SUBJECT = "Listeners and accept queues"
GITHUB = "https://github.com/"
# The rules that may say it: a queue that is full or overflowed, and one that nobody empties.
QUEUE = "queue-overflowing|accept-stalled|backlog-limited"
LARGER = r"^(?!.*(does nothing|not help|no help)).*(raise|larger|longer|bigger|increase)[^.;]{0,60}(backlog|queue)|^(?!.*not).*somaxconn"


def server(tag="server", **words):
    return act("a", "stuck", tag, **{"port": 80, **words})


SITUATIONS = [
    Situation(
        "queue-overflowing", "A Node server's 511 places are full; each further client waits seconds for a connection",
        GITHUB + "agentmail-to/agentmail-mcp/pull/46", "backlog 511, 20 accepted, 600 clients", "pair",
        (server(backlog=511, accept=20, name="node"),
         act("b", "clients", address="10.66.0.1", count=620, **{"async": 1}), wait(1.2)),
        (waiting("a", 80, (511, 512)), counts("a", "TcpExt", "ListenOverflows", 1)),
        (finds("queue-overflowing|accept-stalled", "warning+", owner="node", subject=":80", words="queue-overflowing on :80, node"), calm_not(),
         finds("queue-overflowing", text="drop|overflow|turned away", words="connections were dropped")), ci=True),
    Situation(
        "queue-short-application", "lightningd calls listen(5): clients time out, and raising somaxconn changes nothing",
        GITHUB + "ElementsProject/lightning/issues/2378", "backlog 5 of somaxconn 4096, 30 clients", "pair",
        (server(port=9735, backlog=5, name="lightningd"),
         act("b", "clients", address="10.66.0.1", port=9735, count=30, **{"async": 1}), wait(1.2)),
        (waiting("a", 9735, 6), counts("a", "TcpExt", "ListenOverflows", 1)),
        (finds("queue-overflowing|accept-stalled", "warning+", owner="lightningd", words="queue-overflowing, lightningd"),
         never(severity="notice+", remedy=r"somaxconn\s*=|sysctl -w net.core.somaxconn", words="first of all somaxconn"))),
    Situation(
        "queue-short-somaxconn", "In a container somaxconn is 128, whatever the host has: Redis' 511 are cut to 128",
        GITHUB + "docker/for-linux/issues/1068", "somaxconn 128, listen(511), full", "pair",
        (sysctl("a", net__core__somaxconn=128), server(port=6379, backlog=511, name="redis-server"),
         act("b", "clients", address="10.66.0.1", port=6379, count=180, **{"async": 1}), wait(1.2)),
        (waiting("a", 6379, (128, 129)), counts("a", "TcpExt", "ListenOverflows", 1)),
        (finds(QUEUE, "warning+", text="somaxconn", owner="redis-server", words="a finding on :6379 that names somaxconn"), calm_not())),
    Situation(
        "queue-one-place", "A server asks for a queue of one: every second client of a burst waits",
        GITHUB + "dropwizard/dropwizard/pull/2430", "backlog 1, 12 clients", "pair",
        (server(port=8080, backlog=1, name="java"),
         act("b", "clients", address="10.66.0.1", port=8080, count=12, **{"async": 1}), wait(1.2)),
        (waiting("a", 8080, 2), counts("a", "TcpExt", "ListenOverflows", 1)),
        (finds("queue-overflowing|accept-stalled", "warning+", owner="java", words="queue-overflowing, java"), calm_not())),
    Situation(
        "queue-aborting", "Clients get “connection reset by peer” in a burst: tcp_abort_on_overflow is 1",
        GITHUB + "cherrypy/cherrypy/issues/1839", "tcp_abort_on_overflow 1, backlog 8, the server accepts nobody", "pair",
        (sysctl("a", net__ipv4__tcp_abort_on_overflow=1), server(port=8080, backlog=8, name="cheroot"),
         act("b", "clients", address="10.66.0.1", port=8080, count=40, **{"async": 1}), wait(1.2)),
        (waiting("a", 8080, (8, 9)),),
        (finds(".*", "notice+", text="abort_on_overflow", words="that tcp_abort_on_overflow is set"), calm_not(),
         finds("queue-overflowing|accept-stalled", "warning+", words="queue-overflowing"))),
    Situation(
        "waiting-2000-of-4096", "2 000 clients wait and nobody accepts; the queue is half full", "own",
        "backlog 4096, 5 accepted, 2 000 wait", "pair",
        (server(port=8080, accept=5, name="java"), act("b", "clients", address="10.66.0.1", port=8080, count=2005), wait(0.3)),
        (waiting("a", 8080, 2000), counts("a", "TcpExt", "ListenOverflows", 0, 0)),
        (finds(QUEUE, "warning+", owner="java", subject=":8080", words="a warning on :8080, java"), calm_not(),
         finds(QUEUE, text="2.?000", words="2 000 wait"),
         finds(QUEUE, text=r"none accepted|accepted none|no(t one| connection).{0,20}accepted|accepts? no connections|accept\(\)", words="none was accepted"),
         never(QUEUE, remedy=LARGER, words="a larger backlog first")),
        command="audit --interval 2s", ci=True),
    Situation(
        "waiting-2000-one-look", "The same, looked at once", "own", "as above, without an interval", "pair",
        (server(port=8080, accept=5, name="java"), act("b", "clients", address="10.66.0.1", port=8080, count=2005), wait(0.3)),
        (waiting("a", 8080, 2000),), (finds(QUEUE, "notice+", owner="java", words="a notice on :8080, java"), calm_not())),
    Situation(
        "waiting-5980-of-65535", "php-fpm has a backlog of 65 535: requests wait until nginx has given up",
        GITHUB + "php/php-src/pull/731", "somaxconn and backlog 65535, 20 workers busy, 5 980 wait", "pair",
        (sysctl("a", net__core__somaxconn=65535), server(port=9000, backlog=65535, accept=20, name="php-fpm"),
         act("b", "clients", address="10.66.0.1", port=9000, count=6000), wait(0.3)),
        (waiting("a", 9000, 5980),),
        (finds(QUEUE, "warning+", owner="php-fpm", words="a warning on :9000, php-fpm"), calm_not(),
         never(QUEUE, remedy=LARGER, words="a larger backlog first")), command="audit --interval 2s"),
    Situation(
        "waiting-300-ipv6", "300 clients wait on a dual-stack listener", "own", "backlog 1024 on [::], 300 over IPv6", "pair",
        (server(port=8443, address="::", backlog=1024, name="uvicorn"),
         act("b", "clients", address="fd66::1", port=8443, count=300), wait(0.3)),
        (waiting("a", 8443, 300),),
        (finds(QUEUE, "warning+", owner="uvicorn", words="a warning on :8443, uvicorn"), calm_not()), command="audit --interval 2s"),
    Situation(
        "waiting-slow-acceptor", "A server accepts 50 connections/s and 1 000 wait: each client waits 20 s",
        GITHUB + "benoitc/gunicorn/issues/2183", "accepts 50/s, 1 000 wait, more come", "pair",
        (act("a", "slow", "server", port=8080, rate=50, backlog=4096, name="flask"),
         act("b", "clients", address="10.66.0.1", port=8080, count=1000),),
        (waiting("a", 8080, (880, 1000)),),
        (finds(QUEUE, "warning+", owner="flask", words="a warning on :8080, flask"), calm_not(),
         prints(r"\b(3[5-9]|4\d|50)(\.\d+)?( (connections )?accepted)?/s|accepts? (3[5-9]|4\d|50)\b", "how many are accepted per second"),
         prints(r"\b(1[6-9]|2\d)(\.\d)? s\b", "clients wait about 20 s")), command="audit --interval 2s", alone=True),
    Situation(
        "waiting-gunicorn", "gunicorn's one worker takes two seconds a request; health checks time out behind it",
        GITHUB + "benoitc/gunicorn/issues/1417", "accepts one every 2 s, backlog 2048, 60 wait", "pair",
        (act("a", "slow", "server", port=8000, rate=0.5, backlog=2048, name="gunicorn"),
         act("b", "clients", address="10.66.0.1", port=8000, count=60)),
        (waiting("a", 8000, (56, 59)),),
        (finds(QUEUE, "notice+", owner="gunicorn", words="a finding on :8000, gunicorn"), calm_not(),
         never(QUEUE, remedy=LARGER, words="a larger backlog first")), command="audit --interval 3s"),
    Situation(
        "waiting-dead-acceptor", "Tomcat's acceptor thread died; clients connect, wait and give up",
        GITHUB + "actix/actix-net/issues/100", "backlog 100, 3 accepted, 98 wait, 80 of them closed by the client", "pair",
        (server(backlog=100, accept=3, name="java"),
         act("b", "clients", address="10.66.0.1", count=101, pause=0.5, leave=83), wait(0.3)),
        (shows("a", CLOSE_WAIT=(75, 83)), waiting("a", 80, (90, 101))),
        (finds(QUEUE, "warning+", owner="java", words="a warning on :80, java"), calm_not(),
         never("close-wait-leak", remedy="^close the connection", words="close() first: nobody has accepted them")), ci=True),
    Situation(
        "waiting-no-descriptors", "accept() fails with EMFILE: the program has no descriptor left",
        GITHUB + "socketio/socket.io/issues/1079", "64 descriptors, 150 clients", "pair",
        (act("a", "starved", "server", port=8080, limit=64, backlog=511, name="node"),
         act("b", "clients", address="10.66.0.1", port=8080, count=150), wait(0.5)),
        (waiting("a", 8080, (85, 100)),),
        (finds("descriptors-near-limit", "warning+", owner="node|.*", subject="node", words="descriptors-near-limit, node"), calm_not(),
         finds(QUEUE + "|descriptors-near-limit", pid="server", words="the process by its number"),
         never(QUEUE, remedy=LARGER, words="a larger backlog first"))),
    Situation(
        "drops-then-caught-up", "A burst was dropped a minute ago; now the queue is empty and clients complain",
        GITHUB + "ai-dynamo/dynamo/pull/15080", "backlog 16, 60 clients at once, then all accepted", "pair",
        (server(port=8000, backlog=16, then="accept", name="dynamo"),
         act("a", "serve", "other", port=9100), act("b", "clients", address="10.66.0.1", port=8000, count=60, timeout=1.0, **{"async": 1}),
         wait(0.5), go("server"), wait(0.3)),
        (counts("a", "TcpExt", "ListenOverflows", 10),),
        (finds("queue-overflowing", "notice+", subject=":8000", owner="dynamo", words="queue-overflowing on :8000, dynamo"), calm_not(),
         never("queue-overflowing", subject=":9100", words="the other listener"))),
    Situation(
        "reuseport-one-stuck", "One of eight SO_REUSEPORT workers accepts nobody: one client in eight hangs",
        GITHUB + "varnish/hitch/issues/142", "8 workers with backlog 64, one stuck, 900 clients", "pair",
        (server("stuck", port=443, backlog=64, reuseport=1, name="hitch"),
         *(act("a", "serve", "worker-%d" % number, port=443, backlog=64, reuseport=1, name="hitch") for number in range(7)),
         act("b", "clients", address="10.66.0.1", port=443, count=900, **{"async": 1}), wait(1.2)),
        (waiting("a", 443, (64, 66)), counts("a", "TcpExt", "ListenOverflows", 1)),
        (finds("queue-overflowing", "warning+", pid="stuck", words="queue-overflowing, naming the stuck process"), calm_not(),
         finds("queue-overflowing", text="1 of 8|7 of 8|one of (8|eight)", words="one of 8 sockets"),
         never("queue-overflowing", remedy=LARGER, words="a larger backlog first")), ci=True),
    Situation(
        "reuseport-one-slow-ipv6", "The same with four workers and no overflow: 90 wait at one of them",
        GITHUB + "envoyproxy/envoy/issues/4602", "4 workers on [::]:443 with backlog 1024, one stuck, 360 clients", "pair",
        (server("stuck", address="::", port=443, backlog=1024, reuseport=1, name="envoy"),
         *(act("a", "serve", "worker-%d" % number, address="::", port=443, backlog=1024, reuseport=1, name="envoy") for number in range(3)),
         act("b", "clients", address="fd66::1", port=443, count=360, **{"async": 1}), wait(0.8)),
        (waiting("a", 443, (50, 140)), counts("a", "TcpExt", "ListenOverflows", 0, 0)),
        (finds(QUEUE, "notice+", pid="stuck", words="a finding, naming the stuck process"), calm_not()), command="audit --interval 2s"),
    Situation(
        "reuseport-two-programs", "After an upgrade the old server still holds a socket of the port and accepts nobody: every second client hangs", "own",
        "two SO_REUSEPORT sockets with backlog 128, of “new” that accepts and of “old” that does not, 60 clients", "pair",
        (act("a", "serve", "new", backlog=128, reuseport=1, name="new"), server("old", backlog=128, reuseport=1, name="old"),
         act("b", "clients", address="10.66.0.1", count=60, **{"async": 1}), wait(0.8)),
        (waiting("a", 80, (12, 48)), counts("a", "TcpExt", "ListenOverflows", 0, 0)),
        (finds(QUEUE, "critical", owner="^old ", pid="old", words="critical, naming the process that does not accept"), calm_not(),
         never(QUEUE, owner="^new ", words="the program that accepts")), command="audit --interval 2s"),
    Situation(
        "waiting-many-listeners", "A program with a port for each tenant hangs: nine clients wait at each of twelve ports", "own",
        "12 listeners, 9 clients at each", "pair",
        (act("a", "listeners", **{"from": 2000, "count": 12, "name": "tenants"}),
         *(act("b", "clients", "clients-%d" % number, address="10.66.0.1", port=2000 + number, count=9) for number in range(12)), wait(0.3)),
        (shows("a", ESTABLISHED=108),),
        (finds("accept-stalled", "critical", owner="tenants", text="108 clients", words="critical: 108 clients wait, and for whom"), calm_not()),
        command="audit --interval 2s"),
    Situation(
        "listen-zero", "A debugger's server calls listen(0) and has one client: as it should be", "own",
        "backlog 0, one connection waits, no overflow", "pair",
        (server(port=2345, backlog=0, name="gdbserver"), act("b", "clients", address="10.66.0.1", port=2345, count=1)),
        (waiting("a", 2345, 1), counts("a", "TcpExt", "ListenOverflows", 0, 0)),
        (never(severity="critical"), never(severity="warning+", words="a warning")), ci=True),
    Situation(
        "queue-of-a-moment", "A busy server has a few connections in its queue at any moment", "own",
        "accepts 900/s, 300 clients/s", "pair",
        (act("a", "serve", port=80, name="nginx"), act("b", "churn", address="10.66.0.1", port=80, count=6000, rate=300, early=1), wait(1)),
        (counts("a", "TcpExt", "ListenOverflows", 0, 0),), (silent(),), command="audit --interval 2s", alone=True),
    Situation(
        "deferred-accept", "nginx listens with “deferred”, and health checks connect without sending: no flood",
        GITHUB + "h5bp/server-configs-nginx/issues/100", "TCP_DEFER_ACCEPT 30 s, backlog 511, 420 silent clients", "pair",
        (act("a", "serve", port=80, backlog=511, defer=30, name="nginx"),
         act("b", "clients", address="10.66.0.1", count=420), wait(2)),
        (shows("a", SYN_RECV=(400, 420)), counts("a", "TcpExt", "TCPDeferAcceptDrop", 1)),
        (never("syn-queue-full|syn-.*", cause="^(?!.*DEFER).*flood", words="a flood"),
         never(severity="critical"), better(prints("DEFER_ACCEPT|deferred", "TCP_DEFER_ACCEPT")))),
    Situation(
        "restart-lost-queue", "A server is told to listen with a larger backlog by somaxconn alone: nothing changes until it listens again",
        GITHUB + "redis/redis/issues/6123", "listen(511) at somaxconn 128, which is 4096 now; full", "pair",
        (sysctl("a", net__core__somaxconn=128), server(port=6379, backlog=511, name="redis-server"),
         sysctl("a", net__core__somaxconn=4096),
         act("b", "clients", address="10.66.0.1", port=6379, count=180, **{"async": 1}), wait(1.2)),
        (waiting("a", 6379, (128, 129)),),
        (finds(QUEUE, "warning+", owner="redis-server", words="a finding on :6379, redis-server"), calm_not(),
         better(finds(QUEUE, text="restart|listen\\(\\) again|calls listen|when it started", words="it must listen again")))),
    Situation(
        "reuseport-two-names", "Two programs share a port by SO_REUSEPORT: both are named", "own",
        "8 sockets of nginx and 3 of envoy on port 443", "pair",
        (*(act("a", "serve", "nginx-%d" % number, port=443, reuseport=1, mode="keep", name="nginx") for number in range(8)),
         *(act("a", "serve", "envoy-%d" % number, port=443, reuseport=1, mode="keep", name="envoy") for number in range(3))),
        (shows("a", LISTEN=11),), (prints(r"×11.*nginx, envoy", "nginx and envoy in the table of listeners"), silent())),
]
