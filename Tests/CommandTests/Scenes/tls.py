"""Servers that speak TLS, and some that do not, with certificates of an authority of their own.

nginx has the ports up to 8450, the others are this program's. All are at 127.0.0.1, those of
nginx at ::1 as well. The scene's source is the directory with ca.pem and with a file for each port that writes down how its
connections ended: `notified` where the client's close_notify came before its FIN, `ragged` where it did not.
"""

import os
import shutil
import socket
import ssl
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
events { worker_connections 256; }
http {
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    log_format plain "$request $http_x_one|$http_user_agent|$http_accept|$http_host $ssl_session_reused $status";
    access_log access.log plain;
    ssl_certificate good.pem; ssl_certificate_key good.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    keepalive_requests 100000;
    server {
        listen 127.0.0.1:8443 ssl; listen [::1]:8443 ssl;
        location / { return 200 "hello"; }
        location = /off { keepalive_timeout 0; return 200 "bye"; }
        location = /big { root .; }
        location = /chunked { proxy_pass http://127.0.0.1:8081; proxy_http_version 1.1; }
    }
    server { listen 127.0.0.1:8443 ssl; server_name other.test;
             ssl_certificate other.pem; ssl_certificate_key other.key; location / { return 200 "other"; } }
    server { listen 127.0.0.1:8444 ssl; ssl_protocols TLSv1.2; ssl_session_tickets off; location / { return 200 "two"; } }
    server { listen 127.0.0.1:8445 ssl; ssl_protocols TLSv1.3; location / { return 200 "three"; } }
    server { listen 127.0.0.1:8446 ssl; ssl_certificate expired.pem; ssl_certificate_key expired.key;
             location / { return 200 "late"; } location = /on { return 302 /; } }
    server { listen 127.0.0.1:8447 ssl; ssl_certificate other.pem; ssl_certificate_key other.key; location / { return 200 "else"; } }
    server { listen 127.0.0.1:8448 ssl; ssl_certificate self.pem; ssl_certificate_key self.key; location / { return 200 "self"; } }
    server { listen 127.0.0.1:8449 ssl; ssl_client_certificate ca.pem; ssl_verify_client on; location / { return 200 "known"; } }
    server { listen 127.0.0.1:8450 ssl; ssl_certificate leaf.pem; ssl_certificate_key leaf.key; location / { return 200 "leaf"; } }
    server { listen 127.0.0.1:8080;
             location / { return 200 "plain"; } location = /up { return 301 https://127.0.0.1:8443/; } }
}
"""

HEAD = b"HTTP/1.1 200 OK\r\n"


def openssl(directory, *words, **more):
    subprocess.run(("openssl",) + words, cwd=directory, check=True, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)


EC = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


AUTHORITY = """
[ca]
default_ca = own
[own]
database = index
new_certs_dir = .
certificate = ca.pem
private_key = ca.key
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
"""


def issue(directory, name, common, names, *dates):
    """A certificate of the own authority."""
    openssl(directory, "req", "-new", *EC, "-keyout", name + ".key", "-out", name + ".csr", "-subj", "/CN=" + common)
    with open(f"{directory}/{name}.ext", "w") as file:
        file.write("subjectAltName=" + names)
    openssl(directory, "ca", "-batch", "-config", "ca.cnf", "-notext", "-in", name + ".csr", "-out", name + ".pem",
            "-extfile", name + ".ext", *dates)


def certificates(directory):
    openssl(directory, "req", "-x509", *EC, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Own CA",
            "-days", "30")
    openssl(directory, "req", "-x509", *EC, "-keyout", "self.key", "-out", "self.pem", "-subj", "/CN=www.test",
            "-addext", "subjectAltName=IP:127.0.0.1", "-days", "30")
    open(directory + "/index", "w").close()
    with open(directory + "/ca.cnf", "w") as file:
        file.write(AUTHORITY)
    for name, common, by in ("middle", "Middle CA", "ca"), ("leaf", "www.test", "middle"):
        openssl(directory, "req", "-x509", *EC, "-keyout", name + ".key", "-out", name + ".pem", "-subj", "/CN=" + common,
                "-addext", "subjectAltName=IP:127.0.0.1", "-CA", by + ".pem", "-CAkey", by + ".key", "-days", "20")
    issue(directory, "good", "www.test", "DNS:www.test,DNS:*.wild.test,DNS:localhost,IP:127.0.0.1,IP:::1", "-days", "20")
    issue(directory, "other", "other.test", "DNS:other.test", "-days", "20")
    issue(directory, "expired", "www.test", "IP:127.0.0.1", "-startdate", "20200101000000Z", "-enddate", "20200201000000Z")


def context(directory, low=ssl.TLSVersion.TLSv1_2, high=ssl.TLSVersion.TLSv1_3):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(directory + "/good.pem", directory + "/good.key")
    made.minimum_version, made.maximum_version = low, high
    return made


def asking_for_a_certificate(directory, high=ssl.TLSVersion.TLSv1_3):
    made = context(directory, high=high)
    made.verify_mode = ssl.CERT_REQUIRED
    made.load_verify_locations(directory + "/ca.pem")
    return made


def without_alpn(directory):
    made = context(directory)
    made.set_alpn_protocols(["h2"])
    return made


def read_request(stream):
    request = b""
    while b"\r\n\r\n" not in request:
        part = stream.recv(4096)
        if not part:
            return
        request += part


def until_end(stream):
    """How the client ended TLS."""
    try:
        while stream.recv(65536):
            pass
        return "notified"
    except ssl.SSLEOFError:
        return "ragged"
    except OSError as problem:
        return "error " + str(problem)


def stays(stream, raw):
    """Leaves the end to the client."""
    stream.sendall(HEAD + b"Content-Length: 2\r\n\r\nok")
    return until_end(stream)


def cuts_off(stream, raw):
    """Ends a response that has no length, by a FIN alone."""
    stream.sendall(HEAD + b"\r\nall there is?")
    raw.shutdown(socket.SHUT_RDWR)
    return "cut"


def ends_well(stream, raw):
    """Ends a response that has no length, as TLS has it."""
    stream.sendall(HEAD + b"\r\nall there is")
    stream.unwrap()
    return "unwrapped"


def ends_halfway(stream, raw):
    """Says close_notify, waits for the client's, and leaves the connection to the client."""
    stream.sendall(HEAD + b"Connection: close\r\nContent-Length: 2\r\n\r\nok")
    raw = stream.unwrap()
    while raw.recv(4096):
        pass
    return "unwrapped"


def says_nothing(connection):
    while connection.recv(4096):
        pass


def babbles(connection):
    connection.recv(4096)
    connection.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")
    says_nothing(connection)


def greets(connection):
    """Speaks first, as a mail server does."""
    connection.sendall(b"220 mail.test ESMTP\r\n")
    says_nothing(connection)


def hangs_up(connection):
    connection.recv(4096)


def resets(connection):
    connection.recv(4096)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def refuses(connection):
    """Sends the alert handshake_failure."""
    connection.recv(4096)
    connection.sendall(bytes([21, 3, 3, 0, 2, 2, 40]))


def drips(connection):
    """A record that never ends."""
    connection.recv(4096)
    connection.sendall(bytes([22, 3, 3, 0x40, 0]) + bytes([2, 0, 0x3f, 0xfc]))
    while True:
        connection.sendall(b"\0")
        time.sleep(0.02)


def floods(connection):
    """Records of a warning each, without end."""
    connection.recv(4096)
    while True:
        connection.sendall(bytes([21, 3, 3, 0, 2, 1, 90]) * 1000)


# Behind TLS: the context's maker, and what is done with it.
SPOKEN = {
    8451: (context, stays), 8452: (context, cuts_off), 8453: (context, ends_well), 8454: (context, ends_halfway),
    8455: (asking_for_a_certificate, stays),
    8456: (lambda directory: asking_for_a_certificate(directory, ssl.TLSVersion.TLSv1_2), stays),
    8457: (without_alpn, stays),
    8458: (lambda directory: context(directory, high=ssl.TLSVersion.TLSv1_2), ends_well),
}
UNSPOKEN = {
    8461: says_nothing, 8462: babbles, 8463: hangs_up, 8464: resets, 8465: refuses, 8466: drips, 8467: floods,
    8468: greets,
}


def speak(directory, port, made, act, raw):
    end = "error"
    try:
        stream = made.wrap_socket(raw, server_side=True, suppress_ragged_eofs=False)
        read_request(stream)
        end = act(stream, raw)
        stream.close()
    except OSError as problem:
        end = "error " + str(problem)
    finally:
        raw.close()
        with open(f"{directory}/{port}", "a") as file:
            file.write(end + "\n")


def act_out(act, connection):
    try:
        act(connection)
    except OSError:
        pass
    finally:
        connection.close()


def answer_in_chunks(connection):
    read_request(connection)
    connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nhello\r\n6\r\n again\r\n0\r\n\r\n")


def listen(port, handle):
    listener = socket.create_server(("127.0.0.1", port), backlog=64)

    def loop():
        while True:
            threading.Thread(target=handle, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=loop, daemon=True).start()


def serve_oddly(report, directory):
    scene.name_process("odd-server")
    for port, (make, act) in SPOKEN.items():
        made = make(directory)
        listen(port, lambda raw, port=port, made=made, act=act: speak(directory, port, made, act, raw))
    for port, act in UNSPOKEN.items():
        listen(port, lambda connection, act=act: act_out(act, connection))
    listen(8081, lambda connection: act_out(answer_in_chunks, connection))
    report(8081)
    while True:
        time.sleep(1000)


args = scene.options(__doc__)
scene.begin()
directory = tempfile.mkdtemp(prefix="tcptune-scene-")
try:
    with open(directory + "/hosts", "w") as file:
        file.write("127.0.0.1 localhost\n127.0.0.1 www.test a.wild.test other.test\n::1 both.test\n127.0.0.1 both.test\n")
    subprocess.run(("mount", "--bind", directory + "/hosts", "/etc/hosts"), check=True)
    certificates(directory)
    with open(directory + "/big", "wb") as file:
        file.write(b"x" * (1 << 20))
    with open(directory + "/nginx.conf", "w") as file:
        file.write(NGINX)
    scene.child(serve_oddly, directory)
    nginx = subprocess.Popen(
        ("nginx", "-p", directory, "-c", directory + "/nginx.conf"),
        preexec_fn=lambda: scene.die_with_parent(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    try:
        def is_open():
            try:
                socket.create_connection(("127.0.0.1", 8443), 5).close()
                return True
            except OSError:
                return False

        scene.settle(is_open, 30)
        scene.hold(args, port=8443, server=nginx.pid, source=directory)
    finally:
        nginx.kill()
        nginx.wait()
finally:
    shutil.rmtree(directory, ignore_errors=True)
