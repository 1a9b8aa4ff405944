"""One part of a situation: a program that makes sockets, says what it made in one line of JSON, and holds them.

    python3 acts.py ACT key=value …

A line on its standard input lets it go on to what its `then=` says; it ends when it is killed, or after a minute
and a half by itself. It works in the network namespace it was started in.
"""

import ctypes
import errno
import json
import os
import resource
import select
import signal
import socket
import struct
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../CommandTests/Scenes"))
import scene  # noqa: E402
import segments  # noqa: E402

IP_TRANSPARENT = 19
IP_MINTTL = 21
IP_LOCAL_PORT_RANGE = 51
TCP_DEFER_ACCEPT = 9
TCP_MD5SIG = 14
TCP_USER_TIMEOUT = 18
SO_ATTACH_FILTER = 26
IPPROTO_MPTCP = 262
words = {}
kept, errors = [], {}


def get(key, default=None):
    """A word of the command line, of the default's type."""
    if key not in words:
        return default
    return type(default)(words[key]) if default is not None else words[key]


def say(**facts):
    print(json.dumps({"pid": os.getpid(), "made": len(kept), "errors": errors, **facts}), flush=True)


def failed(error):
    name = errno.errorcode.get(error.errno, str(error))
    errors[name] = errors.get(name, 0) + 1


def hold(**facts):
    """Says what was made, waits for the word to go on, and then for the end."""
    say(**facts)
    if "then" in words and sys.stdin.readline():
        AFTERWARDS[words["then"]]()
        say()
    time.sleep(90)


def made(address):
    return socket.socket(family(address), socket.SOCK_STREAM, IPPROTO_MPTCP if "mptcp" in words else 0)


def sign(one, peer):
    """Demands and sends MD5 signatures with a key for a peer's IPv4 address (struct tcp_md5sig)."""
    address = struct.pack("=HH4s", socket.AF_INET, 0, socket.inet_aton(peer)).ljust(128, b"\0")
    key = get("key", "secret").encode()
    one.setsockopt(socket.IPPROTO_TCP, TCP_MD5SIG, address + struct.pack("=BBHi", 0, 0, len(key), 0) + key.ljust(80, b"\0"))


def family(address):
    return socket.AF_INET6 if ":" in address or "mapped" in words else socket.AF_INET


# What is done with the sockets that were kept, once the word is given.

def send_all():
    for one in kept:
        try:
            one.setblocking(False)
            one.send(b"x" * get("bytes", 100))
        except OSError as error:
            failed(error)


def close_all():
    for one in kept:
        one.close()
    kept.clear()


def shut_all():
    for one in kept:
        one.shutdown(socket.SHUT_WR)


def fill_and_close():
    """Sends until the peer's window and this side's buffer are full, then closes: data and FIN wait."""
    for one in kept:
        one.setblocking(False)
        try:
            while True:
                one.send(b"z" * 10000)
        except OSError:
            one.close()
    kept.clear()


def accept_all():
    """A program that was late catches up with its queue."""
    listener = kept[0]
    listener.setblocking(False)
    try:
        while True:
            kept.append(listener.accept()[0])
    except OSError:
        pass


AFTERWARDS = {"send": send_all, "close": close_all, "shut": shut_all, "fill": fill_and_close, "accept": accept_all}


# Servers.

def listening():
    address = get("address", "0.0.0.0")
    listener = made(address)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if "reuseport" in words:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    if "transparent" in words:
        listener.setsockopt(socket.SOL_IP, IP_TRANSPARENT, 1)
    if "defer" in words:
        listener.setsockopt(socket.IPPROTO_TCP, TCP_DEFER_ACCEPT, get("defer", 1))
    if "receive" in words:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, get("receive", 0))
    if "sign" in words:
        sign(listener, get("sign"))
    if "ttl" in words:
        listener.setsockopt(socket.SOL_IP, IP_MINTTL, get("ttl", 255))
    if "only6" in words:
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    if "device" in words:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, get("device").encode())
    if "deaf" in words:  # one instruction, BPF_RET of 0 bytes: nothing passes
        code = ctypes.create_string_buffer(struct.pack("=HBBI", 6, 0, 0, 0))
        listener.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("=HxxxxxxQ", 1, ctypes.addressof(code)))
    listener.bind((address, get("port", 80)))
    listener.listen(get("backlog", 4096))
    return listener


