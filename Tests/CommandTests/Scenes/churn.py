"""Stable connections amid many that come and go: none of the stable ones may be missed."""

import scene

args = scene.options(__doc__, stable=500, clients=1, per_second=1000)


def come_and_go(report):
    report()
    while True:
        scene.connect(scene.REMOTE, 80).close()
        scene.time.sleep(1 / args.per_second)


scene.begin()
scene.sysctl("net.ipv4.tcp_max_tw_buckets", 4000)
scene.peer(scene.serve_closing, scene.REMOTE, 80)
listener = scene.listen("127.0.0.1", 7000)
kept = []
for _ in range(args.stable):
    kept.append(scene.connect("127.0.0.1", 7000))
    kept.append(listener.accept()[0])
for _ in range(args.clients):
    scene.child(come_and_go)
scene.hold(args, stable=args.stable, port=7000)
