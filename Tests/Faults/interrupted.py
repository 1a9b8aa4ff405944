"""Signals, terminals that go, outputs that cannot be written, and a clock that moves."""

import fcntl
import os
import pty
import select
import signal
import termios
import time

import calls
import matrix
import refusals
import scene as scenes
import settle
from command import Command

SIGNALS = {"HUP": 1, "INT": 2, "QUIT": 3, "TERM": 15, "PIPE": 13}


def signals(scene, name):
    """Sent at each value and each step of the journal: taken back at once, or done."""
    case = matrix.CASES["apply"]
    points = [call for call in matrix.traced(scene, case.words)
              if call.is_main and (matrix.is_value(call) and call.name == "write" or call.name in ("fsync", "renameat"))]
    wrong, number = [], SIGNALS[name]
    for call in points:
        scene.reset()
        ground = case.prepare(scene)
        outcome = scene.run(*case.words, tracer=matrix.injection(call.name, call.nth, "signal=" + name))
        where = "SIG%s at %s" % (name, call)
        place = ground.place()
        if outcome.status == 0 and place != "after":
            wrong.append("%s: status 0, but the host is %s" % (where, place))
        elif outcome.status == 128 + number and place != "before" and name != "PIPE":
            wrong.append("%s: ended by it, and the host is %s" % (where, place))
        elif outcome.status not in (0, 128 + number):
            wrong.append("%s: %s" % (where, outcome))
        wrong += ["%s: %s" % (where, text) for text in settle.recover(scene, ground, case.may)]
    return {"violations": wrong, "points": {"SIG" + name: len(points)}}


class Terminal:
    """A terminal with the command on it, as its session's leader."""

    def __init__(self, scene, *words):
        self.near, far = pty.openpty()

        def lead():
            os.setsid()
            fcntl.ioctl(far, termios.TIOCSCTTY, 0)

        self.command = Command([scene.tcptune, *words], input=far, output=far, errors=far, before=lead)
        os.close(far)
        self.said = ""

    def wait_for(self, text, seconds=10):
        deadline = time.monotonic() + seconds
        while text not in self.said and time.monotonic() < deadline:
            if select.select([self.near], [], [], 0.05)[0]:
                try:
                    self.said += os.read(self.near, 65536).decode("utf-8", "replace")
                except OSError:
                    break  # the other end is closed
        if text not in self.said:
            raise scenes.Unfit("the terminal does not show %r: %r" % (text, self.said[-300:]))

    def type(self, text):
        os.write(self.near, text.encode())

    def hang_up(self):
        os.close(self.near)
        self.near = None

    def end(self):
        outcome = self.command.end(10)
        if self.near is not None:
            os.close(self.near)
        return outcome


# What somebody does at the questions, the statuses that may follow, and where the host then is.
AT_THE_TERMINAL = {
    "yes, yes": (["y\n", "y\n"], (0,), "after"),
    "yes, no": (["y\n", "n\n"], (4,), "before"),
    "yes, an empty line": (["y\n", "\n"], (4,), "before"),
    "no": (["n\n"], (2,), "before"),
    "an end of file": (["\x04"], (2,), "before"),
    "hung up at once": (["hang up"], (2, 74, 129), "before"),
    "hung up while it waits": (["y\n", "hang up"], (4, 74, 129), "before"),
    "interrupted at once": (["\x03"], (130,), "before"),
    "interrupted while it waits": (["y\n", "\x03"], (130,), "before"),
    "killed while it waits": (["y\n", signal.SIGKILL], (137,), None),
    "ended while it waits": (["y\n", signal.SIGTERM], (143,), "before"),
}


def terminal(scene):
    wrong = []
    for name, (answers, statuses, where) in AT_THE_TERMINAL.items():
        scene.reset()
        ground = settle.Ground(scene)
        seat = Terminal(scene, "apply", scenes.PROFILE)
        for question, answer in zip(("Apply these 4 changes?", "Keep these changes?"), answers):
            seat.wait_for(question)
            if question == "Keep these changes?" and ground.place() != "after":
                wrong.append("%s: it asks whether to keep what is not applied" % name)
            if answer == "hang up":
                seat.hang_up()
            elif isinstance(answer, str):
                seat.type(answer)
            else:
                seat.command.signal(answer)
        outcome = seat.end()
        place = ground.place()
        if outcome.status not in statuses or where not in (None, place):
            wrong.append("%s: status %s, the host is %s; it said %r" % (name, outcome.status, place, seat.said[-200:]))
        if name == "killed while it waits" and len(scene.guards()) != 1:
            wrong.append("%s: no guard is left" % name)
        wrong += ["%s: %s" % (name, text) for text in settle.recover(
            scene, ground, ["after"] if where == "after" else ["before"])]
    return {"violations": wrong, "points": {"at the terminal": len(AT_THE_TERMINAL)}}


