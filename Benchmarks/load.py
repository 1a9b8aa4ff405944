#!/usr/bin/env python3
"""Compares `tcptune load` with neper, a minimal C program, wrk, ab and hey, in the same minute.

    make bench                                    every row; this part takes ten minutes
    python3 Benchmarks/load.py --tcptune PATH --quick       a first look
    NEPER=/path/to/tcp_crr …                      neper that is there already; otherwise its source is fetched and built

Everything happens in a network namespace made for it. The contenders take turns within each round, whole processes are
measured (CPU of client and server by wait4), and what is judged is the median of the rounds' ratios: machines differ,
ratios less so. What is not there is left out, and that is said.
"""

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
NEPER = "https://github.com/google/neper"
ROUNDS, QUICK_ROUNDS = 7, 3
ADDRESS = "127.0.0.1"
FIRST, BOTH = "0", "0,1"  # processors


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tcptune", required=True)
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    parser.add_argument("--only", default="", help="rows whose name contains this")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--json", metavar="FILE", help="raw figures, too")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    return parser.parse_args()


args = arguments()
rounds = args.rounds or (QUICK_ROUNDS if args.quick else ROUNDS)
seconds = 1 if args.quick else 2
TCPTUNE = os.path.abspath(args.tcptune)
if args.inside is None:
    home = os.readlink("/proc/self/ns/net")
    os.execvp("unshare", ["unshare", "-n" if os.geteuid() == 0 else "-rn", sys.executable, os.path.abspath(__file__),
                          "--inside", home] + sys.argv[1:])
if os.readlink("/proc/self/ns/net") == args.inside:
    sys.exit("not in a namespace of its own: nothing is measured")
subprocess.run(["ip", "link", "set", "lo", "up"], check=True)


def setting(key, value):
    with open("/proc/sys/net/ipv4/" + key, "w") as file:
        file.write(value)


# Of every namespace that something is measured in; the delay since Linux 6.14.
SETTINGS = {"ip_local_port_range": "16000 65000", "tcp_tw_reuse_delay": "1"}
if not os.path.exists("/proc/sys/net/ipv4/tcp_tw_reuse_delay"):
    del SETTINGS["tcp_tw_reuse_delay"]


class Started:
    """A process, and what it used of a processor once it has ended."""

    def __init__(self, command, processors, output=None):
        self.command = command
        # neper leaves logs where it is started.
        self.process = subprocess.Popen(["taskset", "-c", processors] + command, text=True, stdin=subprocess.DEVNULL,
                                        cwd=build, stdout=output or subprocess.DEVNULL, stderr=subprocess.STDOUT)

    def end(self, kind=None):
        if kind:
            self.process.send_signal(kind)
        self.said = self.process.stdout.read() if self.process.stdout else ""
        _, status, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss / 1024
        return self


def run(command, processors=FIRST):
    """A process from start to end."""
    started = Started(command, processors, subprocess.PIPE).end()
    if started.process.returncode not in (0, 3):
        sys.exit("bench: %s ended with %d: %s" % (" ".join(command), started.process.returncode, started.said))
    return started


class Figures:
    """Of one run: microseconds of processor a transaction, and transactions a second."""

    def __init__(self, cpu, count, span):
        if count < 100:
            sys.exit("bench: only %d transactions" % count)
        self.cpu, self.rate = cpu / count * 1e6, count / span


def load(words, processors=FIRST):
    started = run([TCPTUNE, "load", "--json"] + words, processors)
    started.data = json.loads(started.said)["data"]
    return started


def own(connections, close, processors=FIRST):
    """The own client and server, in a namespace that they make."""
    same = [word for key, value in SETTINGS.items() for word in ("--set", "net.ipv4.%s=%s" % (key, value))]
    made = load(["--link", "loopback", "--close", close, "--connections", str(connections), "--for", "%ds" % seconds] + same,
                processors)
    return Figures(made.cpu, made.data["completed"], made.data["seconds"])


def pair(connections, close, processors=FIRST):
    """The minimal C program."""
    made = run([crr, "pair", ADDRESS, str(connections), str(seconds), "reset" if close == "reset" else "fin"],
               processors)
    return Figures(made.cpu, int(made.said), seconds)


