"""Connections that end in a reset, a number of them a second."""

import socket
import struct

import scene

args = scene.options(__doc__, count=100, per_second=200)
scene.begin()
scene.peer(scene.serve_closing, scene.REMOTE, 80)


def reset_one():
    connection = scene.connect(scene.REMOTE, 80)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


for _ in range(args.count):
    reset_one()
scene.hold(
    args, tick=reset_one if args.per_second else None, every=1 / max(args.per_second, 1),
    resets=scene.counter("Tcp", "OutRsts"),
)
