"""Connections in every state that can be held, over IPv4, IPv6, or IPv4 to an IPv6 listener.

Nothing changes until the end, but that TIME_WAIT lasts its minute.
"""

import socket

import scene
import segments

args = scene.options(__doc__, family="4", count=7)
scene.begin()
scene.sysctl("net.ipv4.tcp_rfc1337", 1)  # else a late RST ends one of the TIME_WAIT now and then
N = args.count
ANY, HERE, THERE = {
    "4": ("0.0.0.0", scene.LOCAL, scene.REMOTE),
    "6": ("::", scene.LOCAL6, scene.REMOTE6),
    "mapped": ("::", scene.LOCAL, scene.REMOTE),
}[args.family]
# A port for each of the states that this side is brought into by accepting.
PORTS = {"ESTABLISHED": 8001, "CLOSE_WAIT": 8002, "LAST_ACK": 8003, "FIN_WAIT1": 8004, "FIN_WAIT2": 8005,
         "TIME_WAIT": 8006, "SYN_RECV": 8007}
SILENT = 8008  # nothing that comes from here is answered


def other_end(report):
    held = [scene.connect(HERE, PORTS[state]) for state in ("ESTABLISHED", "FIN_WAIT1", "FIN_WAIT2") for _ in range(N)]
    for state in ("CLOSE_WAIT", "LAST_ACK"):
        for _ in range(N):
            scene.connect(HERE, PORTS[state]).close()
    for _ in range(N):
        connection = scene.connect(HERE, PORTS["TIME_WAIT"])
        connection.recv(1)
        connection.close()
    if args.family == "4":
        segments.mute_kernel(PORTS["SYN_RECV"])
        raw = segments.Raw()
        for number in range(N):
            raw.send((scene.REMOTE, 30000 + number), (scene.LOCAL, PORTS["SYN_RECV"]), segments.SYN, 1000)
    report()
    scene.stay(held)


listeners = {state: scene.listen(ANY, port, only_v6=False if args.family == "mapped" else None)
             for state, port in PORTS.items()}
accepted = {}


def accept(report):
    for state in ("ESTABLISHED", "FIN_WAIT1", "FIN_WAIT2", "CLOSE_WAIT", "LAST_ACK"):
        accepted[state] = [listeners[state].accept()[0] for _ in range(N)]
    for _ in range(N):
        listeners["TIME_WAIT"].accept()[0].close()
    for connection in accepted.pop("FIN_WAIT2"):
        connection.close()

    def all_left():
        return scene.states().get("CLOSE_WAIT", 0) == 2 * N

    scene.settle(all_left)
    ports = "{ %d, %d }" % (PORTS["FIN_WAIT1"], PORTS["LAST_ACK"])
    scene.drop("input", "tcp dport " + ports)
    for state in ("FIN_WAIT1", "LAST_ACK"):
        for connection in accepted.pop(state):
            connection.close()
    scene.drop("prerouting", "tcp sport %d" % SILENT)
    trying = []
    for _ in range(N):
        attempt = socket.socket(socket.AF_INET6 if args.family == "6" else socket.AF_INET)
        attempt.setblocking(False)
        attempt.connect_ex((THERE, SILENT))
        trying.append(attempt)
    report()
    scene.stay(accepted, trying)


scene.child(accept, wait=False)
scene.peer(other_end)


def all_there():
    found = scene.states()
    found.pop("LISTEN")
    return len(found) == 7 + (args.family == "4") and set(found.values()) == {N}


scene.settle(all_there)
scene.hold(args, states=scene.states(), ports=PORTS, count=N)
