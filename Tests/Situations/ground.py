"""Where a situation stands: network namespaces without a name, the programs in them, and what they show.

Everything ends with the process that made it, and at the latest when the ground is left.
"""

import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SCENES = os.path.join(HERE, "../CommandTests/Scenes/")
# Ends with its parent, however that ends.
LEASH = ["setpriv", "--pdeathsig", "KILL"]
STATES = {"ESTAB": "ESTABLISHED", "SYN-SENT": "SYN_SENT", "SYN-RECV": "SYN_RECV", "FIN-WAIT-1": "FIN_WAIT1",
          "FIN-WAIT-2": "FIN_WAIT2", "TIME-WAIT": "TIME_WAIT", "UNCONN": "CLOSE", "CLOSE-WAIT": "CLOSE_WAIT",
          "LAST-ACK": "LAST_ACK", "LISTEN": "LISTEN", "CLOSING": "CLOSING"}
# The files of the machine's own boot are no part of a situation: a namespace shows an empty directory instead.
HIDE = """for place in /etc/sysctl.d /run/sysctl.d /usr/lib/sysctl.d /usr/local/lib/sysctl.d; do
    [ -d $place ] && [ ! -L $place ] && mount -t tmpfs none $place
done
[ -f /etc/sysctl.conf ] && : >"$0.conf" && mount --bind "$0.conf" /etc/sysctl.conf
mount --bind "$0" /run
exec sleep 300"""


class NotMade(Exception):
    """The situation was not made as it says: an error of the table or of the machine, not a verdict."""


