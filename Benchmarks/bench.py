#!/usr/bin/env python3
"""Compares `tcptune audit` with ss and with a minimal C program, on the same sockets, in the same minute.

    make bench                     every row; needs about 6 GiB and 15 minutes
    make bench ARGS=--quick        a tenth of the sockets, fewer rounds
    make bench ARGS='--only "1 000 sockets"'

Sockets are made in a private network namespace. The contenders take turns within each round, whole processes are
measured (CPU by wait4), and what is judged is the median of the rounds' ratios: machines differ, ratios less so.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from population import Population, compile, enter, home

ROUNDS, QUICK_ROUNDS = 7, 3

parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
parser.add_argument("--tcptune", required=True)
parser.add_argument("--quick", action="store_true")
parser.add_argument("--only", default="", help="rows whose name contains this")
parser.add_argument("--rounds", type=int)
parser.add_argument("--json", metavar="FILE", help="raw figures, too")
args = parser.parse_args()
rounds = args.rounds or (QUICK_ROUNDS if args.quick else ROUNDS)


class Run:
    """One process from start to end."""

    def __init__(self, command, population):
        if population:
            population.fresh()
            command = population.command(command)
        nothing = [(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0),
                   (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0)]
        began = time.perf_counter()
        pid = os.posix_spawnp(command[0], command, os.environ, file_actions=nothing)
        if population and os.geteuid() == 0:
            enter(home)
        _, status, usage = os.wait4(pid, 0)
        self.wall = time.perf_counter() - began
        self.cpu = usage.ru_utime + usage.ru_stime
        code = os.waitstatus_to_exitcode(status)
        if code not in (0, 1):
            sys.exit("bench: %s ended with %d" % (" ".join(command), code))


def peak(command, population):
    """The most memory a command held, in MiB."""
    population.fresh()
    command = population.command([os.path.join(build, "peak")] + command)
    try:
        kib = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    finally:
        if os.geteuid() == 0:
            enter(home)
    return int(kib) / 1024


def memory_row(title, population, tuples):
    sizes = [peak(AUDIT, population) for _ in range(3)]
    # 12 MiB are the program's own pages that a run touches, which the page cache shares among runs.
    row(title, max(sizes), min(sizes), max(sizes), 18 + 80 * tuples / 2**20, unit=" MiB")


def compare(contenders, population, times=None, nobody=None):
    """Runs each contender once a round, in turn; the first round only warms up.

    "idle" runs in the namespace of two sockets: what an audit costs before it meets the first one.
    """
    figures = {name: [] for name in contenders}
    for number in range((times or rounds) + 1):
        for name, command in contenders.items():
            run = Run(command, nobody if name == "idle" else population)
            if number:
                figures[name].append(run)
    return figures


def ratios(figures, one, other, of):
    pairs = [getattr(a, of) / max(getattr(b, of), 1e-9) for a, b in zip(figures[one], figures[other])]
    return statistics.median(pairs), min(pairs), max(pairs)


def per_socket_row(name, figures, limit):
    """The audit's CPU beyond that of an idle host, over the yardstick's: both are the sockets' alone."""
    pairs = [(audit.cpu - idle.cpu) / c.cpu for audit, idle, c in zip(figures["audit"], figures["idle"], figures["c"])]
    row(name, statistics.median(pairs), min(pairs), max(pairs), limit)


results = []


def row(name, value, low, high, limit, aim=None, unit=""):
    passed = value <= limit
    results.append(dict(row=name, value=value, low=low, high=high, limit=limit, aim=aim, unit=unit, passed=passed))
    aim_text = "" if aim is None else ", aim %g%s" % (aim, " (met)" if value <= aim else "")
    print("%-4s %-66s %8.3f%s  [%.3f .. %.3f]  must be <= %g%s" % (
        "ok" if passed else "FAIL", name, value, unit, low, high, limit, aim_text), flush=True)


def ratio_row(name, figures, one, other, of, limit, aim=None):
    row(name, *ratios(figures, one, other, of), limit, aim)


def wanted(*names):
    return any(args.only.lower() in name.lower() for name in names)


def grouped(number):
    return format(number, ",").replace(",", " ")


def sockets(kind, count):
    return Population(kind, count, build)


# What a user gains over ss, as far as any processor lets a program reach it, and how near the work is to the least that a C
# program does for the same sockets (count-sockets.c, which counts them by tuple). From the audit's CPU that of an idle host is
# taken: start-up, settings and counters have a row of their own. With --quick start-up is a part of every row over ss, so
# these limits are wider; they are alarms all the same.
LIMITS = {
    # ss takes 1.4 to 2.5 us a TIME_WAIT, by processor; the C program is at 0.18 of it where ss is fast.
    "time-wait": 0.40 if args.quick else 0.25,
    # An ESTABLISHED row is some three times as much work to the kernel, which both pay for; the C program is at 0.40.
    "established": 0.55 if args.quick else 0.45,
    # Beside the tuples the audit counts ages, owners, listeners and ports. A tuple of its own for every socket makes an
    # entry of each, which the yardstick keeps in half the memory.
    "c": 1.35 if args.quick else 1.15, "distinct": 1.5 if args.quick else 1.3,
    # Both read who holds what; ss -tan, which does not, takes half an audit's time.
    "few": 1.0,
    # Each descriptor is a link that procfs makes, 3 us; ss -tanp varies threefold by how inodes fall into its hash.
    "processes": 1.0 if args.quick else 0.25, "more processes": 0.05,
}
TCPTUNE = os.path.abspath(args.tcptune)
AUDIT = [TCPTUNE, "audit"]
SS = ["ss", "-tan"]
scale = 10 if args.quick else 1


