#!/usr/bin/env python3
"""What `tcptune trace` measures and costs, against curl: the same request, in turn, medians of both.

Runs nginx in a network namespace made for it. Times of the stages must agree within 2 ms, and a whole trace may take
30 ms longer than curl: it watches the sockets until they are at rest, and counts ports afterwards.
"""

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

NGINX = """
daemon off; master_process off; pid nginx.pid; error_log error.log;
events { worker_connections 64; }
http {
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi; scgi_temp_path scgi; access_log off;
    server {
        listen 127.0.0.1:8080;
        location / { root www; }
        location = /off { keepalive_timeout 0; return 200 "bye"; }
    }
}
"""
STAGES = ("namelookup", "connect", "starttransfer", "total")
AGREE, OVERHEAD = 2.0, 30.0


def of_curl(url):
    form = " ".join("%%{time_%s}" % stage for stage in STAGES)
    began = time.monotonic()
    said = subprocess.run(
        ("curl", "-s", "-o", "/dev/null", "-w", form, url), stdout=subprocess.PIPE, check=True).stdout
    return [float(word) * 1000 for word in said.split()] + [(time.monotonic() - began) * 1000]


def of_tcptune(tool, url):
    began = time.monotonic()
    said = subprocess.run((tool, "trace", url, "--json"), stdout=subprocess.PIPE, check=True).stdout
    whole = (time.monotonic() - began) * 1000
    request = json.loads(said)["data"]["requests"][0]
    times = (
        request["name"]["span"]["ended_seconds"], request["connect"]["span"]["ended_seconds"],
        request["response"]["first_byte_seconds"], request["response"]["span"]["ended_seconds"])
    return [seconds * 1000 for seconds in times] + [whole]


def compare(tool, url, rounds):
    """True where both agree."""
    curl, own = [], []
    for _ in range(rounds):
        curl.append(of_curl(url))
        own.append(of_tcptune(tool, url))
    agrees = True
    print("%s, medians of %d runs in turn" % (url, rounds))
    for place, stage in enumerate(STAGES + ("process",)):
        theirs = statistics.median(run[place] for run in curl)
        ours = statistics.median(run[place] for run in own)
        isWhole = stage == "process"
        good = ours - theirs <= OVERHEAD if isWhole else abs(ours - theirs) <= AGREE
        agrees &= good
        print("  %-13s curl %8.3f ms   trace %8.3f ms   %+8.3f ms   (%s %d)%s" % (
            stage, theirs, ours, ours - theirs, "at most" if isWhole else "within",
            OVERHEAD if isWhole else AGREE, "" if good else "   NOT MET"))
    return agrees


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tcptune", required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not (shutil.which("nginx") and shutil.which("curl")):
        print("trace against curl: left out, it needs nginx and curl")
        return
    if not options.inside:
        before = os.readlink("/proc/self/ns/net")
        kinds = "-n" if os.geteuid() == 0 else "-rn"
        os.execvp(
            "unshare", ["unshare", kinds, sys.executable, __file__, "--inside", before] + sys.argv[1:])
    if os.readlink("/proc/self/ns/net") == options.inside:
        sys.exit("not in a namespace of its own")
    subprocess.run(("ip", "link", "set", "lo", "up"), check=True)
    directory = tempfile.mkdtemp(prefix="tcptune-bench-")
    nginx = None
    try:
        os.makedirs(directory + "/www")
        os.chmod(directory, 0o755)
        for name, size in (("small", 512), ("large", 4 << 20)):
            with open("%s/www/%s" % (directory, name), "wb") as file:
                file.write(b"x" * size)
        with open(directory + "/nginx.conf", "w") as file:
            file.write(NGINX)
        nginx = subprocess.Popen(
            ("nginx", "-p", directory, "-c", directory + "/nginx.conf"), stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", 8080), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        rounds = 7 if options.quick else 41
        results = [
            compare(options.tcptune, "http://%s:8080/%s" % place, rounds)
            for place in (("127.0.0.1", "small"), ("localhost", "large"), ("127.0.0.1", "off"))]
    finally:
        if nginx:
            nginx.kill()
            nginx.wait()
        shutil.rmtree(directory, ignore_errors=True)
    sys.exit(0 if all(results) else 1)


main()
