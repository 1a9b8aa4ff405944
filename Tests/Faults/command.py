"""The tool being run, with or without strace(1) around it."""

import fcntl
import os
import resource
import signal
import subprocess
import time

ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "NO_COLOR": "1",
    "SWIFT_BACKTRACE": "enable=no", **{key: os.environ[key] for key in ("BUG",) if key in os.environ},
}


class Outcome:
    def __init__(self, words, status, output, errors, seconds):
        self.words = words
        # What a shell would say: the exit status, or 128 and the signal's number; None for one that hung.
        self.status = status
        self.output = output
        self.errors = errors
        self.seconds = seconds

    @property
    def was_killed(self):
        return self.status == 128 + signal.SIGKILL

    def __str__(self):
        said = " ".join((self.errors or self.output).split())[:240]
        return "status %s, %s" % (self.status, repr(said) if said else "silent")


class Command:
    """A program that runs; its output waits in pipes of a megabyte, read when it has ended.

    Not in files: a limit on the size of files (`largest_file`) would hold for them, too.
    """

    # Those whose end nobody has asked for yet.
    running = {}

    def __init__(self, words, tracer=(), output=None, errors=None, input=None, before=None, largest_file=None):
        self.words = list(words)
        self.began = time.monotonic()
        pipes = [os.pipe(), os.pipe()]
        self.files = [reading for reading, _ in pipes]

        def prepare():
            # Python ignores SIGPIPE, and what it starts would, too.
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
            if largest_file is not None:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
            if before:
                before()

        self.process = subprocess.Popen(
            [*tracer, *words], env=ENVIRONMENT, stdin=subprocess.DEVNULL if input is None else input,
            stdout=pipes[0][1] if output is None else output, stderr=pipes[1][1] if errors is None else errors,
            preexec_fn=prepare if before or largest_file is not None else None,
            restore_signals=True, close_fds=True)
        self.pid = self.process.pid
        Command.running[self.pid] = self.process
        for reading, writing in pipes:
            os.close(writing)
            os.set_blocking(reading, False)
            fcntl.fcntl(reading, fcntl.F_SETPIPE_SZ, 1 << 20)

    def signal(self, number):
        self.process.send_signal(number)

    @property
    def is_running(self):
        return self.process.poll() is None

    def end(self, within=20):
        """Waits for its end; past the time it is killed and has no status."""
        try:
            status = self.process.wait(within)
            status = status if status >= 0 else 128 - status
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            status = None
        Command.running.pop(self.pid, None)
        said = [_text(file) for file in self.files]
        return Outcome(self.words, status, *said, time.monotonic() - self.began)


def _text(file):
    parts = []
    try:
        while part := os.read(file, 1 << 20):
            parts.append(part)
    except BlockingIOError:
        pass  # a process that it left behind holds the other end
    os.close(file)
    return b"".join(parts).decode("utf-8", "replace")