def many(kind, count, ss_aim):
    """Full audits of many sockets, beside ss and beside the yardstick."""
    name = "%s %s" % (grouped(count), {"time-wait": "TIME_WAIT", "established": "ESTABLISHED"}[kind])
    titles = [name + ": CPU / ss -tan", name + ": CPU per socket / minimal C program", name + ": MiB"]
    if kind == "established":
        titles.append(name + ": wall with --threads 2 / ss -tan")
    if not wanted(*titles):
        return
    population = sockets(kind, count)
    try:
        contenders = {"audit": AUDIT, "idle": AUDIT, "ss": SS, "c": C}
        if kind == "established":
            contenders["two"] = AUDIT + ["--threads", "2"]
        figures = compare(contenders, population, nobody=nobody)
        ratio_row(titles[0], figures, "audit", "ss", "cpu", LIMITS[kind], ss_aim)
        per_socket_row(titles[1], figures, LIMITS["c"])
        memory_row(titles[2], population, tuples(kind, count))
        if kind == "established":
            ratio_row(titles[3], figures, "two", "ss", "wall", 1.0, 0.24)
    finally:
        population.end()


def tuples(kind, count):
    return 256 if kind == "time-wait" else 8 * max(8, count // 19800 + 1)


def distinct(count):
    titles = [grouped(count) + " distinct tuples: CPU per socket / minimal C program",
              grouped(count) + " distinct tuples: MiB"]
    if not wanted(*titles):
        return
    population = sockets("tuples", count)
    try:
        figures = compare({"audit": AUDIT, "idle": AUDIT, "c": C}, population, nobody=nobody)
        per_socket_row(titles[0], figures, LIMITS["distinct"])
        memory_row(titles[1], population, count)
    finally:
        population.end()


def by_process(count, limit, times):
    title = grouped(count) + " sockets with --processes: CPU / ss -tanp"
    if not wanted(title):
        return
    population = sockets("established", count)
    try:
        figures = compare({"audit": AUDIT + ["--processes"], "ss": ["ss", "-tanp"]}, population, times)
        ratio_row(title, figures, "audit", "ss", "cpu", limit)
    finally:
        population.end()


def listeners_only(count):
    title = "listeners only beside %s other sockets: ms" % grouped(count)
    if not wanted(title):
        return
    population = sockets("time-wait", count)
    try:
        runs = compare({"audit": AUDIT + ["--listeners"]}, population, 3 * rounds)["audit"]
        walls = [run.wall * 1000 for run in runs]
        row(title, statistics.median(walls), min(walls), max(walls), 10, unit=" ms")
    finally:
        population.end()


def few():
    title = "1 000 sockets: wall / ss -tanp"
    if not wanted(title):
        return
    population = sockets("established", 1000)
    try:
        ratio_row(title, compare({"audit": AUDIT, "ss": ["ss", "-tanp"]}, population, 3 * rounds), "audit", "ss",
                  "wall", LIMITS["few"])
    finally:
        population.end()


def start_up():
    idle, version = "idle host, from start to finished audit: ms", "--version: wall / ss -V"
    if wanted(idle):
        walls = [run.wall * 1000 for run in compare({"audit": AUDIT}, None, 3 * rounds)["audit"]]
        row(idle, statistics.median(walls), min(walls), max(walls), 25, unit=" ms")
    if wanted(version):
        figures = compare({"tcptune": [TCPTUNE, "--version"], "ss": ["ss", "-V"]}, None, 5 * rounds)
        ratio_row(version, figures, "tcptune", "ss", "wall", 2.0)


build = compile(tempfile.mkdtemp(prefix="tcptune-bench-"), "sockets", "count-sockets", "peak")
C = [os.path.join(build, "count-sockets")]
nobody = sockets("established", 2)
try:
    print("%s, %d processors, Linux %s, load %.2f, %s, %d rounds\n" % (
        time.strftime("%Y-%m-%d %H:%M"), os.cpu_count(), os.uname().release, os.getloadavg()[0],
        subprocess.run(["ss", "-V"], capture_output=True, text=True).stdout.strip(), rounds))
    start_up()
    few()
    many("time-wait", 300_000 // scale, 0.18)
    many("established", 300_000 // scale, 0.40)
    by_process(100_000 // scale, LIMITS["processes"], min(rounds, 3))
    if not args.quick:
        by_process(300_000, LIMITS["more processes"], 1)
        many("time-wait", 1_000_000, 0.18)
        many("established", 1_000_000, 0.40)
    distinct(500_000 // scale)
    listeners_only(1_000_000 // scale)
finally:
    nobody.end()
    shutil.rmtree(build, ignore_errors=True)

if args.json:
    with open(args.json, "w") as file:
        json.dump(results, file, indent=1)
failed = [result for result in results if not result["passed"]]
print("\n%d of %d rows within their limits" % (len(results) - len(failed), len(results)))
if args.quick:
    print("(--quick: fewer sockets, so start-up weighs more, and wider limits)")
sys.exit(1 if failed else 0)
