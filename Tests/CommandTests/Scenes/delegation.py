"""A web server at the end of a walk through the DNS: root, top level and authority by nsd, each at an address of its own.

www.corp.test is 198.18.0.1; the scene's resolv.conf names the authority as the name server of this host. The file with
the addresses of the root is in the facts.
"""

import os
import shutil
import socket
import subprocess
import tempfile

import scene

ROOT, TOP, AUTHORITY = "127.0.1.1", "127.0.1.2", "127.0.1.3"
SOA = "@ 300 IN SOA ns. admin. 1 3600 900 86400 60\n"
ZONES = {
    ".": (ROOT, ". 300 IN NS a.root.\na.root. 300 IN A %s\ntest. 300 IN NS ns.nic.test.\nns.nic.test. 300 IN A %s\n"
          % (ROOT, TOP)),
    "test": (TOP, "@ 300 IN NS ns.nic.test.\nns.nic.test. 300 IN A %s\ncorp.test. 300 IN NS ns.corp.test.\n"
             "ns.corp.test. 300 IN A %s\n" % (TOP, AUTHORITY)),
    "corp.test": (AUTHORITY, "@ 300 IN NS ns.corp.test.\nns.corp.test. 300 IN A %s\nwww 300 IN A 198.18.0.1\n"
                  "alias 300 IN CNAME www.corp.test.\n" % AUTHORITY),
}
CONFIGURATION = """
server:
  ip-address: %s
  username: ""
  chroot: ""
  zonesdir: "%s"
  database: ""
  pidfile: ""
  xfrdfile: ""
  xfrdir: "%s"
  zonelistfile: ""
  server-count: 1
  rrl-ratelimit: 0
remote-control:
  control-enable: no
zone:
  name: "%s"
  zonefile: "%s"
"""


def serve(report):
    listener = socket.create_server(("0.0.0.0", 8080))
    report(8080)
    while True:
        connection = listener.accept()[0]
        request = b""
        while b"\r\n\r\n" not in request and (part := connection.recv(4096)):
            request += part
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
        connection.close()


def write(name, text):
    with open(directory + "/" + name, "w") as file:
        file.write(text)
    return directory + "/" + name


args = scene.options(__doc__)
scene.begin()
directory = tempfile.mkdtemp(prefix="tcptune-scene-")
servers = []
try:
    os.chmod(directory, 0o755)
    subprocess.run(("ip", "address", "add", "198.18.0.1/32", "dev", "lo"), check=True)
    for name, text, place in (
        ("resolv.conf", "nameserver %s\noptions timeout:1\n" % AUTHORITY, "/etc/resolv.conf"),
        ("nsswitch.conf", "hosts: files dns\n", "/etc/nsswitch.conf"),
    ):
        if os.path.exists(place):
            subprocess.run(("mount", "--bind", write(name, text), os.path.realpath(place)), check=True)
    hints = write("hints", ". 300 NS a.root.\na.root. 300 A %s\n" % ROOT)
    for zone, (address, records) in ZONES.items():
        name = "root" if zone == "." else zone
        write(name + ".zone", "$ORIGIN %s\n" % (zone if zone == "." else zone + ".") + SOA + records)
        file = write(name + ".conf", CONFIGURATION % (address, directory, directory, zone, name + ".zone"))
        servers.append(subprocess.Popen(
            ("nsd", "-d", "-c", file), preexec_fn=scene.die_with_parent, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    scene.child(serve)

    def answers():
        """Each server answers a question over TCP, however little."""
        # For the servers of the root, in any zone: 17 bytes, one question, no name, NS, IN.
        question = b"\0\x11\0\1\0\0\0\1\0\0\0\0\0\0\0\0\2\0\1"
        for address, _ in ZONES.values():
            try:
                with socket.create_connection((address, 53), 5) as connection:
                    connection.sendall(question)
                    if not connection.recv(2):
                        return False
            except OSError:
                return False
        return True

    scene.settle(answers, 30)
    scene.hold(args, port=8080, source=hints)
finally:
    for server in servers:
        server.kill()
    for server in servers:
        server.wait()
    shutil.rmtree(directory, ignore_errors=True)
