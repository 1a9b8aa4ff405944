"""What strace(1) wrote down, call by call."""

import codecs
import os
import re

LINE = re.compile(r"^(\d+) +(?:(\w+)\((.*)|<\.\.\. (\w+) resumed>(.*)|(\+\+\+|---) (.*))$", re.DOTALL)
RESULT = re.compile(r"^(.*?)\)\s+= (-?\d+|\?|0x[0-9a-f]+)(?:<((?:[^<>]|->)*)>)?(.*)$", re.DOTALL)
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
DESCRIPTOR = re.compile(r"^(AT_FDCWD|-?\d+)(?:<((?:[^<>]|->)*)>)?")

# What a change depends on. Not memory, signals' masks, and the clock: they touch nothing that lasts.
OF_NO_MATTER = {
    "mmap", "munmap", "mprotect", "madvise", "brk", "mremap", "futex", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn",
    "sigaltstack", "set_robust_list", "set_tid_address", "rseq", "arch_prctl", "prlimit64", "sched_getaffinity",
    "sched_yield", "exit", "exit_group", "getpid", "gettid", "getppid", "geteuid", "getuid", "getgid", "getegid", "uname",
    "clock_gettime", "restart_syscall", "execve", "wait4", "getrandom", "sysinfo", "umask", "prctl", "lseek", "capget",
}

MATTER = re.compile(r"/var/lib/tcptune|/etc/sysctl\.d|/etc/tcptune|/proc/sys/net|net/ipv4")


class Call:
    def __init__(self, index, thread, name, nth, arguments, is_main):
        self.index = index
        self.thread = thread
        self.name = name
        # The how manieth of this name in this thread: what strace's `when=` counts.
        self.nth = nth
        self.arguments = arguments
        # Of the thread that was started first.
        self.is_main = is_main
        self.result = None
        self.opened = None
        self.tail = ""

    @property
    def failed(self):
        return self.result is None or self.result < 0

    @property
    def file(self):
        """The path of the descriptor that it was called with."""
        found = DESCRIPTOR.match(self.arguments)
        return found and found.group(2)

    @property
    def descriptor(self):
        found = DESCRIPTOR.match(self.arguments)
        return int(found.group(1)) if found and found.group(1) != "AT_FDCWD" else None

    @property
    def strings(self):
        return [codecs.escape_decode(text.encode("latin-1", "backslashreplace"))[0]
                for text in STRING.findall(self.arguments)]

    @property
    def paths(self):
        """What it names, made absolute by the directory descriptor before each name."""
        found = []
        for match in STRING.finditer(self.arguments):
            name = os.fsdecode(codecs.escape_decode(match.group(1).encode("latin-1", "backslashreplace"))[0])
            before = re.search(r"<([^<>]*)>, $", self.arguments[:match.start()])
            found.append(os.path.normpath(os.path.join(before.group(1) if before else "/", name)))
        return found

    def __str__(self):
        shown = "%s(%s" % (self.name, self.arguments)
        return shown if len(shown) <= 110 else shown[:107] + "..."


def read(path):
    """The calls in the order in which they began; a call that never returned has no result."""
    calls, pending, counts = [], {}, {}
    with open(path, encoding="latin-1", newline="\n") as file:
        text = file.read()
    for line in text.split("\n"):
        found = LINE.match(line)
        if not found:
            continue
        thread = int(found.group(1))
        if found.group(2):
            name, rest = found.group(2), found.group(3)
            nth = counts[thread, name] = counts.get((thread, name), 0) + 1
            call = Call(len(calls), thread, name, nth, rest, not calls or thread == calls[0].thread)
            calls.append(call)
            if rest.endswith("<unfinished ...>"):
                call.arguments = rest[:-len("<unfinished ...>")]
                pending[thread] = call
                continue
            _finish(call, rest)
        elif found.group(4) and thread in pending:
            call = pending.pop(thread)
            _finish(call, call.arguments + found.group(5))
    return calls


def _finish(call, rest):
    found = RESULT.match(rest)
    if not found:
        return
    call.arguments = found.group(1)
    number = found.group(2)
    call.result = None if number == "?" else int(number, 16 if number.startswith("0x") else 10)
    call.opened = found.group(3)
    call.tail = found.group(4)


def on_the_matter(calls, from_the_start=False):
    """Of each thread the calls from the first that names the matter on, without what does not last.

    What a new process does before it executes a program belongs to whoever made it.
    """
    made_by = {call.result: call.thread for call in calls
               if call.name in ("clone", "clone3", "fork", "vfork") and not call.failed}
    executed = {call.thread for call in calls if call.name == "execve"}
    started, found = {call.thread for call in calls if from_the_start}, []
    for call in calls:
        if call.name == "execve":
            started.discard(call.thread)
            executed.discard(call.thread)
        elif MATTER.search(call.file or "" if call.name in ("read", "pread64") else call.arguments):
            started.add(call.thread)
        elif call.thread not in started and made_by.get(call.thread) in started and call.thread in executed:
            if call.name not in OF_NO_MATTER:
                found.append(call)
            continue
        if call.thread in started and call.name not in OF_NO_MATTER:
            found.append(call)
    return found
