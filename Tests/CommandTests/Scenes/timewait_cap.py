"""Closes more connections than tcp_max_tw_buckets lets become TIME_WAIT, or nearly as many."""

import scene

args = scene.options(__doc__, cap=200, make=300, per_second=0)
scene.begin()
scene.sysctl("net.ipv4.tcp_rfc1337", 1)  # else a late RST ends some of the TIME_WAIT
scene.sysctl("net.ipv4.tcp_max_tw_buckets", args.cap)
scene.peer(scene.serve_closing, scene.REMOTE, 80)


def close_one():
    scene.connect(scene.REMOTE, 80).close()


for _ in range(args.make):
    close_one()
scene.settle(lambda: scene.states().get("FIN_WAIT2", 0) == 0)
scene.hold(
    args, tick=close_one if args.per_second else None, every=1 / max(args.per_second, 1),
    overflows=scene.counter("TcpExt", "TCPTimeWaitOverflow"), states=scene.states(),
)
