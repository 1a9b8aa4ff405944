"""Traffic over a path that loses packets: data is sent again and again."""

import scene

args = scene.options(__doc__, connections=20, percent=20)


def serve(report, address, port):
    """Loses packets as they arrive here: dropped on their way out, they would count as not sent yet."""
    listener = scene.listen(address, port)
    report(port)
    kept = [listener.accept()[0] for _ in range(args.connections)]
    if args.percent:
        scene.drop("input", "tcp dport 80 numgen random mod 100 < %d" % args.percent)
    while True:
        for connection in kept:
            try:
                connection.setblocking(False)
                connection.recv(65536)
            except OSError:
                pass
        scene.time.sleep(0.01)


scene.begin()
scene.peer(serve, scene.REMOTE, 80)
kept = [scene.connect(scene.REMOTE, 80) for _ in range(args.connections)]


def talk():
    for connection in kept:
        try:
            connection.setblocking(False)
            connection.send(b"x" * 200)
        except OSError:
            pass


for _ in range(20):
    talk()
    scene.time.sleep(0.02)
scene.hold(args, tick=talk, every=0.02, resent=scene.counter("Tcp", "RetransSegs"))