def neper(connections, close, processors=FIRST):
    how = ["-T1", "-F%d" % connections, "-l%d" % seconds] + ([] if close == "reset" else ["--time-wait"])
    server = Started([crr_of_neper] + how, processors)
    until_listening(12866)
    client = run([crr_of_neper, "-c", "-H", ADDRESS] + how, processors)
    server.end()
    count = int(re.search(r"^num_transactions=(\d+)", client.said, re.M).group(1))
    return Figures(client.cpu + server.cpu, count, seconds)


def until_listening(port):
    for _ in range(200):
        with open("/proc/net/tcp") as v4, open("/proc/net/tcp6") as v6:
            if any(line.split()[1].endswith(":%04X" % port) and line.split()[3] == "0A"
                   for file in (v4, v6) for line in file):
                return
        time.sleep(0.02)
    sys.exit("bench: nobody listens on port %d" % port)


def compare(contenders, times=None):
    """Runs each contender once a round, in turn; the first round only warms up."""
    figures = {name: [] for name in contenders}
    for number in range((times or rounds) + 1):
        for name, make in contenders.items():
            made = make()
            if number:
                figures[name].append(made)
    return figures


results = []


def row(name, value, low, high, limit, at_least=False, unit=""):
    passed = value >= limit if at_least else value <= limit
    results.append(dict(row=name, value=value, low=low, high=high, limit=limit, at_least=at_least, unit=unit,
                        passed=passed))
    print("%-4s %-70s %9.3f%s  [%.3f .. %.3f]  must be %s %g%s" % (
        "ok" if passed else "FAIL", name, value, unit, low, high, ">=" if at_least else "<=", limit, unit), flush=True)


def ratio_row(name, figures, one, other, of, limit, at_least=False):
    pairs = [getattr(a, of) / getattr(b, of) for a, b in zip(figures[one], figures[other])]
    row(name, statistics.median(pairs), min(pairs), max(pairs), limit, at_least)


def wanted(*names):
    return any(args.only.lower() in name.lower() for name in names)


def left_out(name, why):
    print("--   %-70s left out: %s" % (name, why), flush=True)


def crr_rows():
    """A connection, a request, a response, a close: client and server on one processor.

    neper resets its connections unless it is told otherwise. With an orderly close, and the TIME_WAIT that it leaves,
    nearly all of the time is the kernel's own: no pair can be much cheaper than another.
    """
    for connections, limit in ((8, 0.92), (64, 0.88)):
        for close, word, limit in (("reset", "reset", limit), ("client", "FIN", 1.10)):
            titles = ["%d connections, %s: CPU / neper tcp_crr" % (connections, word),
                      "%d connections, %s: CPU / minimal C pair" % (connections, word)]
            if not wanted(*titles):
                continue
            contenders = {"own": lambda: own(connections, close), "c": lambda: pair(connections, close)}
            if crr_of_neper:
                contenders["neper"] = lambda: neper(connections, close)
            figures = compare(contenders)
            if crr_of_neper:
                ratio_row(titles[0], figures, "own", "neper", "cpu", limit)
            else:
                left_out(titles[0], no_neper)
            ratio_row(titles[1], figures, "own", "c", "cpu", 1.10)


def two_processors():
    for connections in (1, 8):
        title = "%d connection%s, two processors: rate / neper tcp_crr" % (connections, "s"[:connections > 1])
        if not wanted(title):
            continue
        if not crr_of_neper or os.cpu_count() < 2:
            left_out(title, no_neper if not crr_of_neper else "only one processor")
            continue
        figures = compare({"own": lambda: own(connections, "reset", BOTH),
                           "neper": lambda: neper(connections, "reset", BOTH)})
        ratio_row(title, figures, "own", "neper", "rate", 1.25, at_least=True)


CONFIGURATION = """
daemon off; master_process off; pid nginx.pid; error_log error.log;
events { worker_connections 1024; }
http {
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi;
    scgi_temp_path scgi; access_log off;
    server { listen %s:8080; location / { return 200 "hello"; } }
}
"""


