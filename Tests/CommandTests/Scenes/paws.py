"""Clients behind one NAT with clocks of their own: segments with old timestamps are refused.

Live connections get data with an older timestamp (PAWSEstab); with --timewait, ports in TIME_WAIT get a SYN
with one (PAWSTimewait).
"""

import scene
import segments

args = scene.options(__doc__, count=50, per_second=20.0, timewait=False)


def behind_nat(report, count):
    segments.mute_kernel(8080)
    raw = segments.Raw()
    here, there = scene.REMOTE, (scene.LOCAL, 8080)
    known = []
    for number in range(count):
        me = (here, 30000 + number)
        raw.send(me, there, segments.SYN, 5000, stamp=1_000_000)
        flags, sequence, _, stamp = raw.answer(me[1])
        known.append((me, sequence + 1, stamp))
        raw.send(me, there, segments.ACK, 5001, acknowledge=sequence + 1, stamp=1_000_010, echo=stamp)
        if args.timewait:
            while not flags & segments.FIN:
                flags, sequence, _, stamp = raw.answer(me[1])
            known[-1] = (me, sequence + 1, stamp)
            raw.send(me, there, segments.FIN | segments.ACK, 5001, acknowledge=sequence + 1,
                     stamp=1_000_020, echo=stamp)

    def refused():
        for me, expected, stamp in known:
            if args.timewait:
                raw.send(me, there, segments.SYN, 9000, stamp=500_000)
            else:
                raw.send(me, there, segments.ACK | segments.PSH, 5001, acknowledge=expected,
                         stamp=500_000, echo=stamp or 0)
            scene.time.sleep(1 / args.per_second if args.per_second else 0)

    refused()
    report(count)
    while args.per_second:
        refused()


def close_at_once(report, port):
    listener = scene.listen("0.0.0.0", port)
    report(port)
    while True:
        listener.accept()[0].close()


scene.begin()
if args.timewait:
    scene.child(close_at_once, 8080)
else:
    scene.child(scene.serve_holding, "0.0.0.0", 8080)
scene.peer(behind_nat, args.count)
scene.hold(
    args, states=scene.states(),
    counters={name: scene.counter("TcpExt", name) for name in ("PAWSEstab", "PAWSTimewait")},
)
