"""A program that never closes: its peers have, and its connections stay in CLOSE_WAIT."""

import scene

args = scene.options(__doc__, count=300, name="leaky-app", per_second=0)


def never_close(report, port):
    scene.name_process(args.name)
    listener = scene.listen("0.0.0.0", port)
    report(port)
    kept = []
    while True:
        kept.append(listener.accept()[0])


def connect_and_close(report, count):
    for _ in range(count):
        scene.connect(scene.LOCAL, 8080).close()
    report(count)
    while args.per_second:
        scene.connect(scene.LOCAL, 8080).close()
        scene.time.sleep(1 / args.per_second)


scene.begin()
server, port = scene.child(never_close, 8080)
scene.peer(connect_and_close, args.count)
scene.settle(lambda: scene.states().get("CLOSE_WAIT", 0) >= args.count)
scene.hold(args, server=server, port=port, states=scene.states())
