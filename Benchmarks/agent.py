#!/usr/bin/env python3
"""Measures what tcptune-agent costs beside node_exporter's tcpstat, on the same sockets, in the same minutes.

    make bench-agent                        every row; needs about 6 GiB and 40 minutes
    make bench-agent ARGS=--quick           fewer sockets, shorter and fewer rounds
    make bench-agent ARGS='--sockets 100000 --rounds 5'

Sockets are established connections in a private network namespace. Both programs run there at the same time, as daemons;
node_exporter is scraped every 15 seconds, the agent every second where it was built with its web server. Processor time is that
of all threads (/proc/PID/task/*/schedstat). What is judged is the median of the rounds.
"""

import argparse
import glob
import http.client
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from population import Population, compile, enter, home

SCRAPED_EVERY = 15  # seconds, as Prometheus does with node_exporter
FIRST_LOOKS = 20  # seconds in which the agent looks at everything for the first times

parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
parser.add_argument("--agent", required=True)
parser.add_argument("--quick", action="store_true")
parser.add_argument("--sockets", type=int, action="append", help="may be given several times")
parser.add_argument("--rounds", type=int)
parser.add_argument("--seconds", type=int, help="of a round")
args = parser.parse_args()
rounds = args.rounds or (3 if args.quick else 5)
seconds = args.seconds or (30 if args.quick else 60)
sizes = args.sockets or ([2, 10_000, 100_000] if args.quick else [2, 10_000, 100_000, 1_000_000])

# Of one processor, and the share of what tcpstat takes: what is asked of the agent.
MOST_CPU = {2: 0.002, 10_000: 0.005, 100_000: 0.01, 1_000_000: 0.01}
MOST_OF_TCPSTAT = 1 / 15
MOST_RESIDENT = 32 * 1024  # KiB, at a million sockets
MOST_SCRAPE = 5.0  # ms, the slowest of a hundred
MOST_START = 50.0  # ms until it is ready


def cpu(pid):
    """Seconds that the threads of a process have run."""
    total = 0
    for path in glob.glob("/proc/%d/task/*/schedstat" % pid):
        try:
            with open(path) as file:
                total += int(file.read().split()[0])
        except OSError:
            pass
    return total / 1e9


def resident(pid):
    with open("/proc/%d/status" % pid) as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS:"))


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Daemon:
    """A program in the namespace, and where it answers."""

    def __init__(self, population, command, port, notify=None):
        self.population, self.port = population, port
        environment = dict(os.environ)
        if notify:
            environment["NOTIFY_SOCKET"] = notify
        population.enter()
        self.process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.PIPE, text=True)
        enter(home)
        self.said = []
        threading.Thread(target=lambda: self.said.extend(self.process.stderr), daemon=True).start()

    @property
    def pid(self):
        return self.process.pid

    def scrape(self):
        """Milliseconds, and the page. The connection is made in the namespace, by a thread that goes there alone."""
        result = []

        def ask():
            self.population.enter()
            began = time.perf_counter()
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            connection.request("GET", "/metrics")
            page = connection.getresponse().read()
            result.append(((time.perf_counter() - began) * 1000, page))
            connection.close()

        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
        return result[0] if result else None

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)


failures = 0


def row(name, value, limit, unit):
    global failures
    passed = limit is None or value <= limit
    failures += not passed
    print("%-4s %-64s %9.3f %s%s" % (
        "ok" if passed else "FAIL", name, value, unit, "" if limit is None else "  must be <= %.3g" % limit), flush=True)


def grouped(number):
    return format(number, ",").replace(",", " ")


def start_up(population, directory):
    """Milliseconds from start to READY=1."""
    times = []
    for number in range(9):
        path = os.path.join(directory, "notify%d" % number)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices:
            notices.bind(path)
            notices.settimeout(10)
            began = time.perf_counter()
            agent = Daemon(population, [args.agent, "--textfile", os.path.join(directory, "first.prom"),
                                        "--web.listen-address", "127.0.0.1:%d" % free_port()], 0, path)
            try:
                while b"READY=1" not in notices.recv(4096):
                    pass
                times.append((time.perf_counter() - began) * 1000)
            finally:
                agent.end()
    row("from start to READY", statistics.median(times), MOST_START, "ms")


