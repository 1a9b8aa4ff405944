"""Half-open connections: SYNs from many addresses that never answer."""

import scene
import segments

args = scene.options(
    __doc__, backlog=64, cookies=1, count=200, per_second=0, max_syn_backlog=2048, name="flooded")


def flood(report, count):
    segments.mute_kernel(8080)
    raw = segments.Raw()
    sent = 0

    def one():
        nonlocal sent
        # Nobody has these addresses; they lie in the peer's own network, so the answers go nowhere else.
        source = "10.77.%d.%d" % (100 + sent // 250 % 100, 1 + sent % 250)
        raw.send((source, 20000 + sent % 40000), (scene.LOCAL, 8080), segments.SYN, 1000 + sent)
        sent += 1

    for _ in range(count):
        one()
    report(count)
    while args.per_second:
        scene.time.sleep(1 / args.per_second)
        one()


scene.begin()
scene.sysctl("net.ipv4.tcp_syncookies", args.cookies)
scene.sysctl("net.ipv4.tcp_max_syn_backlog", args.max_syn_backlog)
scene.name_process(args.name)
listener = scene.listen("0.0.0.0", 8080, args.backlog)
scene.peer(flood, args.count)
scene.time.sleep(0.2)
scene.hold(
    args, port=8080, states=scene.states(),
    counters={name: scene.counter("TcpExt", name) for name in
              ("SyncookiesSent", "TCPReqQFullDoCookies", "TCPReqQFullDrop", "ListenDrops")},
)