def http_rows():
    """The client's share against a real nginx that closes after each response."""
    # A client has half of the processor, and starting it is to be nothing beside what it does.
    length = 2 * seconds
    url, count = "http://%s:8080/" % ADDRESS, str(8000 * length)
    span = "%ds" % length

    def of_client(command, pattern):
        made = run(command)
        return Figures(made.cpu, int(re.search(pattern, made.said).group(1)), length)

    def ours():
        made = load(["--to", "%s:8080" % ADDRESS, "--http", "/", "--close", "server", "--connections", "8", "--for", span])
        return Figures(made.cpu, made.data["completed"], length)

    # hey is a program of Go: what a user gains is half of its time, on whatever processor.
    others = {
        "wrk": (["wrk", "-t1", "-c8", "-d" + span, "-H", "Connection: close", url], r"(\d+) requests in", 0.95),
        "ab": (["ab", "-q", "-c8", "-n" + count, url], r"Complete requests:\s+(\d+)", 0.90),
        "hey": (["hey", "-cpus", "1", "-c", "8", "-n", count, "-disable-keepalive", url], r"\[200\]\s+(\d+)", 0.5),
    }
    titles = {name: "nginx, Connection: close: CPU of the client / " + name for name in others}
    if not wanted(*titles.values()):
        return
    if not shutil.which("nginx"):
        return left_out("nginx, Connection: close", "nginx is not installed")
    with open(os.path.join(build, "nginx.conf"), "w") as file:
        file.write(CONFIGURATION % ADDRESS)
    server = Started(["nginx", "-p", build, "-c", os.path.join(build, "nginx.conf")], FIRST)
    try:
        time.sleep(0.5)
        contenders = {"own": ours}
        for name, (command, pattern, _) in others.items():
            if shutil.which(name):
                contenders[name] = lambda command=command, pattern=pattern: of_client(command, pattern)
            else:
                left_out(titles[name], name + " is not installed")
        figures = compare(contenders)
        for name, (_, _, limit) in others.items():
            if name in contenders:
                ratio_row(titles[name], figures, "own", name, "cpu", limit)
    finally:
        server.end(signal.SIGTERM)


def ring():
    """Ports of its own never run out."""
    span = 5 if args.quick else 70
    titles = ["own-port ring, %d s: EADDRNOTAVAIL" % span, "own-port ring, %d s: last second / first, for the same CPU" % span]
    if not wanted(*titles):
        return
    data = load(["--source-ports", "64", "--for", "%ds" % span, "--set", "net.ipv4.tcp_tw_reuse=0"], BOTH).data
    failed = data["errors"].get("EADDRNOTAVAIL", 0)
    row(titles[0], failed, failed, failed, 0)

    def yielded(steps):
        """Transactions for a processor's time: what else the machine does is not the ring's."""
        columns = {name: data["series"][name][:span * 10][steps]
                   for name in ("completed", "client_cpu_ratio", "server_cpu_ratio")}
        return sum(columns["completed"]) / (sum(columns["client_cpu_ratio"]) + sum(columns["server_cpu_ratio"]))

    ratio = yielded(slice(-10, None)) / yielded(slice(None, 10))
    row(titles[1], ratio, ratio, ratio, 0.9, at_least=True)


def full_range():
    """connect() beside TIME_WAIT on 99 of 100 ports."""
    title = "own-port ring: connect() at 99 % fill / at 0 %"
    if not wanted(title):
        return
    setting("tcp_tw_reuse", "0")
    setting("ip_local_port_range", "32768 60999")
    server = Started([crr, "serve", ADDRESS, "7779"], BOTH)
    target = ["--to", "%s:7779" % ADDRESS]
    try:
        time.sleep(0.3)

        def median():
            words = target + ["--source-ports", "64", "--connections", "4", "--count", "4000"]
            return statistics.median(load(words, BOTH).data["latency_seconds"]["connect"]["p50"] for _ in range(5))

        empty = median()
        fill = load(target + ["--bind-ports", "32768-60999", "--count", "27950"], BOTH).data
        # A few belong to connections of before.
        if fill["completed"] < 27800:
            sys.exit("bench: could not fill the ports: %s" % fill["errors"])
        full = median()
        row(title, full / empty, full / empty, full / empty, 1.5)
    finally:
        server.end(signal.SIGTERM)
        setting("ip_local_port_range", SETTINGS["ip_local_port_range"])
        setting("tcp_tw_reuse", "2")


