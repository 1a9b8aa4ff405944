#!/usr/bin/env python3
"""What changing a host costs: plan, apply, rollback, and the guard that waits.

Everything happens in network and mount namespaces made for it; the machine's own settings are never touched.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time

# Twenty settings of one namespace, none of them at its default.
KNOBS = {
    "net.ipv4.tcp_fin_timeout": "31", "net.ipv4.tcp_tw_reuse": "1", "net.ipv4.tcp_rfc1337": "1",
    "net.ipv4.tcp_syn_retries": "5", "net.ipv4.tcp_synack_retries": "4", "net.ipv4.tcp_retries1": "4",
    "net.ipv4.tcp_retries2": "12", "net.ipv4.tcp_orphan_retries": "3", "net.ipv4.tcp_keepalive_time": "600",
    "net.ipv4.tcp_keepalive_intvl": "30", "net.ipv4.tcp_keepalive_probes": "5",
    "net.ipv4.tcp_max_syn_backlog": "8192", "net.ipv4.tcp_max_tw_buckets": "300000",
    "net.ipv4.tcp_abort_on_overflow": "1", "net.ipv4.tcp_slow_start_after_idle": "0",
    "net.ipv4.tcp_notsent_lowat": "131072", "net.ipv4.ip_local_port_range": "[16384, 60999]",
    "net.ipv4.tcp_rmem": "[4096, 131072, 16777216]", "net.ipv4.tcp_wmem": "[4096, 65536, 8388608]",
    "net.core.somaxconn": "8192",
}
LIMITS = {"plan": 30, "apply": 150, "rollback": 50}


def outside():
    """Starts this script once more where nothing is the machine's."""
    before = os.readlink("/proc/self/ns/net")
    os.execvp("unshare", ["unshare", "-mn", sys.executable, __file__, "--inside", before] + sys.argv[1:])


def settle(before):
    if os.readlink("/proc/self/ns/net") == before:
        sys.exit("not in a namespace of its own: nothing is touched")
    for place in ("/var/lib", "/etc/sysctl.d"):
        subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "none", place], check=True)
    with open("/var/lib/twenty.toml", "w") as file:
        file.write('[profile]\nname = "twenty"\nsummary = "Twenty settings"\n')
        for key, value in KNOBS.items():
            file.write('\n[[setting]]\nkey = "%s"\nvalue = %s\nwhy = "it is measured"\n' % (key, value))


def timed(words, statuses=(0,)):
    began = time.monotonic()
    outcome = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    spent = (time.monotonic() - began) * 1000
    if outcome.returncode not in statuses:
        sys.exit("%s: status %d: %s" % (words, outcome.returncode, outcome.stderr.decode()))
    return spent


def guardian():
    with open("/var/lib/tcptune/transaction") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("guard "))


def ticks(pid):
    with open("/proc/%d/stat" % pid) as file:
        return sum(int(word) for word in file.read().rsplit(")", 1)[1].split()[11:13])


def wait_for(value, until):
    while time.monotonic() < until:
        with open("/proc/sys/net/ipv4/tcp_fin_timeout") as file:
            if file.read().strip() == value:
                return time.monotonic()
        time.sleep(0.002)
    sys.exit("the guard did not take it back")


def main():
    if os.geteuid() != 0:
        print("what changing a host costs: left out, it needs root")
        return
    if "--inside" not in sys.argv:
        outside()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inside")
    parser.add_argument("--tcptune", required=True)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    settle(options.inside)
    tool = [options.tcptune]
    spent = {"plan": [], "apply": [], "rollback": []}
    for _ in range(options.rounds):
        spent["plan"].append(timed(tool + ["plan", "/var/lib/twenty.toml"], (1,)))
        spent["apply"].append(timed(tool + ["apply", "/var/lib/twenty.toml", "--yes"]))
        spent["rollback"].append(timed(tool + ["rollback", "--last"]))
    failed = False
    for name, values in spent.items():
        median = statistics.median(values)
        failed |= median > LIMITS[name]
        print("%-9s %d settings   %6.1f ms   (%.1f to %.1f; must be at most %d)"
              % (name, len(KNOBS), median, min(values), max(values), LIMITS[name]))

    timed(tool + ["apply", "/var/lib/twenty.toml", "--confirm", "30s"])
    pid = guardian()
    time.sleep(0.5)
    before = ticks(pid)
    time.sleep(3)
    with open("/proc/%d/status" % pid) as file:
        resident = next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))
    used = ticks(pid) - before
    failed |= resident > 6144 or used > 0
    print("guard     waiting       %6.1f MiB  (must be at most 6), %d ticks of CPU in 3 s (must be 0)"
          % (resident / 1024, used))
    timed(tool + ["rollback"])

    busy = [subprocess.Popen(["sh", "-c", "while :; do :; done"]) for _ in range(2 * os.cpu_count())]
    try:
        late = []
        for _ in range(3):
            # The deadline counts from before the writes, so it is no later than this.
            timed(tool + ["apply", "/var/lib/twenty.toml", "--confirm", "1s"])
            deadline = time.monotonic() + 1
            late.append((wait_for("60", deadline + 10) - deadline) * 1000)
    finally:
        for program in busy:
            program.kill()
            program.wait()
    failed |= max(late) > 1000
    print("guard     late by       %6.0f ms   at most, every processor busy (must be at most 1000)"
          % max(max(late), 0))
    sys.exit(1 if failed else 0)


main()
