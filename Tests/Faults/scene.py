"""A host to break: network, mounts, process numbers and boot id of its own; nothing of it reaches the machine.

One scene stands for many trials: `reset` makes it again what it was.
"""

import ctypes
import hashlib
import os
import shutil
import signal
import stat
import time

from command import Command

STATE = "/var/lib/tcptune"
JOURNAL = STATE + "/transaction"
PUBLISHED = "/run/tcptune/status.json"
BOOT_DIRECTORY = "/etc/sysctl.d"
DROP_IN = BOOT_DIRECTORY + "/60-tcptune.conf"
SCRATCH = "/run/faults"
PROFILE = "/etc/tcptune/profiles/faults.toml"
BOOT_ID = "/proc/sys/kernel/random/boot_id"

# Four knobs of a namespace: a scalar, a vector, and a pair that the kernel takes in one order only, there and back
# (net/ipv4/sysctl_net_ipv4.c:ipv4_local_port_range refuses a low end below ip_unprivileged_port_start).
BEFORE = {
    "net.ipv4.tcp_fin_timeout": "60",
    "net.ipv4.ip_local_port_range": "32768 60999",
    "net.ipv4.ip_unprivileged_port_start": "1024",
    "net.ipv4.tcp_rmem": "4096 131072 33554432",
}
AFTER = {
    "net.ipv4.tcp_fin_timeout": "30",
    "net.ipv4.ip_local_port_range": "1000 60999",
    "net.ipv4.ip_unprivileged_port_start": "900",
    "net.ipv4.tcp_rmem": "4096 262144 16777216",
}
# What an earlier profile may have left.
OLD_DROP_IN = {"net.ipv4.tcp_fin_timeout": "50"}

MS_BIND, MS_REC, MS_RDONLY, MS_REMOUNT = 4096, 16384, 1, 32
libc = ctypes.CDLL(None, use_errno=True)


def mount(source, target, kind=None, flags=0, data=None):
    words = [word.encode() if word else None for word in (source, target, kind)]
    if libc.mount(*words, flags, data.encode() if data else None) != 0:
        raise OSError(ctypes.get_errno(), "mount", target)


def unmount(target):
    if libc.umount2(target.encode(), 2) != 0:
        raise OSError(ctypes.get_errno(), "umount", target)


def namespaces():
    return {kind: os.readlink("/proc/self/ns/" + kind) for kind in ("net", "mnt", "pid")}


def profile_text(name, values):
    def number(value):
        return "[" + ", ".join(value.split()) + "]" if " " in value else value

    settings = "".join(
        '\n[[setting]]\nkey = "%s"\nvalue = %s\nwhy = "it is tried"\n' % (key, number(value))
        for key, value in values.items())
    return '[profile]\nname = "%s"\nsummary = "Values to be broken off"\n%s' % (name, settings)


class Unfit(Exception):
    """The scene is not what a trial needs; nothing is learnt."""