def open_loop():
    """Half of what it can do, by the clock."""
    titles = ["open loop at half of the rate: arrivals off by", "open loop at half of the rate: p99 of the timer's lag"]
    if not wanted(*titles):
        return
    shares, lags = [], []
    for _ in range(rounds):
        rate = load(["--for", "1s", "--close", "reset"], BOTH).data["rate_per_second"] / 2
        data = load(["--for", "3s", "--close", "reset", "--rate", "%d/s" % rate, "--spacing", "even"], BOTH).data
        shares.append(abs(data["attempted"] / data["seconds"] / int(rate) - 1))
        lags.append(data["latency_seconds"]["lag"]["p99"] * 1000)
    row(titles[0], statistics.median(shares), min(shares), max(shares), 0.01)
    row(titles[1], statistics.median(lags), min(lags), max(lags), 1, unit=" ms")


def memory():
    titles = ["60 000 connections held: MiB", "60 000 connections held: KiB a connection"]
    if not wanted(*titles):
        return
    many = 6000 if args.quick else 60000

    def held(count):
        made = load(["--close", "never", "--connections", str(count), "--count", str(count), "--destinations", "4",
                     "--timeout", "60s"], BOTH)
        there = made.data["states"]["client"].get("ESTABLISHED", 0)
        if there != count:
            sys.exit("bench: only %d of %d connections: %s" % (there, count, made.data["errors"]))
        return made.peak

    few, all = [held(600) for _ in range(3)], [held(many) for _ in range(3)]
    row(titles[0], max(all), min(all), max(all), 150, unit=" MiB")
    each = [(b - a) * 1024 / (many - 600) for a, b in zip(few, all)]
    row(titles[1], statistics.median(each), min(each), max(each), 2, unit=" KiB")


def get_neper():
    """The path of neper's tcp_crr, or why there is none."""
    given = os.environ.get("NEPER")
    if given:
        return (given, None) if os.access(given, os.X_OK) else (None, "NEPER=%s is no program" % given)
    if not shutil.which("git") or not shutil.which("make"):
        return None, "git and make fetch and build it; or give NEPER=/path/to/tcp_crr"
    # In this namespace nothing outside can be reached.
    outside = ["nsenter", "-t", str(os.getppid()), "-n"] if os.geteuid() == 0 else []
    place = os.path.join(build, "neper")
    fetched = subprocess.run(outside + ["timeout", "60", "git", "clone", "-q", "--depth", "1", NEPER, place],
                             capture_output=True, text=True)
    if fetched.returncode != 0:
        return None, "%s cannot be reached; give NEPER=/path/to/tcp_crr" % NEPER
    made = subprocess.run(["make", "-C", place, "tcp_crr"], capture_output=True, text=True)
    if made.returncode != 0:
        return None, "neper does not build here: " + made.stderr[-200:].replace("\n", " ")
    return os.path.join(place, "tcp_crr"), None


build = tempfile.mkdtemp(prefix="tcptune-bench-")
try:
    crr = os.path.join(build, "crr")
    subprocess.run(["cc", "-O2", "-o", crr, os.path.join(HERE, "crr.c")], check=True)
    crr_of_neper, no_neper = get_neper()
    # Above the ports that the servers listen on; and no contender is to be slowed by how many went before it: a port in
    # TIME_WAIT is taken again at once, where the kernel can be told so.
    for key, value in SETTINGS.items():
        setting(key, value)
    print("%s, %d processors, Linux %s, load %.2f, %d rounds of %d s\n" % (
        time.strftime("%Y-%m-%d %H:%M"), os.cpu_count(), os.uname().release, os.getloadavg()[0], rounds, seconds))
    crr_rows()
    two_processors()
    http_rows()
    open_loop()
    memory()
    full_range()
    ring()
finally:
    shutil.rmtree(build, ignore_errors=True)

if args.json:
    with open(args.json, "w") as file:
        json.dump(results, file, indent=1)
failed = [result for result in results if not result["passed"]]
print("\n%d of %d rows within their limits" % (len(results) - len(failed), len(results)))
if args.quick:
    print("(--quick: short runs, so start-up weighs more; only the full run decides)")
sys.exit(1 if failed else 0)
