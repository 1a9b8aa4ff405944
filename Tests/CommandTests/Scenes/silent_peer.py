"""A peer that stops answering: connections stick in FIN_WAIT1, LAST_ACK, SYN_SENT, or resend their data."""

import socket

import scene

args = scene.options(__doc__, state="FIN_WAIT1", count=100, per_second=0)
scene.begin()
if args.state == "SYN_SENT":
    scene.peer()
    scene.drop("input", "tcp sport 80")  # even the refusal of a port where nobody listens
    kept = []

    def try_one():
        attempt = socket.socket()
        attempt.setblocking(False)
        attempt.connect_ex((scene.REMOTE, 80))
        kept.append(attempt)

    for _ in range(args.count):
        try_one()
    scene.hold(args, tick=try_one if args.per_second else None, every=0.1, states=scene.states())
elif args.state == "LAST_ACK":

    def connect_then_close(report, count):
        kept = [scene.connect(scene.LOCAL, 8080) for _ in range(count)]
        report(count)
        for connection in kept:
            connection.close()

    listener = scene.listen("0.0.0.0", 8080)
    scene.peer(connect_then_close, args.count)
    accepted = [listener.accept()[0] for _ in range(args.count)]
    scene.settle(lambda: scene.states().get("CLOSE_WAIT", 0) >= args.count)
    scene.drop("input", "tcp dport 8080")
    for connection in accepted:
        connection.close()
    scene.settle(lambda: scene.states().get("LAST_ACK", 0) >= args.count)
    scene.hold(args, port=8080, states=scene.states())
else:
    scene.peer(scene.serve_holding, scene.REMOTE, 80)
    kept = [scene.connect(scene.REMOTE, 80) for _ in range(args.count)]
    scene.drop("input", "tcp sport 80")
    if args.state == "FIN_WAIT1":
        while kept:
            kept.pop().close()
    else:  # ESTABLISHED: data that nobody acknowledges
        for connection in kept:
            connection.send(b"x" * 1000)
    scene.hold(args, states=scene.states())
