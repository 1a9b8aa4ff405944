"""Traces of https beside a capture of what went over the wire, in the scene of tls.py.

    python3 tls_ends.py PROGRAM CERTIFICATES

prints one line of JSON a trace: who sent the first FIN by the capture and by the trace, whether the first FIN was in the segment
of an alert, and whether an alert of the server came before its FIN, as far as the records show (not those of TLS 1.3). The
capture is a packet socket: no part of the program.
"""

import json
import os
import select
import socket
import struct
import subprocess
import sys

FIN, ALERT = 1, 21
URLS = [
    "https://127.0.0.1:8443/off", "https://127.0.0.1:8443/", "https://127.0.0.1:8444/", "https://127.0.0.1:8451/",
    "https://127.0.0.1:8452/", "https://127.0.0.1:8458/",
]


def segments(capture, port):
    """(who, flags, payload) of each segment to or from a port on lo, each copy that came in, until none comes for a while."""
    found = []
    while select.select([capture], [], [], 0.05)[0]:
        packet, address = capture.recvfrom(70000)
        if address[2] == socket.PACKET_OUTGOING or packet[9] != 6:
            continue
        at = (packet[0] & 15) * 4
        source, target = struct.unpack_from("!HH", packet, at)
        if port in (source, target):
            payload = packet[at + (packet[at + 12] >> 4) * 4:struct.unpack_from("!H", packet, 2)[0]]
            found.append(("peer" if source == port else "local", packet[at + 13], payload))
    return found


def has_alert(payload):
    """Whether one of its records is an alert; it begins with a record."""
    while len(payload) >= 5:
        if payload[0] == ALERT:
            return True
        payload = payload[5 + struct.unpack_from("!H", payload, 3)[0]:]
    return False


capture = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0800))
capture.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32 << 20)
for url in URLS * 2:
    outcome = subprocess.run(
        (sys.argv[1], "trace", url, "--json"), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
        timeout=60, env=dict(os.environ, SSL_CERT_FILE=sys.argv[2]))
    request = json.loads(outcome.stdout)["data"]["requests"][0]
    seen = segments(capture, int(url.split(":")[2].split("/")[0]))
    first = next((segment for segment in seen if segment[1] & FIN), None)
    said = [segment for segment in seen if segment[0] == "peer"]
    before = said[:next((place for place, segment in enumerate(said) if segment[1] & FIN), len(said)) + 1]
    print(json.dumps({
        "url": url, "wire": first and first[0], "first": request["close"]["first"],
        "received": request["tls"]["close"]["received_seconds"] is not None,
        "joined": bool(first and first[0] == "local" and has_alert(first[2])),
        "notified": any(has_alert(segment[2]) for segment in before)}), flush=True)