def serve():
    """Accepts all. mode: answer, and close when the client has; first closes at once; keep never closes, reads nothing."""
    listener, mode = listening(), get("mode", "answer")
    say(port=listener.getsockname()[1])
    if mode == "answer":
        scene._serve(listener)
    while True:
        accepted = listener.accept()[0]
        if mode == "first":
            accepted.close()
        else:
            kept.append(accepted)


def sip():
    """Reads a little from each connection again and again, more slowly than clients send."""
    listener = listening()
    say()
    listener.setblocking(False)
    while True:
        try:
            while True:
                kept.append(listener.accept()[0])
        except OSError:
            pass
        for one in kept:
            one.setblocking(False)
            try:
                one.recv(get("bytes", 1000))
            except OSError:
                pass
        time.sleep(0.02)


def pour():
    """Connects so often, and sends without end on each."""
    words["wait"] = "1"
    for number in range(get("count", 10)):
        kept.append(connect(number))
        kept[-1].setblocking(False)
    say()
    while True:
        for one in kept:
            try:
                one.send(b"x" * 2000)
            except OSError:
                pass
        time.sleep(0.02)


def feed():
    """Accepts, and sends without end on each connection, as a server whose clients subscribe."""
    listener = listening()
    say()
    listener.setblocking(False)
    while True:
        try:
            while True:
                kept.append(listener.accept()[0])
                kept[-1].setblocking(False)
        except OSError:
            pass
        for one in kept:
            try:
                one.send(b"x" * get("bytes", 2000))
            except OSError:
                pass
        time.sleep(0.02)


def slow():
    """Accepts so many a second, one after another."""
    listener = listening()
    say()
    while True:
        kept.append(listener.accept()[0])
        time.sleep(1 / get("rate", 1.0))


def stuck():
    """Accepts the first few, and then nobody: `then=` tells what becomes of those."""
    listener = listening()
    if get("then") == "accept":
        kept.append(listener)
    say()
    for _ in range(get("accept", 0)):
        kept.append(listener.accept()[0])
    hold()


def starved():
    """Accepts until it has no descriptor left, and tries on, as servers do."""
    listener = listening()
    resource.setrlimit(resource.RLIMIT_NOFILE, (get("limit", 64), get("limit", 64)))
    say()
    while True:
        try:
            kept.append(listener.accept()[0])
        except OSError:
            time.sleep(0.1)


def listeners():
    """Many services, each with a port of its own."""
    for port in range(get("from", 10000), get("from", 10000) + get("count", 100)):
        kept.append(scene.listen("0.0.0.0", port, 128))
    hold()


def transfers():
    """For each transfer a listener on a port the kernel chooses, told over a control connection; closes first, as FTP does."""
    control = scene.listen("0.0.0.0", 21)
    say()
    line = control.accept()[0].makefile("rw")
    made = 0
    try:
        for made in range(get("count", 100000)):
            data = socket.socket()
            data.bind((get("address"), 0))
            data.listen(1)
            print(data.getsockname()[1], file=line, flush=True)
            data.accept()[0].close()
            data.close()
    except OSError as error:
        failed(error)
    print("end", file=line, flush=True)
    say(transfers=made)
    time.sleep(90)


def fetch():
    """The client of `transfers`."""
    line = socket.create_connection((get("address"), 21)).makefile("r")
    for told in line:
        if told.strip() == "end":
            break
        with socket.create_connection((get("address"), int(told))) as data:
            data.recv(1)
    hold()


# Clients.

