"""Servers that end a connection in every way, each traced once, beside a capture of what went over the wire.

    unshare -nm python3 closers.py PROGRAM

runs `PROGRAM trace --json` against each and prints one line of JSON a server: who sent the first FIN or RST by the capture and
by the trace, and the states that the trace gives for its own socket. The capture is a packet socket: no part of the program.
"""

import json
import select
import socket
import struct
import subprocess
import sys
import threading
import time

import scene

OK = b"HTTP/1.1 200 OK\r\n"
END = b"\r\n\r\n"
FIN, RST = 1, 4


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def server(says, wait=0.0, how="close", reads=True, pieces=1, gap=0.0):
    """A server that says something, waits and ends the connection: close, reset, half, or hold until the client closes."""

    def serve(connection):
        if reads:
            connection.recv(65536)
        for _ in range(pieces):
            connection.sendall(says)
            time.sleep(gap)
        time.sleep(wait)
        if how == "reset":
            reset(connection)
        elif how == "half":
            connection.shutdown(socket.SHUT_WR)
        if how in ("hold", "half"):
            connection.settimeout(5)
            while connection.recv(65536):
                pass

    return serve


BAD = b"SSH-2.0-OpenSSH_9.2\r\n"
LONG = OK + b"X: " + b"y" * 90_000
SHORT = OK + b"Content-Length: 100" + END + b"half"
WHOLE = OK + b"Content-Length: 2" + END + b"ok"
MORE = WHOLE + b"z" * 40_000
CLOSES = OK + b"Content-Length: 2\r\nConnection: close" + END + b"ok"

SERVERS = {
    "bad": BAD, "long": LONG, "short": SHORT, "whole": WHOLE, "more": MORE, "closes": CLOSES, "nothing": b"",
}
KINDS = {}
for name, text in SERVERS.items():
    KINDS[name + ", then close"] = server(text)
    KINDS[name + ", close after 2 ms"] = server(text, wait=0.002)
    KINDS[name + ", close after 30 ms"] = server(text, wait=0.03)
    KINDS[name + ", then reset"] = server(text, how="reset")
    KINDS[name + ", then half-close"] = server(text, how="half")
    KINDS[name + ", then hold"] = server(text, how="hold")
KINDS["banner before the request, then close"] = server(BAD, reads=False)
KINDS["banner before the request, then hold"] = server(BAD, reads=False, how="hold")
KINDS["close before the request"] = server(b"", reads=False)
KINDS["reset before the request"] = server(b"", reads=False, how="reset")
KINDS["drips, then close"] = server(b"H", pieces=12, gap=0.05)
KINDS["floods"] = server(OK + b"X: " + b"y" * 60_000 + b"\r\n", pieces=200)


def listen(serve):
    listener = socket.create_server(("127.0.0.1", 0))

    def run():
        connection = listener.accept()[0]
        try:
            serve(connection)
        except OSError:
            pass
        connection.close()
        listener.close()

    threading.Thread(target=run, daemon=True).start()
    return listener.getsockname()[1]


class Capture:
    """The first FIN and the first RST to or from a port on lo, each copy that came in once."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0800))
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32 << 20)

    def ends(self, port):
        """(who, flags) of each segment with FIN or RST, in order, until none comes for a while."""
        found = []
        while select.select([self.socket], [], [], 0.05)[0]:
            packet, address = self.socket.recvfrom(200)
            if address[2] == socket.PACKET_OUTGOING or packet[9] != 6:
                continue
            at = (packet[0] & 15) * 4
            source, target = struct.unpack_from("!HH", packet, at)
            flags = packet[at + 13] & (FIN | RST)
            if flags and port in (source, target):
                found.append(("peer" if source == port else "local", flags))
        return found


def main():
    scene.begin()
    capture = Capture()
    for name, serve in KINDS.items():
        port = listen(serve)
        outcome = subprocess.run(
            (sys.argv[1], "trace", f"http://127.0.0.1:{port}/", "--json", "--timeout", "1500ms"),
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, timeout=60)
        ends = capture.ends(port)
        trace = json.loads(outcome.stdout)["data"]
        request = trace["requests"][0]
        close = request["close"] or {}
        print(json.dumps({
            "server": name, "wire": ends[0][0] if ends else None,
            "wire_reset": next((who for who, flags in ends if flags & RST), None),
            "first": close.get("first"), "reset": close.get("reset"), "held": close.get("held"),
            "states": [s["state"] for s in request["states"] if s["side"] == "local"],
            "peer_states": [s["state"] for s in request["states"] if s["side"] == "peer"]}), flush=True)


main()
