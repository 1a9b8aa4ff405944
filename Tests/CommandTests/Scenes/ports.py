"""Fills the ephemeral ports of one tuple: connections over a veth pair that this side closes first.

Ports are taken in the kernel's own order, first those with the parity of the range's low end.
"""

import itertools
import time

import scene

args = scene.options(
    __doc__, low=32768, high=33367, fill=0.98, path="veth", held=False, closer="local",
    reuse=2, timestamps=1, family="4", per_second=0.0, name="", bind_first=False,
)
scene.begin()
scene.sysctl("net.ipv4.ip_local_port_range", "%d %d" % (args.low, args.high))
scene.sysctl("net.ipv4.tcp_tw_reuse", args.reuse)
scene.sysctl("net.ipv4.tcp_timestamps", args.timestamps)
scene.sysctl("net.ipv4.tcp_rfc1337", 1)  # else a late RST ends some of the TIME_WAIT
if args.name:
    scene.name_process(args.name)

over_veth = args.path == "veth"
destination = {
    ("4", True): scene.REMOTE, ("6", True): scene.REMOTE6,
    ("4", False): "127.0.0.1", ("6", False): "::1",
}[args.family, over_veth]
PORT = 5432
# closer: local = this side, then the peer; peer = the other way round; only-local = the peer never does.
serve = scene.serve_holding if args.held or args.closer == "only-local" else scene.serve_closing
if args.closer == "peer":

    def serve(report, address, port):
        listener = scene.listen(address, port)
        report(port)
        while True:
            listener.accept()[0].close()


(scene.peer if over_veth else scene.child)(serve, destination, PORT)

order = itertools.chain(range(args.low, args.high + 1, 2), range(args.low + 1, args.high + 1, 2))
kept = []


def take(port):
    source = None
    if args.bind_first:
        source, port = (scene.LOCAL if over_veth else "127.0.0.1", 0), None
    connection = scene.connect(destination, PORT, source=source, local_port=port)
    if args.held:
        kept.append(connection)
    elif args.closer == "peer":
        connection.recv(1)
        connection.close()
    else:
        connection.close()


wanted = int((args.high - args.low + 1) * args.fill)
made = failed = 0
for _ in range(wanted):
    try:
        take(next(order))
        made += 1
    except OSError:
        failed += 1


def in_place():
    found = scene.states()
    return found.get("FIN_WAIT1", 0) + (args.closer == "local" and found.get("FIN_WAIT2", 0)) == 0


scene.settle(in_place)
began, later = time.monotonic(), 0


def rise():
    global later, failed
    while later < (time.monotonic() - began) * args.per_second:
        port = next(order, None)
        if port is None:
            return
        try:
            take(port)
        except OSError:
            failed += 1
        later += 1


scene.hold(
    args, tick=rise if args.per_second else None, made=made, failed=failed, port=PORT,
    source=scene.LOCAL if over_veth else destination, destination=destination,
    usable=args.high - args.low + 1,
)