def connect(number):
    address = get("address").replace("+", str(10 + number % get("dests", 1)))
    one = made(address)
    try:
        if "own" in words:
            low, high = map(int, get("own").split("-"))
            one.setsockopt(socket.SOL_IP, IP_LOCAL_PORT_RANGE, struct.pack("=I", high << 16 | low))
        if "sign" in words:
            sign(one, get("sign"))
        if "receive" in words:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, get("receive", 0))
        if "source" in words:
            one.bind((get("source"), get("low", 0) + number if "low" in words else 0))
        elif "low" in words:
            one.bind(("0.0.0.0", get("low", 0) + number))
        if "patience" in words:
            one.setsockopt(socket.IPPROTO_TCP, TCP_USER_TIMEOUT, get("patience", 1000))
        if "alive" in words:  # asks after a second, and gives up after the second probe
            one.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            for option, value in ((socket.TCP_KEEPIDLE, 1), (socket.TCP_KEEPINTVL, 1), (socket.TCP_KEEPCNT, 2)):
                one.setsockopt(socket.IPPROTO_TCP, option, value)
        one.settimeout(get("timeout", 5.0))
        if "wait" not in words:
            one.setblocking(False)
        try:
            one.connect((("::ffff:" if "mapped" in words else "") + address, get("port", 80)))
        except BlockingIOError:
            pass
        return one
    except BaseException:
        one.close()
        raise


def clients():
    """Connects so often and keeps all; with `leave=` so many of them then close, with `bytes=` all send once."""
    words.setdefault("wait", "1") if "async" not in words else None
    for number in range(get("count", 100)):
        try:
            kept.append(connect(number))
        except OSError as error:
            failed(error)
            if "stop" in words:
                break
    if "bytes" in words and "then" not in words:
        send_all()
    time.sleep(get("pause", 0.0))
    for one in kept[:get("leave", 0)]:
        one.close()
    hold()


def churn():
    """Connects and closes, so often or at a rate; `peer` waits for the peer to close first."""
    words["wait"] = "1"
    began, done = time.monotonic(), 0
    if "early" in words:
        say()
    for number in range(get("count", 1000)):
        late = number / get("rate", 1e9) - (time.monotonic() - began)
        if late > 0:
            time.sleep(late)
        try:
            with connect(number) as one:
                if "peer" in words:
                    one.recv(1)
            done += 1
        except OSError as error:
            failed(error)
            if "stop" in words:
                break
    say(done=done)
    time.sleep(90)


def talk():
    """Connections that are kept and used again and again, as of a proxy that keeps its upstreams alive."""
    words["wait"] = "1"
    for number in range(get("count", 10)):
        kept.append(connect(number))
    say()
    while True:
        for one in kept:
            one.send(b"request")
        for one in kept:
            one.recv(65536)
        time.sleep(0.02)


def relay():
    """A proxy: each connection it accepts has one upstream, and both are kept."""
    listener = listening()
    say()
    poll, other = select.epoll(), {}
    listener.setblocking(False)
    poll.register(listener, select.EPOLLIN)
    while True:
        for descriptor, _ in poll.poll():
            if descriptor == listener.fileno():
                front = listener.accept()[0]
                back = socket.create_connection((get("upstream"), get("to", 8080)))
                for one, two in ((front, back), (back, front)):
                    other[one.fileno()] = (one, two)
                    poll.register(one, select.EPOLLIN)
                continue
            one, two = other[descriptor]
            data = one.recv(65536)
            if data:
                two.send(data)
            else:
                poll.unregister(descriptor)


def bound():
    """bind(), and neither connect() nor listen(): in as many processes as the limit of descriptors asks for."""
    count, each = get("count", 100), get("each", 15000)
    parts = []
    while count > 0:
        read, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            scene.die_with_parent()
            made = []
            try:
                for _ in range(min(each, count)):
                    one = socket.socket(family(get("address", "0.0.0.0")))
                    made.append(one)
                    one.bind((get("address", "0.0.0.0"), 0))
            except OSError as error:
                os.write(write, errno.errorcode[error.errno].encode())
            os.write(write, b" %d\n" % len(made))
            time.sleep(90)
            os._exit(0)
        count -= each
        with os.fdopen(read) as told:
            os.close(write)
            parts.append(told.readline().split())
    for part in parts:
        if len(part) > 1:
            errors[part[0]] = errors.get(part[0], 0) + 1
    hold(bound=sum(int(part[-1]) for part in parts))


def itself():
    """A socket that is connected to itself: its own port was free, and is its destination."""
    one = socket.socket()
    one.bind(("127.0.0.1", get("port", 40000)))
    one.connect(("127.0.0.1", get("port", 40000)))
    kept.append(one)
    hold()


