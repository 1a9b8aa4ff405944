"""What is tried: pairs of equals, pairs that differ, and measured loads beside the host they were measured on."""

import json
import os
import random
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
RANGE = (20000, 21999)


class Bench:
    """The program under test, and where its results are put by."""

    def __init__(self, tcptune, folder, prefix):
        self.tcptune, self.folder, self.prefix = tcptune, folder, prefix
        self.number = 0

    def run(self, *words, seconds=300, inside=()):
        self.number += 1
        path = os.path.join(self.folder, f"{self.number}.json")
        done = subprocess.run(
            [*inside, *self.prefix, self.tcptune, *words, "--json", "-o", path],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=seconds)
        if not os.path.exists(path):
            raise RuntimeError(f"{' '.join(words)}: {done.returncode} {done.stderr.strip()}")
        with open(path) as file:
            return path, json.load(file)["data"], done.returncode

    def server(self, port, milliseconds):
        return subprocess.Popen(
            [*self.prefix, sys.executable, os.path.join(HERE, "delayed.py"), str(port), str(milliseconds)])


def coloured(comparison):
    return [m["name"] for m in comparison["metrics"] if m["verdict"] in ("better", "worse")]


class Count:
    """How many of what was tried said so; those that are void say nothing."""

    def __init__(self):
        self.tried = self.found = self.gates = self.void = 0
        self.names = {}

    def add(self, comparison, status, name=None):
        self.tried += 1
        if comparison["void"]:
            self.void += 1
            return
        names = coloured(comparison)
        for one in names:
            self.names[one] = self.names.get(one, 0) + 1
        self.found += bool(names) if name is None else name in names
        self.gates += status == 1

    @property
    def rated(self):
        return self.tried - self.void


def saved_pair(bench, first, second, count, name=None):
    one, two = bench.run("load", *first), bench.run("load", *second)
    _, comparison, status = bench.run("compare", one[0], two[0], "--fail-if", "worse>5%")
    count.add(comparison, status, name)


KINDS = {
    "closed loop, own server": ("--close", "reset", "--requests", "5"),
    "1000/s, own server": ("--rate", "1000/s", "--spacing", "even"),
    "200/s over loopback, a request takes 5 ms": ("--rate", "200/s", "--to", "127.0.0.1:7051"),
}


def equal_loads(bench, pairs, runs, seconds, say):
    """The same load twice, each in an invocation of its own."""
    counts = {kind: Count() for kind in KINDS}
    server = bench.server(7051, 5)
    try:
        time.sleep(0.5)
        for pair in range(pairs):
            kind = list(KINDS)[pair % len(KINDS)]
            words = [*KINDS[kind], "--for", f"{seconds}s", "--runs", str(runs)]
            saved_pair(bench, words, words, counts[kind])
            say(f"equal loads, {runs} runs a side: {pair + 1} of {pairs}")
    finally:
        server.kill()
        server.wait()
    return counts


def equal_in_turn(bench, pairs, seconds, say):
    """The same load as both sides of load A B."""
    count = Count()
    setting = "net.ipv4.tcp_keepalive_time=7200"
    for pair in range(pairs):
        _, comparison, status = bench.run(
            "load", setting, setting, "--rate", "500/s", "--for", f"{seconds}s", "--fail-if", "worse>5%")
        count.add(comparison, status)
        say(f"equal loads in turn: {pair + 1} of {pairs}")
    return count


def unequal_loads(bench, pairs, changes, runs, seconds, say):
    """A server that takes so much longer; whether the median of a request is found to be worse."""
    counts = {change: Count() for change in changes}
    servers = [bench.server(7051, 5)]
    servers += [bench.server(7052 + place, 5 * (1 + change)) for place, change in enumerate(changes)]
    try:
        time.sleep(0.5)
        for pair in range(pairs):
            for place, change in enumerate(changes):
                words = ["--rate", "200/s", "--for", f"{seconds}s", "--runs", str(runs), "--to"]
                saved_pair(
                    bench, [*words, "127.0.0.1:7051"], [*words, f"127.0.0.1:{7052 + place}"],
                    counts[change], "total_p50_seconds")
            say(f"unequal loads, {runs} runs a side: {pair + 1} of {pairs}")
    finally:
        for server in servers:
            server.kill()
            server.wait()
    return counts


def equal_labs(bench, results, say):
    """One experiment again and again; each result is compared with the one before."""
    count = Count()
    before = None
    for number in range(results):
        path, _, _ = bench.run("lab", "run", "keep-alive")
        if before:
            _, comparison, status = bench.run("compare", before, path, "--fail-if", "worse>5%")
            count.add(comparison, status)
        before = path
        say(f"equal lab results: {number + 1} of {results}")
    return count


def equal_proofs(bench, proofs, say):
    """Profiles that change what the workload does not ask for."""
    count = Count()
    for number in range(proofs):
        path = os.path.join(bench.folder, "nothing.toml")
        with open(path, "w") as file:
            file.write(
                '[profile]\nname = "nothing"\nsummary = "changes nothing that matters here"\n\n[[setting]]\n'
                f'key = "net.ipv4.tcp_keepalive_time"\nvalue = {7201 + number}\nwhy = "a test"\n')
        workload = ("outbound-client", "web-server")[number % 2]
        _, proof, _ = bench.run("prove", path, "--workload", workload, "--for", "2s", "--seed", str(number + 1))
        count.tried += 1
        count.void += proof["void"] is not None
        count.found += proof["verdict"] in ("helps", "hurts", "mixed")
        say(f"equal proofs: {number + 1} of {proofs}")
    return count


