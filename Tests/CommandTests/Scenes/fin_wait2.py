"""A server closes first and its peers do not: orphans in FIN_WAIT2, for tcp_fin_timeout."""

import scene

args = scene.options(__doc__, count=200, timeout=60)


def stay_open(report, count):
    kept = [scene.connect(scene.LOCAL, 8080) for _ in range(count)]
    report(len(kept))
    scene.stay(kept)


def close_at_once(report, port):
    scene.name_process("closing-server")
    listener = scene.listen("0.0.0.0", port)
    report(port)
    while True:
        listener.accept()[0].close()


scene.begin()
scene.sysctl("net.ipv4.tcp_fin_timeout", args.timeout)
scene.child(close_at_once, 8080)
scene.peer(stay_open, args.count)
scene.settle(lambda: scene.states().get("FIN_WAIT2", 0) >= args.count)
scene.hold(args, port=8080, states=scene.states())
