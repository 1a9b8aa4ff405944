"""What every scene needs: a network namespace of its own, a peer behind a veth pair, and an end.

A scene makes one condition of TCP with real sockets, prints one line of JSON saying what it made, and holds
it until its standard input closes or its time is up. It touches nothing but the namespace it was started in,
and refuses to run in the one the machine lives in:

    unshare -n  python3 ports.py --fill 0.98        as root
    unshare -rn python3 ports.py --fill 0.98        as anybody, where user namespaces are allowed
"""

import argparse
import atexit
import ctypes
import errno
import fcntl
import json
import os
import resource
import select
import signal
import socket
import struct
import subprocess
import sys
import time
import traceback

CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1
PR_SET_NAME = 15
SIOCGIFFLAGS = 0x8913
IP_LOCAL_PORT_RANGE = 51  # since Linux 6.3

LOCAL, REMOTE = "10.77.0.1", "10.77.0.2"
LOCAL6, REMOTE6 = "fd77::1", "fd77::2"

_libc = ctypes.CDLL(None, use_errno=True)
_children = []
_parent = os.getpid()


def options(description, **defaults):
    """Reads `--name value` for each default; a boolean one is a switch."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--seconds", type=float, default=900, help="how long to hold at most")
    for name, default in defaults.items():
        flag = "--" + name.replace("_", "-")
        if default is False:
            parser.add_argument(flag, action="store_true")
        elif isinstance(default, list):
            parser.add_argument(flag, nargs="*", default=default)
        else:
            parser.add_argument(flag, type=type(default), default=default)
    return parser.parse_args()


def begin():
    """Makes sure that this namespace is a new one, and brings its loopback up."""
    if _loopback_is_up():
        sys.exit("scene: this network namespace is in use; start it with unshare -n, or -rn")
    # A shell's limit is often 1024 open files; some scenes hold more connections.
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    atexit.register(_end)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if os.getpid() == 1:
        _hide_namespaces()
    _ip("link", "set", "lo", "up")


def _hide_namespaces():
    """Takes away the names of the host's namespaces that came with its mounts: a container has none of them."""
    with open("/proc/self/mountinfo") as file:
        lines = [line.split() for line in file]
    # The last comes first: one may lie upon another.
    for words in reversed(lines):
        if words[words.index("-") + 1] != "nsfs":
            continue
        path = words[4].encode().decode("unicode_escape")
        gone = subprocess.run(("umount", "-l", path), stderr=subprocess.DEVNULL).returncode == 0
        if not gone:
            # What root of the machine has mounted, root of a user namespace may only cover.
            subprocess.run(("mount", "--bind", "/dev/null", path), stderr=subprocess.DEVNULL)


def _loopback_is_up():
    """In a namespace just made no device is up, not even lo; the machine's own has it up."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, SIOCGIFFLAGS, request))[1]
        return bool(flags & 1)


def _end():
    if os.getpid() != _parent:
        return
    for pid in _children:
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            pass
    for pid in _children:
        try:
            os.waitpid(pid, 0)
        except OSError:
            pass


def ready(**facts):
    """Says what was made, in one line."""
    print(json.dumps({"ready": True, "pid": os.getpid(), **facts}), flush=True)


def hold(args, tick=None, every=0.05, **facts):
    """Says what was made and keeps it, doing `tick` now and then, until stdin closes or time is up."""
    ready(**facts)
    end = time.monotonic() + args.seconds
    while (left := end - time.monotonic()) > 0:
        wait = min(left, every) if tick else left
        if select.select([0], [], [], wait)[0] and not os.read(0, 4096):
            return
        if tick:
            tick()


def _ip(*words):
    subprocess.run(("ip",) + words, check=True, stdin=subprocess.DEVNULL)


def nft(text):
    """Loads rules into this namespace's own tables."""
    subprocess.run(("nft", "-f", "-"), input=text.encode(), check=True)


def drop(direction, match):
    """Drops, from now on, what matches: `output`, `tcp dport 80`."""
    chain(direction, match + " drop")


def chain(direction, rule):
    """One rule in a chain of its own."""
    hook = "type filter hook %s priority 0;" % direction
    nft("table inet scene_%s {\n chain c {\n %s\n %s\n }\n}\n" % (direction, hook, rule))


def sysctl(key, value):
    """Writes a setting of this namespace."""
    with open("/proc/sys/" + key.replace(".", "/"), "w") as file:
        file.write(str(value))


def name_process(name):
    """Gives this process a name, as any program may: up to 15 bytes."""
    _libc.prctl(PR_SET_NAME, name if isinstance(name, bytes) else name.encode(), 0, 0, 0)


def die_with_parent():
    """Has this process end when the one that started it does."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def child(work, *words, wait=True):
    """Runs `work(report, …)` in a child that ends with this process; returns its pid and what it reported."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.close(read)
            _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            nothing = os.open("/dev/null", os.O_RDWR)
            os.dup2(nothing, 0)
            os.dup2(nothing, 1)
            work(lambda value=None: os.write(write, json.dumps(value).encode() + b"\n"), *words)
            stay()
        except BaseException:  # the child must never return into the scene's own code
            traceback.print_exc()
        finally:
            os._exit(status)
    _children.append(pid)
    os.close(write)
    if not wait:
        return pid, None
    with os.fdopen(read) as reports:
        line = reports.readline()
    if not line:
        sys.exit("scene: a part of it failed to start")
    return pid, json.loads(line)