def outputs(scene):
    """Nowhere to write: the status is not 0, and the host is whole; with no descriptor at all no file of ours is hit."""
    wrong, count = [], 0

    def full():
        return {"output": os.open("/dev/full", os.O_WRONLY)}

    def closed_pipe():
        reading, writing = os.pipe()
        os.close(reading)
        return {"output": writing}

    def all_full():
        return {**full(), "errors": os.open("/dev/full", os.O_WRONLY)}

    def none():
        return {"before": lambda: [os.close(number) for number in (0, 1, 2)]}

    for case in ("apply", "apply --confirm", "apply --persist", "confirm, to keep", "extend", "rollback", "recover",
                 "status"):
        for make in (full, closed_pipe, all_full, none):
            scene.reset()
            if case == "status":
                ground, words, may = matrix.pending(scene), ["status"], {"before"}
            else:
                chosen = matrix.CASES[case]
                ground, words, may = chosen.prepare(scene), chosen.words, chosen.may
            options = make()
            outcome = scene.run(*words, **options)
            for key in ("output", "errors"):
                if key in options:
                    os.close(options[key])
            count += 1
            name = "%s with output %s" % (case, make.__name__)
            # A reader that has gone is no failure, as for any filter's input; a full disk is.
            if make in (full, all_full) and outcome.status != 74:
                wrong.append("%s: %s" % (name, outcome))
            if outcome.status == 0 and case != "status" and ground.place() not in chosen.done:
                wrong.append("%s: status 0, and the host is %s" % (name, ground.place()))
            if outcome.status is None or outcome.status > 128 and outcome.status != 141:
                wrong.append("%s: %s" % (name, outcome))
            wrong += ["%s: %s" % (name, text) for text in settle.recover(scene, ground, may)]
    return {"violations": wrong, "points": {"outputs": count}}


def outputs_of_failures(scene):
    """What went wrong is told by the status, wherever the words go."""
    wrong = []
    path = "/proc/sys/net/ipv4/tcp_rmem"
    foreign = ("net.ipv4.tcp_fin_timeout", "45")
    for name, prepare, words, strace, status in (
            ("a refused apply", lambda s: None, ["apply", scenes.PROFILE, "--yes"], "write:error=EINVAL", 4),
            ("a rollback that cannot", matrix.pending, ["rollback"], "write:error=EINVAL", 5),
            ("a rollback that meets a foreign value", lambda s: (matrix.pending(s), scenes.write_value(*foreign)),
             ["rollback"], None, 7)):
        scene.reset()
        prepare(scene)
        reading, writing = os.pipe()
        os.close(reading)
        outcome = scene.run(*words, output=writing, tracer=refusals.at_path(path, strace) if strace else [])
        os.close(writing)
        if outcome.status != status:
            wrong.append("%s, with nobody who reads: %s" % (name, outcome))
    return {"violations": wrong, "points": {"outputs of failures": 3}}


def clock(scene):
    """The deadline is one of CLOCK_BOOTTIME, which nobody can set.

    The time of day belongs to the whole machine, so it cannot be stepped here; that nobody looks at it is read off the
    calls. In a time namespace, whose clocks are further, a deadline is the machine's.
    """
    ground = settle.Ground(scene)
    seen = matrix.traced(scene, ["apply", scenes.PROFILE, "--yes"], whole=True)
    made = [call for call in seen if call.name == "timerfd_create"]
    wrong = []
    if not made or any("CLOCK_BOOTTIME" not in call.arguments for call in made):
        wrong.append("the guard's timer: %s" % [str(call) for call in made])
    scene.reset()
    ground = matrix.pending(scene)
    for clock in ("--monotonic", "--boottime"):
        outcome = scene.run("recover", tracer=["unshare", "--time", clock, "900000", "--fork", "--kill-child"])
        if outcome.status != 0 or ground.place() != "after":
            wrong.append("%s of a time namespace moved a deadline: %s, the host is %s" % (clock, outcome, ground.place()))
    settle.kill_guards(scene)
    settle.let_the_deadline_pass()
    outcome = scene.run("recover")
    if outcome.status != 0 or ground.place() != "before":
        wrong.append("the deadline is over: %s, the host is %s" % (outcome, ground.place()))
    return {"violations": wrong + settle.quiet(scene), "points": {"clock": 4},
            "notes": ["the time of day was not stepped: it belongs to the whole machine"]}


def jobs(options):
    return [{"part": "interrupted", "trial": "signals", "with": {"name": name}} for name in SIGNALS] + [
        {"part": "interrupted", "trial": trial} for trial in ("terminal", "outputs", "outputs_of_failures", "clock")]