def beside(count, directory):
    """One size: the agent and tcpstat at the same time."""
    population = Population("established", count, build)
    daemons = []
    try:
        port = free_port()
        agent = Daemon(population, [args.agent, "--textfile", os.path.join(directory, "agent.prom"),
                                    "--web.listen-address", "127.0.0.1:%d" % port], port)
        daemons.append(agent)
        exporter = None
        if shutil.which("prometheus-node-exporter"):
            port = free_port()
            exporter = Daemon(population, ["prometheus-node-exporter", "--collector.disable-defaults",
                                           "--collector.tcpstat", "--web.listen-address=127.0.0.1:%d" % port], port)
            daemons.append(exporter)
        time.sleep(FIRST_LOOKS)
        has_server = any("listening on" in line for line in agent.said)
        shares, theirs, of_theirs, scrapes, sizes_held, theirs_held = [], [], [], [], [], []
        for _ in range(rounds):
            began = time.monotonic()
            before = cpu(agent.pid), exporter and cpu(exporter.pid)
            next_scrape = began
            while time.monotonic() - began < seconds:
                if exporter and time.monotonic() >= next_scrape:
                    exporter.scrape()
                    next_scrape += SCRAPED_EVERY
                if has_server:
                    scrapes.append(agent.scrape()[0])
                time.sleep(1)
            passed = time.monotonic() - began
            shares.append((cpu(agent.pid) - before[0]) / passed)
            sizes_held.append(resident(agent.pid))
            if exporter:
                theirs.append((cpu(exporter.pid) - before[1]) / passed)
                of_theirs.append(shares[-1] / theirs[-1])
                theirs_held.append(resident(exporter.pid))
        name = grouped(count) + " established: "
        row(name + "agent, of a processor", 100 * statistics.median(shares), 100 * MOST_CPU.get(count, 0.01), "%")
        row(name + "agent, resident", max(sizes_held) / 1024, MOST_RESIDENT / 1024, "MiB")
        if exporter:
            row(name + "tcpstat every %d s, of a processor" % SCRAPED_EVERY, 100 * statistics.median(theirs), None, "%")
            row(name + "agent / tcpstat", statistics.median(of_theirs),
                MOST_OF_TCPSTAT if count >= 1_000_000 else None, "")
            row(name + "tcpstat, resident", max(theirs_held) / 1024, None, "MiB")
        else:
            print("     prometheus-node-exporter is not here: nothing to compare with")
        if scrapes:
            scrapes.sort()
            row(name + "a scrape, the slowest of a hundred", scrapes[int(0.99 * (len(scrapes) - 1))], MOST_SCRAPE, "ms")
        else:
            print("     this agent was built without its web server: no scrapes (make agent builds it)")
    finally:
        for one in daemons:
            one.end()
        population.end()


if os.geteuid() != 0:
    sys.exit("agent.py needs root, to move into the namespace")
directory = tempfile.mkdtemp(prefix="tcptune-bench-")
build = compile(directory, "sockets")
try:
    print("%s, %d processors, Linux %s, load %.2f, %d rounds of %d s\n" % (
        time.strftime("%Y-%m-%d %H:%M"), os.cpu_count(), os.uname().release, os.getloadavg()[0], rounds, seconds))
    empty = Population("established", 2, build)
    try:
        start_up(empty, directory)
    finally:
        empty.end()
    for count in sizes:
        beside(count, directory)
finally:
    shutil.rmtree(directory, ignore_errors=True)
print("\n%s" % ("all within their limits" if not failures else "%d rows beyond their limits" % failures))
sys.exit(1 if failures else 0)