def probe():
    """What a program would see now: one connect() (with `source=` bound first), or one bind()."""
    try:
        if "bind" in words:
            one = socket.socket()
            one.bind((get("bind"), get("port", 0)))
        else:
            words["wait"] = "1"
            one = connect(0)
        say(error=None, local=one.getsockname()[1])
    except OSError as error:
        say(error=errno.errorcode.get(error.errno, str(error)))


# Unix sockets.

def unix_name():
    path = get("path", "/run/fpm.sock")
    return "\0" + path[1:] if path.startswith("@") else path


def unix_serve():
    """A listener on a Unix socket that accepts the first few; mode=answer goes on."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(unix_name())
    listener.listen(get("backlog", 128))
    say()
    while len(kept) < get("accept", 0) or get("mode") == "answer":
        kept.append(listener.accept()[0])
        if get("mode") == "answer":
            kept.pop().close()
    time.sleep(90)


def unix_clients():
    for _ in range(get("count", 10)):
        one = socket.socket(socket.AF_UNIX)
        one.setblocking(False)
        try:
            one.connect(unix_name())
            kept.append(one)
        except OSError as error:
            failed(error)
    hold()


# What no well-behaved program sends.

def flood():
    """SYNs from addresses nobody has."""
    segments.mute_kernel(get("port", 8080))
    raw, sent = segments.Raw(), 0

    def one():
        nonlocal sent
        source = "10.66.%d.%d" % (100 + sent // 250 % 100, 1 + sent % 250)
        raw.send((source, 20000 + sent % 40000), (get("address"), get("port", 8080)), segments.SYN, 1000 + sent)
        sent += 1

    for _ in range(get("count", 200)):
        one()
    say(sent=sent)
    while get("rate", 0.0):
        time.sleep(1 / get("rate", 0.0))
        one()
    time.sleep(90)


def spoil():
    """SYNs with a wrong checksum, so many a second."""
    raw, sent = segments.Raw(), 0
    say()
    while True:
        packet = bytearray(segments.segment((get("source"), 20000 + sent % 40000), (get("address"), get("port", 80)), segments.SYN, sent))
        packet[36] ^= 0x55
        raw.out.sendto(bytes(packet), (get("address"), 0))
        sent += 1
        time.sleep(1 / get("rate", 20.0))


def datagrams():
    """UDP to an address, so many a second; `shout` to a broadcast address."""
    one = socket.socket(family(get("address")), socket.SOCK_DGRAM)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    say()
    while True:
        try:
            one.sendto(b"x" * get("bytes", 100), (get("address"), get("port", 9999)))
        except OSError:
            pass
        time.sleep(1 / get("rate", 100.0))


def deaf():
    """A UDP socket whose program reads nothing."""
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, get("receive", 4096))
    one.bind((get("address", "0.0.0.0"), get("port", 9999)))
    kept.append(one)
    hold()


def checks():
    """A balancer's health checks: connects, and resets at once, at a rate."""
    words["wait"] = "1"
    say()
    while True:
        try:
            one = connect(0)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            one.close()
        except OSError as error:
            failed(error)
        time.sleep(1 / get("rate", 10.0))


def namespaces():
    """As many network namespaces as a host of containers has, each with a listener and a client of its own."""
    for _ in range(get("count", 60)):
        read, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            scene.die_with_parent()
            if scene._libc.unshare(scene.CLONE_NEWNET) != 0:
                os._exit(1)
            scene._ip("link", "set", "lo", "up")
            listener = scene.listen("127.0.0.1", 8080)
            ends = [scene.connect("127.0.0.1", 8080), listener.accept()[0], listener]
            if get("ill", 0) == len(kept) and "ill" in words:
                full = scene.listen("127.0.0.1", 9000, 4)
                for _ in range(12):
                    late = socket.socket()
                    late.setblocking(False)
                    late.connect_ex(("127.0.0.1", 9000))
                    ends.append(late)
                ends.append(full)
            os.write(write, b"1")
            scene.stay(ends)
        os.close(write)
        if os.read(read, 1) != b"1":
            sys.exit("a namespace failed to start")
        kept.append(pid)
    hold(last=kept[-1])


def main():
    scene.die_with_parent()
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    words.update(word.split("=", 1) for word in sys.argv[2:])
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if "name" in words:
        scene.name_process(words["name"])
    globals()[sys.argv[1]]()


main()