class Ground:
    """The namespaces of one situation, by the letters it calls them."""

    def __init__(self, kind, program):
        self.kind, self.program = kind, program
        self.home = tempfile.mkdtemp(prefix="tcptune-situation-")
        self.holders, self.entries, self.acts, self.programs = {}, {}, {}, []
        self.facts = {}

    def __enter__(self):
        try:
            getattr(self, "_" + self.kind)()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for program in reversed(self.programs):
            program.kill()
        for program in reversed(self.programs):
            program.wait()
            for pipe in (program.stdin, program.stdout, program.stderr):
                if pipe:
                    pipe.close()
        shutil.rmtree(self.home, ignore_errors=True)

    # Kinds.

    def _one(self):
        self._namespace("a")

    def _pair(self):
        """a 10.66.0.1 and b 10.66.0.2, one link between them."""
        self._namespace("a")
        self._namespace("b")
        self._link("a", "10.66.0.1/16", "b", "10.66.0.2/16", "fd66::1/64", "fd66::2/64")

    def _three(self):
        """a 10.66.0.1 reaches b 10.67.0.2 through c, which has an address in both networks."""
        for name in "abc":
            self._namespace(name)
        self._link("a", "10.66.0.1/16", "c", "10.66.0.254/16")
        self._link("b", "10.67.0.2/16", "c", "10.67.0.254/16")
        self.run("a", "ip", "route", "add", "default", "via", "10.66.0.254")
        self.run("b", "ip", "route", "add", "default", "via", "10.67.0.254")
        self.sysctl("c", "net.ipv4.ip_forward", 1)

    def _container(self):
        """Processes, mounts and network of its own: its process 1 is not the host's."""
        command = ["unshare", "-n", "-m", "-p", "-f", "--mount-proc", "--kill-child",
                   "--propagation", "private", "sh", "-c", HIDE, self._run_directory("a")]
        self.programs.append(subprocess.Popen(LEASH + command, stdin=subprocess.DEVNULL))
        top = self.programs[-1].pid
        children = "/proc/%d/task/%d/children" % (top, top)
        self._until(lambda: open(children).read().split(), "a container")
        pid = int(open(children).read().split()[0])
        self._until(lambda: "sleep" in open("/proc/%d/comm" % pid).read(), "its process 1")
        self.holders["a"] = pid
        self.entries["a"] = ["nsenter", "-t", str(pid), "-n", "-m", "-p"]
        self._loopback("a")

    def _host(self):
        """The machine's own network namespace, read only, with other files of boot."""
        self._hold("a", [])
        self.entries["a"] = ["nsenter", "-t", str(self.holders["a"]), "-m"]

    def _tree(self):
        """A captured tree, in a directory."""
        os.makedirs(self.home + "/tree")
        self._namespace("a")

    def _namespace(self, name):
        self._hold(name, ["-n"])
        pid = str(self.holders[name])
        self.entries[name] = ["nsenter", "-t", pid, "-n", "-m"]
        self._loopback(name)

    def _hold(self, name, network):
        command = ["unshare", "-m", "--propagation", "private"] + network
        command += ["sh", "-c", HIDE, self._run_directory(name)]
        self.programs.append(subprocess.Popen(LEASH + command, stdin=subprocess.DEVNULL))
        pid = self.programs[-1].pid
        self._until(lambda: "sleep" in open("/proc/%d/comm" % pid).read(), "a namespace")
        self.holders[name] = pid

    def _run_directory(self, name):
        path = "%s/run-%s" % (self.home, name)
        os.makedirs(path + "/netns")
        return path

    def _loopback(self, name):
        self.run(name, "ip", "link", "set", "lo", "up")

    def _link(self, one, address, other, address2, six="", six2=""):
        here, there = "to-" + other, "to-" + one
        self.run(one, "ip", "link", "add", here, "type", "veth", "peer", "name", there,
                 "netns", str(self.holders[other]))
        for name, device, four, v6 in ((one, here, address, six), (other, there, address2, six2)):
            self.run(name, "ip", "address", "add", four, "dev", device)
            if v6:
                self.run(name, "ip", "-6", "address", "add", v6, "dev", device, "nodad")
            self.run(name, "ip", "link", "set", device, "up")

    def _until(self, check, what, seconds=10):
        end = time.monotonic() + seconds
        while True:
            try:
                if check():
                    return
            except OSError:
                pass
            if time.monotonic() > end:
                raise NotMade("%s was not there after %d s" % (what, seconds))
            time.sleep(0.01)

    # What a situation does with it.

    def run(self, name, *command, text=None, seconds=30, check=True):
        """Runs a program in a namespace, to its end; returns (status, output, errors)."""
        done = subprocess.run(
            LEASH + self.entries[name] + list(command), input=text, capture_output=True, text=True,
            timeout=seconds, errors="replace", stdin=None if text is not None else subprocess.DEVNULL)
        if check and done.returncode:
            raise NotMade("%s: %s" % (" ".join(command)[:200], done.stderr.strip() or done.returncode))
        return done.returncode, done.stdout, done.stderr

    def sysctl(self, name, key, value):
        path = "/proc/sys/" + key.replace(".", "/")
        self.run(name, "sh", "-c", 'printf %s "$0" > "$1"', str(value), path)

    def act(self, name, what, tag, words):
        """Starts one of acts.py beside the rest, and waits for what it says."""
        command = [sys.executable, "-B", HERE + "/acts.py", what]
        command += ["%s=%s" % (key, value) for key, value in words.items()]
        errors = open("%s/%s.errors" % (self.home, tag), "w+")
        program = subprocess.Popen(
            LEASH + self.entries[name] + command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
            text=True, bufsize=1)
        self.programs.append(program)
        self.acts[tag] = program
        self.hear(tag)

    def act_outside(self, name, what, tag, words):
        """An act that shares a container's network only."""
        inside = self.entries[name]
        self.entries[name] = ["nsenter", "-t", str(self.holders[name]), "-n"]
        try:
            self.act(name, what, tag, words)
        finally:
            self.entries[name] = inside

    def hold_name(self, name, alias):
        """A name of ip netns for a namespace, seen from a mount namespace of its own."""
        self._hold("names", [])
        self.entries["names"] = ["nsenter", "-t", str(self.holders["names"]), "-m"]
        self.run("names", "ip", "netns", "attach", alias, str(self.holders[name]))

    def hear(self, tag, seconds=60):
        """The next line of an act: what it made."""
        program = self.acts[tag]
        if not select.select([program.stdout], [], [], seconds)[0]:
            raise NotMade("%s said nothing in %d s" % (tag, seconds))
        line = program.stdout.readline()
        if not line:
            with open("%s/%s.errors" % (self.home, tag)) as told:
                raise NotMade("%s ended: %s" % (tag, told.read().strip()[-300:]))
        self.facts[tag] = json.loads(line)

    def go(self, tag):
        """Lets an act go on to its `then=`."""
        self.acts[tag].stdin.write("go\n")
        self.acts[tag].stdin.flush()
        self.hear(tag)

    def end(self, tag):
        self.acts[tag].kill()
        self.acts[tag].wait()

    def scene(self, script, words):
        """A scene of the command tests, in a namespace it was made for."""
        command = ["unshare", "-n", "-m", sys.executable, "-B", SCENES + script + ".py"] + words
        program = subprocess.Popen(
            LEASH + command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.programs.append(program)
        self.acts[script] = program
        self.hear(script, 60)
        self.entries["a"] = ["nsenter", "-t", str(self.facts[script]["pid"]), "-n", "-m"]

    def _scene(self):
        pass

    # What can be seen without tcptune.

    def states(self, name, *more):
        """How many TCP sockets are in each state, by ss(8)."""
        found = {}
        for line in self.run(name, "ss", "-Htan", *more)[1].splitlines():
            state = STATES.get(line.split()[0], line.split()[0])
            found[state] = found.get(state, 0) + 1
        return found

    def queue(self, name, port):
        """(waiting, backlog) of the listeners on a port, by ss(8)."""
        rows = [line.split() for line in self.run(name, "ss", "-Htln", "sport", "=", ":%d" % port)[1].splitlines()]
        return sum(int(row[1]) for row in rows), sum(int(row[2]) for row in rows)

    def counter(self, name, group, which):
        for file in ("/proc/net/netstat", "/proc/net/snmp"):
            lines = self.run(name, "cat", file)[1].splitlines()
            for head, values in zip(lines[::2], lines[1::2]):
                named = dict(zip(head.split()[1:], values.split()[1:]))
                if head.startswith(group + ":") and which in named:
                    return int(named[which])
        return 0

    def probe(self, name, words):
        """What one connect() or bind() in a namespace gives now: None or an errno's name."""
        command = [sys.executable, "-B", HERE + "/acts.py", "probe"] + ["%s=%s" % pair for pair in words.items()]
        return json.loads(self.run(name, *command)[1])["error"]
