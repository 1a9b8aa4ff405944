"""TCP short of memory: programs that do not read, and a tcp_mem that what waits for them comes near.

tcp_mem is the host's own and is written: for a virtual machine only.
"""

import scene

args = scene.options(__doc__, connections=60, ratio=0.94)
scene.begin()
listener = scene.listen("127.0.0.1", 8080)
kept = []
for _ in range(args.connections):
    sender = scene.connect("127.0.0.1", 8080)
    kept += [sender, listener.accept()[0]]
    sender.setblocking(False)
    try:
        while True:
            sender.send(b"x" * 16384)
    except BlockingIOError:
        pass


def pages():
    for line in open("/proc/net/sockstat"):
        if line.startswith("TCP:"):
            return int(line.split()[-1])


limit = int(pages() / args.ratio)
scene.sysctl("net.ipv4.tcp_mem", "%d %d %d" % (limit // 2, limit * 3 // 4, limit))
scene.hold(args, limit=limit, made=pages(), states=scene.states())
