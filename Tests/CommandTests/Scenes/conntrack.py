"""A connection tracking table that is nearly full, or full; its limit is the machine's, its count this namespace's."""

import os
import socket

import scene

args = scene.options(__doc__, fill=0.95, time_wait=0, connections=0, per_second=0)
scene.begin()
scene.chain("output", "ct state new accept")  # without such a rule nothing is tracked
if args.time_wait:
    scene.sysctl("net.netfilter.nf_conntrack_tcp_timeout_time_wait", args.time_wait)
for udp in ("udp_timeout", "udp_timeout_stream"):
    scene.sysctl("net.netfilter.nf_conntrack_" + udp, 600)
limit = int(open("/proc/sys/net/netfilter/nf_conntrack_max").read())
wanted = int(limit * args.fill)
kept = []
listener = scene.listen("127.0.0.1", 8080)
for _ in range(args.connections):
    kept.append(scene.connect("127.0.0.1", 8080))
    kept.append(listener.accept()[0])


def count():
    return int(open("/proc/sys/net/netfilter/nf_conntrack_count").read())


# One datagram to each of many ports of 127/8 is one entry each. Dropped before anybody answers: no ICMP.
scene.drop("input", "udp dport 1-65535")
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sent, refused = 0, 0


def one():
    global sent, refused
    try:
        sender.sendto(b"", ("127.1.%d.%d" % (sent // 60000 // 200, 1 + sent // 60000 % 200), 1 + sent % 60000))
    except OSError:
        refused += 1
    sent += 1


while count() < min(wanted, limit) and sent < 2 * wanted:
    for _ in range(max(1, min(1000, wanted - count()))):
        one()
for _ in range(100 if args.fill >= 1 else 0):
    one()
scene.hold(
    args, tick=one if args.per_second else None, every=1 / max(args.per_second, 1),
    count=count(), limit=limit, refused=refused,
)