class Scene:
    def __init__(self, tcptune, outside):
        """Call it in namespaces made for it; `outside` are those of whoever made them."""
        inside = namespaces()
        shared = [kind for kind in inside if inside[kind] == outside[kind]]
        if shared or os.getpid() != 1:
            raise SystemExit("not in namespaces of its own (%s): nothing is touched" % ", ".join(shared))
        self.tcptune = tcptune
        self.mounts = []
        # What trials have found out of the program, and need not find out again.
        self.known = {}
        self.before = dict(BEFORE)
        self.after = dict(AFTER)
        kept = {name: _content("/etc/" + name)
                for name in ("passwd", "group", "nsswitch.conf", "ld.so.cache", "hostname")}
        for target in ("/run", "/var/lib", "/etc", "/usr/lib/sysctl.d", "/usr/local/lib/sysctl.d"):
            if os.path.isdir(target):
                mount("tmpfs", target, "tmpfs", data="mode=755,size=256m")
        for name, content in kept.items():
            if content is not None:
                write("/etc/" + name, content)
        for path in (SCRATCH, BOOT_DIRECTORY, os.path.dirname(PROFILE)):
            os.makedirs(path, 0o755)
        write(SCRATCH + "/boot_id", b"")
        self.reboots = 0
        mount(SCRATCH + "/boot_id", BOOT_ID, flags=MS_BIND)
        self.reset()

    # -- what stands

    def reset(self, drop_in=None):
        """Nobody but us, an empty state directory, the values of before, and that drop-in."""
        self.kill_all()
        self.open_mounts()
        for directory in (STATE, BOOT_DIRECTORY):
            if os.path.islink(directory) or not os.path.isdir(directory):
                _remove(directory)
            else:
                for name in os.listdir(directory):
                    _remove(directory + "/" + name)
        _remove(STATE)
        os.makedirs(BOOT_DIRECTORY, exist_ok=True)
        os.chmod(BOOT_DIRECTORY, 0o755)
        self.before = dict(BEFORE)
        self.set_values(self.before)
        write(PROFILE, profile_text("faults", self.after).encode())
        write(SCRATCH + "/boot_id", b"%08x-1111-4111-8111-111111111111\n" % self.reboots)
        if drop_in is not None:
            write(DROP_IN, drop_in)

    def open_mounts(self):
        while self.mounts:
            unmount(self.mounts.pop())

    def values(self):
        return {key: read_value(key) for key in self.before}

    def set_values(self, values):
        """In whatever order the kernel takes them."""
        left = list(values.items())
        for _ in range(len(left)):
            refused = []
            for key, value in left:
                try:
                    write_value(key, value)
                except OSError:
                    refused.append((key, value))
            left = refused
        if left:
            raise Unfit("the scene cannot set %s" % left)

    def reboot(self, others=None):
        """The kernel's own values, then what the drop-in says, then what others set; another boot id; no process."""
        self.kill_all()
        self.reboots += 1
        write(SCRATCH + "/boot_id", b"%08x-2222-4222-8222-222222222222\n" % self.reboots)
        values = dict(BEFORE)
        values.update({key: value for key, value in settings_of(_content(DROP_IN)).items() if key in values})
        values.update(others or {})
        self.set_values(values)
        return values

    def files(self):
        """Every file of the state and of boot: what it is, holds, and when it was last changed."""
        found = {}
        for top in (STATE, BOOT_DIRECTORY):
            for directory, _, names in os.walk(top):
                for path in [directory] + [directory + "/" + name for name in names]:
                    status = os.lstat(path)
                    content = None
                    if stat.S_ISREG(status.st_mode) and path != STATE + "/lock":
                        content = hashlib.sha256(_content(path)).hexdigest()
                    changed = status.st_mtime_ns if content is not None else None
                    found[path] = (status.st_mode, status.st_ino, changed, content)
        return found

    def drop_in(self):
        return _content(DROP_IN)

    # -- who runs

    def others(self):
        return [int(name) for name in os.listdir("/proc") if name.isdigit() and name != "1"]

    def guards(self):
        """Processes of the tool that live on by themselves."""
        return [pid for pid in self.others() if _is_alive(pid)]

    def kill_all(self):
        deadline = time.monotonic() + 10
        while True:
            for pid in self.others():
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            self.reap()
            if not self.others():
                Command.running.clear()
                return
            if time.monotonic() > deadline:
                raise Unfit("processes that do not end: %s" % self.others())
            time.sleep(0.001)

    def reap(self):
        """Ends the zombies that were left to us; those of commands keep their status for who asks."""
        for process in list(Command.running.values()):
            process.poll()
        for pid in self.others():
            if pid not in Command.running and not _is_alive(pid):
                try:
                    os.waitpid(pid, os.WNOHANG)
                except ChildProcessError:
                    pass  # its parent is another

    def wait(self, condition, seconds):
        deadline = time.monotonic() + seconds
        while not condition():
            self.reap()
            if time.monotonic() > deadline:
                return False
            time.sleep(0.005)
        return True

    # -- what is run

    def start(self, *words, **options):
        return Command([self.tcptune, *words], **options)

    def run(self, *words, within=20, **options):
        return self.start(*words, **options).end(within)

    def mount(self, source, target, kind=None, flags=0, data=None):
        """A mount that the next reset takes away."""
        mount(source, target, kind, flags, data)
        if not flags & MS_REMOUNT:
            self.mounts.append(target)


def read_value(key):
    with open("/proc/sys/" + key.replace(".", "/")) as file:
        return " ".join(file.read().split())


def write_value(key, value):
    file = os.open("/proc/sys/" + key.replace(".", "/"), os.O_WRONLY)
    try:
        os.write(file, value.encode())
    finally:
        os.close(file)


def settings_of(content):
    """What `sysctl --system` would set of one file of ours: plain lines, no globs, no `-`."""
    found = {}
    for line in (content or b"").decode("utf-8", "replace").splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith(("#", ";")):
            found[key.strip().replace("/", ".")] = " ".join(value.split())
    return found


def write(path, content):
    with open(path, "wb") as file:
        file.write(content)


def _content(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def _remove(path):
    try:
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        else:
            os.unlink(path)
    except FileNotFoundError:
        pass


def _is_alive(pid):
    try:
        with open("/proc/%d/stat" % pid) as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def is_guard(pid):
    try:
        with open("/proc/%d/cmdline" % pid, "rb") as file:
            return b"guard" in file.read().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
