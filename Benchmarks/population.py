"""Sockets of one kind in a network namespace of their own, for whoever measures beside them."""

import ctypes
import os
import subprocess
import sys
import time

TIME_WAIT_LASTS = 45  # of its 60 s, for what is measured; then they are made anew
HERE = os.path.dirname(os.path.abspath(__file__))
namespace_options = ["-n"] if os.geteuid() == 0 else ["-rn"]
home = open("/proc/self/ns/net")


def compile(directory, *names):
    for name in names:
        subprocess.run(["cc", "-O2", "-o", os.path.join(directory, name), os.path.join(HERE, name + ".c")], check=True)
    return directory


def enter(namespace):
    """Moves this process to a network namespace: what it starts is there without nsenter's own cost."""
    if ctypes.CDLL(None, use_errno=True).setns(namespace.fileno(), 0x40000000) != 0:
        sys.exit("cannot enter " + namespace.name)


class Population:
    """Sockets of one kind in a namespace of their own, made anew before they expire."""

    def __init__(self, kind, count, build):
        self.kind, self.count, self.build, self.holder = kind, count, build, None
        self.renew()

    def renew(self):
        self.end()
        command = ["unshare"] + namespace_options + [os.path.join(self.build, "sockets"), self.kind, str(self.count)]
        self.holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if not self.holder.stdout.readline().startswith("ready"):
            sys.exit("could not make %d sockets (%s)" % (self.count, self.kind))
        self.made = time.monotonic()

    def fresh(self):
        if self.kind != "established" and time.monotonic() - self.made > TIME_WAIT_LASTS:
            self.renew()

    def enter(self):
        """Root goes there itself; `enter(home)` leads back."""
        with open("/proc/%d/ns/net" % self.holder.pid) as namespace:
            enter(namespace)

    def command(self, command):
        """The command as it must be started to run there: root has gone there itself, others need nsenter."""
        if os.geteuid() == 0:
            self.enter()
            return command
        return ["nsenter", "-t", str(self.holder.pid), "-n", "-U", "--preserve-credentials"] + command

    def end(self):
        if self.holder:
            self.holder.stdin.close()
            self.holder.wait()
            self.holder = None
