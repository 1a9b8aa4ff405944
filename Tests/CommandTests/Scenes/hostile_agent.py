"""What somebody who took the agent over could send to tcptune-owners: python3 hostile_agent.py SOCKET

Ends with 0 where nothing but a good question had an answer.
"""

import os
import random
import socket
import struct
import sys
import time


def connect():
    one = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    one.settimeout(10)
    while True:
        try:
            one.connect(sys.argv[1])
            return one
        except BlockingIOError:
            time.sleep(0.01)  # as many wait as the helper lets wait


def question(inodes, serial=1):
    body = b"".join(struct.pack("<BBI", 1, 1, inode) for inode in inodes)
    return b"tcpo\x01" + struct.pack("<II", serial, len(inodes)) + body


def ask(packet, *descriptors):
    """The first packet of the answer; empty where the connection was ended."""
    with connect() as one:
        try:
            if descriptors:
                rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, struct.pack("%di" % len(descriptors), *descriptors))]
                one.sendmsg([packet], rights)
            else:
                one.send(packet)
            return one.recv(1 << 16)
        except (ConnectionResetError, BrokenPipeError):
            return b""


good = question([1, 2, 3])
assert ask(good)[5:9] == b"tcpr", "a good question has an answer"
random.seed(7)
wrong = [b"x", good[:-1], good + b"\0", b"tcpo\x02" + good[5:], b"tcpo\x01" + struct.pack("<II", 1, 0xFFFFFFFF),
         b"tcpo\x01" + struct.pack("<II", 1, 9000) + bytes(9000 * 6), question([0]), bytes(60000), os.urandom(49000)]
for _ in range(300):
    packet = bytearray(good)
    for _ in range(random.randint(1, 4)):
        packet[random.randrange(13)] = random.randrange(256)
    wrong.append(bytes(packet))
for packet in wrong:
    if packet[:5] == good[:5] and packet[9:] == good[9:]:
        continue  # another serial number is a good question
    answer = ask(packet)
    assert answer == b"", (packet[:40], answer[:40])
# Files that are sent along are not taken: it would run out of descriptors.
for _ in range(60):
    ask(good, *[0] * 30)
# Those that ask nothing, and do not read, hold nobody up.
idle = [connect() for _ in range(50)]
for one in idle:
    try:
        one.send(good)
    except (BrokenPipeError, ConnectionResetError):
        pass
assert ask(question(range(1, 8193)))[5:9] == b"tcpr", "the longest question has an answer"
