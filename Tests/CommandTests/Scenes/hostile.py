"""Servers that send without end, a byte now and then, or nothing: name servers by port, web servers by path.

The scene's own /etc/resolv.conf names 127.0.0.1. The name servers listen at 5301 and on, the web server at 8080.
"""

import os
import socket
import struct
import subprocess
import tempfile
import threading
import time

import scene

HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
NAMES = ("silent", "drips", "floods", "forges", "truncates", "refers")


def name(text):
    return b"".join(bytes((len(part),)) + part.encode() for part in text.split(".") if part) + b"\0"


def record(owner, kind, data):
    return owner + struct.pack(">HHIH", kind, 1, 60, len(data)) + data


def reply(question, flags, body=b"", counts=(0, 0, 0)):
    return question[:2] + struct.pack(">HHHHH", flags, 1, *counts) + question[12:] + body


def plain(question):
    """Without what EDNS adds behind the question."""
    end = 12
    while question[end]:
        end += question[end] + 1
    return question[:end + 5]


def by_udp(kind, port):
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", port))
    turn = 0
    while True:
        question, client = server.recvfrom(4096)
        question = plain(question)
        turn += 1
        if kind in ("drips", "truncates"):
            server.sendto(reply(question, 0x8780), client)
        elif kind == "refers":
            # Ever further down, to servers whose addresses are to be looked for.
            servers = [f"s{turn}-{number}.zone{number}.test" for number in range(60)]
            body = b"".join(record(name("test"), 2, name(text)) for text in servers)
            server.sendto(reply(question, 0x8000, body, (0, 60, 0)), client)
        elif kind in ("floods", "forges"):
            threading.Thread(target=flood, args=(server, kind, question, client), daemon=True).start()


def flood(server, kind, question, client):
    """Datagrams under another number, or with the right one and no answer in them, for half a minute."""
    begin = bytes((question[0] ^ 255,)) + question[1:] if kind == "forges" else question
    text = reply(begin, 0x8580, b"\xff", (1, 0, 0))
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            server.sendto(text, client)
        except OSError:
            return


def by_tcp(kind, port):
    server = socket.create_server(("127.0.0.1", port))
    while True:
        connection = server.accept()[0]
        threading.Thread(target=drip, args=(connection,), daemon=True).start()


def drip(connection):
    try:
        connection.recv(4096)
        for byte in struct.pack(">H", 60_000) + bytes(2000):
            connection.sendall(bytes((byte,)))
            time.sleep(0.02)
    except OSError:
        pass


def web(connection):
    def without_end(begin, part):
        connection.sendall(begin)
        while True:
            connection.sendall(part)

    try:
        request = connection.recv(65536)
        path = request.split(b" ")[1].decode() if request else ""
        if path == "/body":
            without_end(CHUNKED, (b"10000\r\n" + bytes(65536) + b"\r\n") * 8)
        elif path == "/extension":
            without_end(CHUNKED + b"5;", b"e" * 65536)
        elif path == "/trailer":
            without_end(CHUNKED + b"0\r\n", b"T: " + b"e" * 65536 + b"\r\n")
        elif path == "/interim":
            without_end(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 2000)
        elif path == "/field":
            without_end(HEAD, b"y" * 65536)
        elif path == "/until-close":
            without_end(HEAD + b"\r\n", b"y" * 65536)
        elif path == "/behind":
            without_end(HEAD + b"Content-Length: 1\r\nConnection: close\r\n\r\nx", b"q" * 65536)
        elif path == "/drips":
            for byte in HEAD + b"Content-Length: 10000\r\n\r\n" + bytes(10000):
                connection.sendall(bytes((byte,)))
                time.sleep(0.02)
        elif path == "/stays":
            # Takes the end of the client's side for none of its own.
            connection.sendall(HEAD + b"Content-Length: 2\r\n\r\nok")
            time.sleep(30)
        else:
            time.sleep(30)
    except OSError:
        pass
    connection.close()


def serve_web():
    listener = socket.create_server(("127.0.0.1", 8080), backlog=1024)
    while True:
        threading.Thread(target=web, args=(listener.accept()[0],), daemon=True).start()


args = scene.options(__doc__)
scene.begin()
with tempfile.NamedTemporaryFile("w", prefix="tcptune-scene-") as file:
    file.write("nameserver 127.0.0.1\n")
    file.flush()
    subprocess.run(("mount", "--bind", file.name, "/etc/resolv.conf"), check=True)
    with tempfile.NamedTemporaryFile("w", prefix="tcptune-scene-") as hints:
        hints.write(". NS a.root.\na.root. A 127.0.0.1\n")
        hints.flush()
        for place, kind in enumerate(NAMES):
            threading.Thread(target=by_udp, args=(kind, 5301 + place), daemon=True).start()
            if kind == "drips":
                threading.Thread(target=by_tcp, args=(kind, 5301 + place), daemon=True).start()
            if kind == "truncates":
                # Takes connections, and never says a word.
                silent = socket.create_server(("127.0.0.1", 5301 + place))
        threading.Thread(target=serve_web, daemon=True).start()

        def is_open():
            try:
                socket.create_connection(("127.0.0.1", 8080), 5).close()
                return True
            except OSError:
                return False

        scene.settle(is_open, 30)
        scene.hold(args, port=8080, source=hints.name)
