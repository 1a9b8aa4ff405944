"""Redirects and addresses as servers and people write them, asked for by curl(1) and by the program.

    unshare -nm python3 redirects.py PROGRAM

prints one line of JSON for each: the targets that either of them asked the server for, in order.
"""

import json
import socket
import subprocess
import sys
import threading

import scene

START = b"/a/b?q"
LOCATIONS = [
    b"/a b?c d", b"/caf\xe9", b"/caf\xc3\xa9?\xc3\xa9=\xe9", b"/%zz%4", b'x"<>^`{|}', b"?y", b"  /blanks\t ", b"//HOST/p",
    b"http:/HOST/one", b"http:///HOST/three", b"HTTP://HOST/upper", b"\\back", b"g;x=1/../y", b"../../../z", b"HOST/x",
    b"mailto:x", b"/tab\there", b"http://user:secret@HOST/u", b"/x#part", b"http://HOST", b"/q?a=b#c d", b"",
    b"http://127.1:PORT/short", b"http://0x7f000001:PORT/hexadecimal", b"http://0177.0.0.1:PORT/octal",
]
STATUSES = [300, 301, 303, 304, 305, 306, 307, 308, 399, 201]
TYPED = [b"/%zz%4", b'/a"b<c>d^e`f{g|h}i', b"/caf\xc3\xa9", b"/a/./b/../c/%2e%2e/d", b"/..", b"?q=1", b"/x#part", b"/a//b", b""]

log = []
answer = (200, None)


def serve(listener):
    while True:
        connection = listener.accept()[0]
        request = b""
        while b"\r\n\r\n" not in request:
            part = connection.recv(4096)
            if not part:
                break
            request += part
        if request:
            target = request.split(b" ")[1]
            log.append(target.decode("latin-1"))
            status, location = answer if target == START else (200, None)
            place = b"" if location is None else b"Location: " + location + b"\r\n"
            connection.sendall(b"HTTP/1.1 %d X\r\n%sContent-Length: 0\r\nConnection: close\r\n\r\n" % (status, place))
        connection.close()


def asked(command):
    log.clear()
    subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
    return list(log)


def compare(kind, what, url):
    curl = asked((b"curl", b"-gsL", b"--noproxy", b"*", b"--max-time", b"30", url))
    own = asked((sys.argv[1].encode(), b"trace", b"--follow", url))
    print(json.dumps({"kind": kind, "what": what, "curl": curl, "own": own}), flush=True)


def main():
    global answer
    scene.begin()
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=serve, args=(listener,), daemon=True).start()
    port = b"%d" % listener.getsockname()[1]
    base = b"http://127.0.0.1:" + port
    for location in LOCATIONS:
        answer = (302, location.replace(b"HOST", b"127.0.0.1:" + port).replace(b"PORT", port))
        compare("location", location.decode("latin-1"), base + START)
    for status in STATUSES:
        answer = (status, b"/next")
        compare("status", str(status), base + START)
    for text in TYPED:
        compare("typed", text.decode("latin-1"), base + text)


main()
