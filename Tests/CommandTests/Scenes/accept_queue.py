"""A server that accepts too slowly: its accept queue is full and connections are turned away."""

import socket

import scene

args = scene.options(
    __doc__, backlog=16, somaxconn=4096, connections=40, name="slow-server", per_second=0, accept=0)
scene.begin()
scene.sysctl("net.core.somaxconn", args.somaxconn)


def listen_only(report, port):
    scene.name_process(args.name)
    listener = scene.listen("0.0.0.0", port, args.backlog)
    report(port)
    kept = [listener.accept()[0] for _ in range(args.accept)]
    scene.stay(kept)


def connect_many(report, count):
    kept = []

    def one():
        attempt = socket.socket()
        attempt.setblocking(False)
        attempt.connect_ex((scene.LOCAL, 8080))
        kept.append(attempt)

    for _ in range(count):
        one()
    report(count)
    while args.per_second:
        scene.time.sleep(1 / args.per_second)
        one()
    scene.stay(kept)


server, port = scene.child(listen_only, 8080)
scene.peer(connect_many, args.connections)
if args.connections > min(args.backlog, args.somaxconn) + 1 + args.accept:
    scene.settle(lambda: scene.counter("TcpExt", "ListenOverflows") > 0)
else:
    scene.settle(lambda: scene.states().get("ESTABLISHED", 0) >= args.connections)
scene.hold(
    args, server=server, port=port, overflows=scene.counter("TcpExt", "ListenOverflows"),
    states=scene.states(),
)
