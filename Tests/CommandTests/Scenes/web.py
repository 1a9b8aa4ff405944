"""Servers to trace: nginx, and on port 8081 one that does by its path what no sane server does.

nginx listens on port 8080, and on 18473, which no other scene has. All of them are reached at 127.0.0.1, ::1 and
198.18.0.1, an address of this host that is not in 127/8. A name that stands in the scene's own /etc/hosts, both.test,
has an address of each family; 8081 is open for the second alone.
"""

import os
import shutil
import socket
import struct
import subprocess
import tempfile
import threading
import time

import scene

NGINX = """
daemon off;
master_process off;
pid nginx.pid;
error_log error.log;
events { worker_connections 64; }
http {
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    access_log off;
    server {
        listen 0.0.0.0:8080;
        listen [::]:8080;
        listen 0.0.0.0:18473;
        listen [::]:18473;
        location / { return 200 "hello"; }
        location = /off { keepalive_timeout 0; return 200 "bye"; }
        location = /from { return 302 /to?x=1; }
        location = /round { return 301 /and; }
        location = /and { return 301 /round; }
        location = /bad { return 302 gopher://x/; }
    }
}
"""

END = "\r\n\r\n"
HEAD = "HTTP/1.1 200 OK\r\n"


def answer(connection, path):
    """What the path asks for; true where the connection is left open until the client closes."""
    def say(text):
        connection.sendall(text.encode())

    if path == "/slow":
        time.sleep(0.3)
        say(HEAD + "Content-Length: 4" + END + "late")
        return True
    if path == "/reset":
        say(HEAD + "Content-Length: 1000" + END + "half")
        time.sleep(0.1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    elif path == "/short":
        say(HEAD + "Content-Length: 1000" + END + "half")
    elif path == "/garbage":
        say("SSH-2.0-OpenSSH_9.2\r\n")
        return True
    elif path == "/headers":
        say(HEAD)
        while True:
            say("X-More: and more\r\n" * 100)
    elif path == "/chunked":
        say(HEAD + "Transfer-Encoding: chunked" + END + "5\r\nhello\r\n")
        say("6;x=y\r\n again\r\n0\r\nTrailer: t" + END)
        return True
    elif path == "/until-close":
        say(HEAD + "Content-Type: text/plain" + END + "all there is")
    elif path == "/old":
        say("HTTP/1.0 200 OK\r\nContent-Length: 3" + END + "old")
    elif path == "/stays":
        say(HEAD + "Content-Length: 2\r\nConnection: close" + END + "no")
        return True
    elif path == "/hostile":
        say("HTTP/1.1 200 \x1b[31mRED\x1b[0m <b>\r\nContent-Length: 0\r\nX: \u202e" + END)
        return True
    elif path == "/silent":
        return True
    else:
        say(HEAD + "Content-Length: 2" + END + "ok")
        return True
    return False


def serve(connection):
    try:
        request = b""
        while END.encode() not in request:
            part = connection.recv(4096)
            if not part:
                return
            request += part
        if answer(connection, request.split(b" ")[1].decode()):
            while connection.recv(4096):
                pass
    except OSError:
        pass
    finally:
        connection.close()


def serve_oddly(report, port):
    scene.name_process("odd-server")
    listener = socket.create_server(("0.0.0.0", port))
    report(port)
    while True:
        threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()


args = scene.options(__doc__)
scene.begin()
directory = tempfile.mkdtemp(prefix="tcptune-scene-")
try:
    subprocess.run(("ip", "address", "add", "198.18.0.1/32", "dev", "lo"), check=True)
    with open(directory + "/hosts", "w") as file:
        file.write("127.0.0.1 localhost\n::1 both.test\n127.0.0.1 both.test\n")
    subprocess.run(("mount", "--bind", directory + "/hosts", "/etc/hosts"), check=True)
    with open(directory + "/nginx.conf", "w") as file:
        file.write(NGINX)
    scene.child(serve_oddly, 8081)
    nginx = subprocess.Popen(
        ("nginx", "-p", directory, "-c", directory + "/nginx.conf"),
        preexec_fn=lambda: scene.die_with_parent(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        def is_open():
            try:
                socket.create_connection(("127.0.0.1", 8080), 5).close()
                return True
            except OSError:
                return False

        scene.settle(is_open, 30)
        scene.hold(args, port=8080, server=nginx.pid)
    finally:
        nginx.kill()
        nginx.wait()
finally:
    shutil.rmtree(directory, ignore_errors=True)