def peer(work=None, *words, addresses=(), settings=()):
    """Joins a second namespace by a veth pair, and runs `work(report, …)` there.

    This side has LOCAL and LOCAL6 (and `addresses`), the other REMOTE and REMOTE6.
    """
    up_read, up_write = os.pipe()
    there_read, there_write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(up_read), os.close(there_write)
            _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            if _libc.unshare(CLONE_NEWNET) != 0:
                raise OSError(ctypes.get_errno(), "unshare")
            os.write(up_write, b"1")
            if not os.read(there_read, 1):
                os._exit(1)
            nothing = os.open("/dev/null", os.O_RDWR)
            os.dup2(nothing, 0)
            os.dup2(nothing, 1)
            _ip("link", "set", "lo", "up")
            _link("there", REMOTE, REMOTE6)
            for key, value in settings:
                sysctl(key, value)
            report = lambda value=None: os.write(up_write, json.dumps(value).encode() + b"\n")
            if work:
                work(report, *words)
            else:
                report()
            stay()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    _children.append(pid)
    os.close(up_write), os.close(there_read)
    if os.read(up_read, 1) != b"1":
        sys.exit("scene: no second network namespace")
    _ip("link", "add", "name", "here", "type", "veth", "peer", "name", "there")
    _ip("link", "set", "there", "netns", str(pid))
    _link("here", LOCAL, LOCAL6)
    for address in addresses:
        _ip("address", "add", address + "/16", "dev", "here")
    os.write(there_write, b"1")
    with os.fdopen(up_read) as reports:
        line = reports.readline()
    if not line:
        sys.exit("scene: the peer failed to start")
    _await_carrier()
    return pid, json.loads(line)


def _link(name, address, address6):
    try:
        sysctl("net.ipv6.conf.%s.accept_dad" % name, 0)  # else the address is unusable for a second
    except OSError:
        pass
    _ip("link", "set", name, "up")
    _ip("address", "add", address + "/16", "dev", name)
    try:
        _ip("-6", "address", "add", address6 + "/64", "dev", name, "nodad")
    except subprocess.CalledProcessError:
        pass  # a kernel without IPv6


def _await_carrier():
    for _ in range(200):
        if _reaches():
            return
        time.sleep(0.01)


def _reaches():
    """The link is up once the peer refuses a connection to a port where nobody listens."""
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex((REMOTE, 1)) == errno.ECONNREFUSED


def stay(*kept):
    """Does nothing more, and holds what it was given, until the scene ends."""
    while True:
        signal.pause()


def listen(address="0.0.0.0", port=0, backlog=4096, reuse_port=False, only_v6=None):
    """A listening socket; its family follows from the address."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if reuse_port:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    if only_v6 is not None:
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, int(only_v6))
    listener.bind((address, port))
    listener.listen(backlog)
    return listener


def connect(address, port, source=None, local_port=None, timeout=5):
    """A connection; `local_port` asks the kernel's own search for exactly that port, without binding it."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        connection.settimeout(timeout)
        if local_port:
            try:
                word = local_port | local_port << 16
                connection.setsockopt(socket.IPPROTO_IP, IP_LOCAL_PORT_RANGE, struct.pack("I", word))
            except OSError:
                pass  # an older kernel chooses for itself
        if source:
            connection.bind(source)
        connection.connect((address, port))
        return connection
    except BaseException:
        connection.close()
        raise


def serve_closing(report, address, port, backlog=4096):
    """Accepts, reads until the client has closed, closes: the client keeps the TIME_WAIT."""
    listener = listen(address, port, backlog)
    report(listener.getsockname()[1])
    _serve(listener)


def _serve(listener):
    poll = select.epoll()
    poll.register(listener, select.EPOLLIN)
    listener.setblocking(False)
    open_ones = {}
    while True:
        for descriptor, _ in poll.poll():
            if descriptor == listener.fileno():
                try:
                    while True:
                        accepted, _ = listener.accept()
                        open_ones[accepted.fileno()] = accepted
                        poll.register(accepted, select.EPOLLIN)
                except OSError:
                    pass
                continue
            accepted = open_ones[descriptor]
            try:
                data = accepted.recv(65536)
            except OSError:
                data = b""
            if data:
                accepted.send(b"x" * 64)
            else:
                poll.unregister(descriptor)
                del open_ones[descriptor]
                accepted.close()


def serve_holding(report, address, port, backlog=4096):
    """Accepts and keeps every connection, doing nothing with it."""
    listener = listen(address, port, backlog)
    report(listener.getsockname()[1])
    kept = []
    while True:
        try:
            kept.append(listener.accept()[0])
        except OSError:
            time.sleep(0.1)


def settle(check, seconds=5):
    """Waits until `check()` holds; says on stderr what it waited for in vain."""
    end = time.monotonic() + seconds
    while not check():
        if time.monotonic() > end:
            print("scene: waited in vain; now", states(), file=sys.stderr)
            return False
        time.sleep(0.01)
    return True


def states():
    """How many sockets of this namespace are in each state, from /proc/net/tcp and tcp6."""
    names = {1: "ESTABLISHED", 2: "SYN_SENT", 3: "SYN_RECV", 4: "FIN_WAIT1", 5: "FIN_WAIT2", 6: "TIME_WAIT",
             7: "CLOSE", 8: "CLOSE_WAIT", 9: "LAST_ACK", 10: "LISTEN", 11: "CLOSING", 12: "SYN_RECV"}
    found = {}
    for file in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            lines = open(file).readlines()[1:]
        except OSError:
            continue
        for line in lines:
            state = names[int(line.split()[3], 16)]
            found[state] = found.get(state, 0) + 1
    return found


def counter(group, name):
    """A counter of this namespace: `TcpExt`, `ListenOverflows`."""
    for file in ("/proc/net/netstat", "/proc/net/snmp"):
        lines = open(file).read().split("\n")
        for head, values in zip(lines[::2], lines[1::2]):
            if head.startswith(group + ":"):
                named = dict(zip(head.split()[1:], values.split()[1:]))
                if name in named:
                    return int(named[name])
    return 0
