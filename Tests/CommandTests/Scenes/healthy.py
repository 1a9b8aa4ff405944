"""A busy server with nothing wrong: some hundred connections, answers on time, the clients close."""

import scene

args = scene.options(__doc__, connections=100, per_second=200)


def visit(report, count):
    kept = [scene.connect(scene.LOCAL, 8080) for _ in range(count)]
    ask(kept)
    report(count)
    while True:
        began = scene.time.monotonic()
        scene.connect(scene.LOCAL, 8080).close()
        ask(kept[:1])
        kept.append(kept.pop(0))
        scene.time.sleep(max(0, 1 / args.per_second - (scene.time.monotonic() - began)))


def ask(connections):
    for connection in connections:
        connection.send(b"request")
        connection.recv(65536)


def serve(report):
    scene.name_process("good-server")
    scene.serve_closing(report, "0.0.0.0", 8080)


scene.begin()
scene.sysctl("net.ipv4.tcp_syncookies", 1)
scene.child(serve)
scene.peer(visit, args.connections)
scene.time.sleep(0.5)
scene.hold(args, port=8080, states=scene.states())
