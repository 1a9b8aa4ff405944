"""A program close to its own limit of open files."""

import os
import resource

import scene

args = scene.options(__doc__, limit=200, spare=4, connections=20, name="many-files")


def hoard(report, port):
    scene.name_process(args.name)
    listener = scene.listen("127.0.0.1", port)
    report(port)
    kept = [listener.accept()[0] for _ in range(args.connections)]
    resource.setrlimit(resource.RLIMIT_NOFILE, (args.limit, args.limit))
    while len(os.listdir("/proc/self/fd")) - 1 < args.limit - args.spare:
        kept.append(open("/dev/null"))
    scene.stay(kept)


scene.begin()
server, port = scene.child(hoard, 8080)
kept = [scene.connect("127.0.0.1", port) for _ in range(args.connections)]
scene.settle(lambda: len(os.listdir("/proc/%d/fd" % server)) >= args.limit - args.spare)
scene.hold(args, server=server, port=port, open_files=len(os.listdir("/proc/%d/fd" % server)))