# What a host does by itself: opens connections at a rate, and closes first or lets the peer close.
CLIENT = """
import errno, socket, sys, time
rate, seconds, peer = float(sys.argv[1]), float(sys.argv[2]), sys.argv[3] == "peer"
began, made, failed = time.monotonic(), 0, 0
while time.monotonic() - began < seconds:
    wait = began + made / rate - time.monotonic()
    if wait > 0: time.sleep(wait)
    one = socket.socket()
    try:
        one.connect(("10.85.0.2", 9001)); one.send(b"p" if peer else b"q"); one.recv(1)
        if peer: one.recv(1)
    except OSError as error: failed += error.errno == errno.EADDRNOTAVAIL
    one.close(); made += 1
print(made, failed)
"""
SERVER = """
import select, socket
listener = socket.socket(); listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("10.85.0.2", 9001)); listener.listen(4096); listener.setblocking(False)
events = select.epoll(); events.register(listener.fileno(), 1); peers = {}
while True:
    for number, _ in events.poll():
        if number == listener.fileno():
            try:
                while True:
                    peer, _ = listener.accept(); peers[peer.fileno()] = peer; events.register(peer.fileno(), 1)
            except BlockingIOError: continue
        data = peers[number].recv(4096)
        if data: peers[number].send(b"x")
        if not data or data == b"p": events.unregister(number); peers.pop(number).close()
"""


def measured_case(bench, number, seed):
    """A real host for 75 s, and what prove says of it after 20 s; whether the two agree."""
    random.seed(seed * 1000 + number)
    # Ports hold for 60 s each; nothing is told of a host that is just at its limit.
    capacity = (RANGE[1] - RANGE[0] + 1) / 60
    load = random.choice([random.uniform(0.5, 0.85), random.uniform(1.15, 2)])
    closer = "peer" if number % 5 == 4 else "client"
    has, wants = [("0", "1"), ("1", "0"), ("0", "0")][number % 3]
    seconds = random.choice([3, 5, 7, 10])
    rate = capacity * load
    names = [f"honest-{os.getpid()}-{number}-{side}" for side in "cs"]
    inside = [["ip", "netns", "exec", name] for name in names]
    children = []
    try:
        for name in names:
            subprocess.run(["ip", "netns", "add", name], check=True)
        subprocess.run(["ip", "link", "add", "v0", "netns", names[0], "type", "veth", "peer", "name", "v0", "netns", names[1]], check=True)
        for place, name in enumerate(names):
            subprocess.run(["ip", "-n", name, "addr", "add", f"10.85.0.{place + 1}/24", "dev", "v0"], check=True)
            subprocess.run(["ip", "-n", name, "link", "set", "v0", "up"], check=True)
        subprocess.run(
            [*inside[0], "sysctl", "-qw", f"net.ipv4.ip_local_port_range={RANGE[0]} {RANGE[1]}", f"net.ipv4.tcp_tw_reuse={has}"],
            check=True)
        children.append(subprocess.Popen([*inside[1], sys.executable, "-c", SERVER]))
        time.sleep(1)
        children.append(
            subprocess.Popen([*inside[0], sys.executable, "-c", CLIENT, str(rate), "75", closer], stdout=subprocess.PIPE, text=True))
        time.sleep(20)
        path = os.path.join(bench.folder, f"measured-{number}.toml")
        setting = "net.ipv4.tcp_keepalive_time" if wants == has else "net.ipv4.tcp_tw_reuse"
        value = "7300" if wants == has else wants
        with open(path, "w") as file:
            file.write(
                f'[profile]\nname = "wanted"\nsummary = "a test"\n\n[[setting]]\nkey = "{setting}"\nvalue = {value}\nwhy = "a test"\n')
        out = os.path.join(bench.folder, f"measured-{number}.json")
        asked = subprocess.run(
            [*inside[0], *bench.prefix, bench.tcptune, "prove", path, "--workload", "measured", "--for", f"{seconds}s", "--json", "-o", out],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=600)
        if os.path.exists(out):
            with open(out) as file:
                proof = json.load(file)["data"]
        else:
            proof = {"verdict": "refused", "void": "refused: " + asked.stderr.strip(), "sentence": ""}
        made, failed = map(int, children[1].communicate(timeout=120)[0].split())
    finally:
        for child in children:
            child.kill()
            child.wait()
        for name in names:
            subprocess.run(["ip", "netns", "del", name], stderr=subprocess.DEVNULL)
    # Without reuse, and where the client closes first, a host above its capacity fails; with reuse it does not.
    fails = {reuse: reuse == "0" and closer == "client" and load > 1 for reuse in "01"}
    right = "helps" if fails[has] and not fails[wants] else "hurts" if fails[wants] and not fails[has] else "no_effect"
    return {
        "rate": rate, "load": load, "closer": closer, "reuse": f"{has} → {wants}", "seconds": seconds,
        "real": f"{failed} of {made}", "real_fails": failed > 0, "expected_fails": fails[has],
        "verdict": proof["verdict"], "right": right, "void": proof["void"], "sentence": proof["sentence"],
    }
