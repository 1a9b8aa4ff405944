"""Listeners of every sort: IPv4 only, IPv6 only, both, several on one port, and with names meant to do harm."""

import scene

args = scene.options(__doc__, hostile=False, connections=3)

HOSTILE = {
    9001: b"\x1b[31mred\x1b[0m",
    9002: b"two\nlines",
    9003: "a\u202egnp.exe".encode(),
    9004: b"<script>1</scr",
    9005: b"`|*_[x](y)",
    9006: b"\xff\xfe\x80",
    9007: b'"},{"x":"',
}


def named(report, name, address, port, **more):
    scene.name_process(name)
    listener = scene.listen(address, port, **more)
    report(port)
    scene.stay([listener.accept()[0] for _ in range(args.connections)], listener)


def start(name, address, port, **more):
    scene.child(lambda report: named(report, name, address, port, **more))
    return [scene.connect("::1" if ":" in address else "127.0.0.1", port) for _ in range(args.connections)]


scene.begin()
kept = []
if args.hostile:
    for port, name in HOSTILE.items():
        kept += start(name, "127.0.0.1", port)
else:
    kept += start("only-v4", "127.0.0.1", 9001)
    kept += start("only-v6", "::", 9002, only_v6=True)
    kept += start("both", "::", 9003, only_v6=False)
    kept.append(scene.connect("127.0.0.1", 9003))
    several = [scene.listen("0.0.0.0", 9004, reuse_port=True) for _ in range(4)]
scene.hold(args, states=scene.states())
