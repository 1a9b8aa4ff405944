"""Hand-made TCP segments, for what no well-behaved program sends."""

import socket
import struct

import scene

FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    total = (total & 0xFFFF) + (total >> 16)
    total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def segment(source, destination, flags, sequence, acknowledge=0, stamp=None, echo=0):
    """An IPv4 packet; `source` and `destination` are (address, port), `stamp` the timestamp option's value."""
    options = b"" if stamp is None else struct.pack("!BBBBII", 1, 1, 8, 10, stamp, echo)
    offset = (20 + len(options)) // 4
    tcp = struct.pack(
        "!HHIIBBHHH", source[1], destination[1], sequence & 0xFFFFFFFF, acknowledge & 0xFFFFFFFF,
        offset << 4, flags, 64240, 0, 0) + options
    addresses = socket.inet_aton(source[0]) + socket.inet_aton(destination[0])
    tcp = tcp[:16] + struct.pack(
        "!H", checksum(addresses + struct.pack("!BBH", 0, 6, len(tcp)) + tcp)) + tcp[18:]
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(tcp), 0, 0x4000, 64, 6, 0) + addresses
    return head + tcp


class Raw:
    """Sends such packets, and reads the TCP packets that arrive."""

    def __init__(self):
        self.out = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
        self.back = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_TCP)
        self.back.settimeout(2)

    def send(self, source, destination, flags, sequence, **more):
        self.out.sendto(segment(source, destination, flags, sequence, **more), (destination[0], 0))

    def answer(self, port):
        """The next segment to that port: (flags, sequence, acknowledge, timestamp or None)."""
        while True:
            packet = self.back.recv(65536)
            tcp = packet[(packet[0] & 15) * 4:]
            if struct.unpack("!H", tcp[2:4])[0] == port:
                sequence, acknowledge = struct.unpack("!II", tcp[4:12])
                return tcp[13], sequence, acknowledge, _stamp(tcp)


def _stamp(tcp):
    at, end = 20, (tcp[12] >> 4) * 4
    while at < end and tcp[at]:
        if tcp[at] == 1:
            at += 1
        elif tcp[at] == 8:
            return struct.unpack("!I", tcp[at + 2:at + 6])[0]
        else:
            at += tcp[at + 1]
    return None


def mute_kernel(port):
    """Keeps this namespace's kernel, which knows nothing of the hand-made connections, from resetting them."""
    scene.drop("output", "tcp dport %d tcp flags & rst == rst" % port)
