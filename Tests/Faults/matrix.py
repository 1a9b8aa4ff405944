"""Each command, broken at each of its system calls: killed before it, or told that it failed."""

import os
import signal

import calls
import order
import scene as scenes
import settle
from command import Command
from faults import faults_of

LOG = scenes.SCRATCH + "/strace"
EARLIER = "/etc/tcptune/profiles/earlier.toml"


class Case:
    """A command, how the host comes to where it is run, where it may lead, and where status 0 has led."""

    def __init__(self, words, prepare, may, done, at_deadline=False, share=1):
        self.words = words
        self.prepare = prepare
        self.may = set(may)
        self.done = set(done)
        self.at_deadline = at_deadline
        # Whether nothing is under way when it has ended well.
        self.settles = words is None or not ("--confirm" in words or words[0] == "extend")
        # Of what is only read each how manieth call is broken: most commands read the same.
        self.share = share


def nothing(scene):
    return settle.Ground(scene)


def earlier(scene):
    """An older profile is in force and kept: there is a drop-in to lose."""
    values = {"net.ipv4.tcp_fin_timeout": "50"}
    scenes.write(EARLIER, scenes.profile_text("earlier", values).encode())
    expect(scene.run("apply", EARLIER, "--yes", "--persist"), 0)
    scene.before = {**scene.before, **values}
    return settle.Ground(scene)


def pending(scene, ground=nothing, confirm="10m", *more):
    ground = ground(scene)
    expect(scene.run("apply", scenes.PROFILE, "--confirm", confirm, *more), 0)
    return ground


def guarded(scene):
    """Waiting for a deadline that comes soon; later on a machine so busy that it has come already."""
    for deadline in ("1s", "3s", "9s"):
        ground = pending(scene, nothing, deadline)
        if scene.guards() and ground.place() == "after":
            return ground
        scene.reset()
    raise scenes.Unfit("the guard never waits")


def pending_to_keep(scene):
    return pending(scene, earlier, "10m", "--persist")


def kept(scene):
    ground = earlier(scene)
    expect(scene.run("apply", scenes.PROFILE, "--yes", "--persist"), 0)
    return ground


def half_written(scene):
    """The command stopped before its third value; its guard killed first, then itself."""
    words = CASES["apply"].words
    third = once(scene, "third value", lambda: [
        call for call in traced(scene, words) if call.name == "write" and is_value(call)][2])
    ground = nothing(scene)
    command = scene.start(*words, tracer=injection("write", third.nth, "signal=STOP"))
    if not scene.wait(lambda: ground.place() not in ("before", "after"), 20):
        raise scenes.Unfit("the command was not stopped in the middle")
    # strace last: without it the command would go on.
    for pid in sorted(scene.guards(), key=lambda pid: not scenes.is_guard(pid)):
        if pid != command.pid:
            os.kill(pid, signal.SIGKILL)
    settle.kill_guards(scene)
    command.end()
    return ground


def half_kept(scene):
    """Killed when it was about to put the new drop-in in place: confirmed, and not yet kept."""
    words = CASES["apply --persist"].words

    def renamed():
        earlier(scene)
        return next(call for call in traced(scene, words)
                    if call.name.startswith("rename") and scenes.DROP_IN in call.paths)

    place = once(scene, "drop-in", renamed)
    ground = earlier(scene)
    scene.run(*words, tracer=injection(place.name, place.nth, "signal=KILL"))
    settle.kill_guards(scene)
    return ground


def is_value(call):
    """A value written to this namespace: preflight writes in another, on a thread of its own."""
    return call.is_main and (call.file or "").startswith("/proc/sys/")


def once(scene, name, find):
    """Found out once in each scene, which is fresh before and after."""
    if name not in scene.known:
        scene.reset()
        scene.known[name] = find()
        scene.reset()
    return scene.known[name]


CASES = {
    "apply": Case(["apply", scenes.PROFILE, "--yes"], nothing, ["before", "after"], ["after"]),
    "apply --persist": Case(["apply", scenes.PROFILE, "--yes", "--persist"], earlier, ["before", "kept"], ["kept"],
                            share=6),
    "apply --confirm": Case(["apply", scenes.PROFILE, "--confirm", "10m"], nothing, ["before"], ["after"],
                            share=6),
    "confirm": Case(["confirm"], pending, ["before", "after"], ["after"]),
    "confirm, to keep": Case(["confirm"], pending_to_keep, ["before", "kept"], ["kept"]),
    "extend": Case(["extend", "20m"], pending, ["before"], ["after"]),
    "rollback": Case(["rollback"], pending, ["before"], ["before"]),
    "rollback of what is kept": Case(["rollback", "--last"], kept, ["before", "kept"], ["before"]),
    "rollback of all": Case(["rollback", "--all"], kept, ["first", "kept"], ["first"]),
    "recover": Case(["recover"], half_written, ["before"], ["before"]),
    "recover, forward": Case(["recover"], half_kept, ["kept"], ["kept"]),
    "guard": Case(None, lambda scene: guarded(scene), ["before"], ["before"], at_deadline=True),
}


def record(scene, case, full, sample):
    """Runs the command unharmed, checks what it does in which order, and lists where it may be broken."""
    chosen = CASES[case]
    ground = chosen.prepare(scene)
    log = LOG + "-record"
    if chosen.at_deadline:
        outcome = at_guard(scene, ["-f", "-y", "-s", "256", "-o", log])
    else:
        # The guard of what is confirmed at once ends soon, and is part of the record; another one would keep strace.
        alone = [] if "--yes" in chosen.words else ["-b", "execve"]
        outcome = scene.run(*chosen.words, tracer=["strace", "-f", *alone, "-y", "-s", "256", "-o", log])
    if outcome.status != 0:
        raise scenes.Unfit("%s: unharmed it ended so: %s" % (case, outcome))
    wrong = ["unharmed: " + text for text in settle.check_promise(outcome, ground, chosen)]
    wrong += ["unharmed: " + text for text in settle.recover(scene, ground, chosen.may & (chosen.done | {"before"}))]
    seen = calls.read(log)
    matter = calls.on_the_matter(seen, from_the_start=chosen.at_deadline)
    points = list(points_of(matter, full, chosen.share))[::sample]
    if case.startswith("apply"):
        scene.reset()
        wrong += order.check(traced(scene, chosen.words, ground=chosen.prepare))
    # Spread, so that chunks take equally long.
    size = 6 if chosen.at_deadline else 16
    count = max(1, len(points) // size)
    jobs = [{"part": "matrix", "trial": "broken", "with": {"case": case, "points": points[start::count]}}
            for start in range(count)]
    return {"violations": ["%s: %s" % (case, text) for text in wrong], "then": jobs,
            "calls": {case: len(matter)}}


def points_of(matter, full, share):
    """Every failure of each call from the first change on.

    Before that the command reads, and preflight writes where nobody lives: whatever fails there, nothing has happened. Of
    those calls each `share`-th gets one of its failures, unless all are asked for. Other threads, and the guard before it is
    armed, are broken where the main thread does not make such a call as often before.
    """
    first = next((call.index for call in matter if is_change(call)), 0)
    counts = {}
    for number, call in enumerate(matter):
        if call.is_main:
            counts[call.name] = call.nth
        elif call.nth <= counts.get(call.name, 0) or share > 1:
            continue  # strace counts in each thread, and the main one would meet it first
        chosen = faults_of(call, full)
        if not full and call.index < first:
            chosen = chosen[number // share % len(chosen):][:1] if number % share == 0 else []
        for fault in chosen:
            yield {"call": call.name, "nth": call.nth, "fault": fault, "main": call.is_main, "where": str(call)}


def is_change(call):
    return call.is_main and call.name == "openat" and "O_CREAT" in call.arguments and "lock" not in call.arguments


def broken(scene, case, points):
    chosen, wrong, reached = CASES[case], [], 0
    for number, point in enumerate(points):
        scene.reset()
        ground = chosen.prepare(scene)
        strace = injection(point["call"], point["nth"], point["fault"], follow=not point["main"])
        if chosen.at_deadline:
            outcome = at_guard(scene, strace[1:])
        else:
            outcome = scene.run(*chosen.words, tracer=strace, within=20 if point["main"] else 3)
        with open(LOG, encoding="latin-1") as file:
            said = file.read()
        if chosen.at_deadline and "ptrace(PTRACE_SEIZE" in outcome.errors:
            continue  # it had ended before strace came
        if "INJECTED" not in said and "SIGKILL" not in said:
            continue
        reached += 1
        if outcome.status is None and not point["main"]:
            found = []  # strace waits for the guard, too
        else:
            found = settle.check_status(outcome, case)
        if not chosen.at_deadline:
            found += settle.check_promise(outcome, ground, chosen)
        elif point["fault"].startswith("error") and ground.place() not in chosen.done:
            # What strace says of a process that it attached to is not its status; one failure does not end its duty.
            found.append("the guard ended, and the host is %s" % ground.place())
        found += settle.recover(scene, ground, chosen.may, patience=0.1 if number % 4 == 0 else 0.0)
        wrong += ["%s, %s at %s no. %d, %s [%s]: %s" % (
            case, point["fault"], point["call"], point["nth"], point["where"], outcome, text) for text in found]
    return {"violations": wrong, "points": {case: reached}, "missed": {case: len(points) - reached}}


def injection(call, nth, fault, follow=False):
    return ["strace", *(["-f"] if follow else []), "-o", LOG, "-e", "trace=" + call,
            "-e", "inject=%s:%s:when=%d" % (call, fault, nth)]


def traced(scene, words, ground=None, whole=False):
    """The calls of a command that nothing befalls; where it is `whole`, those of its guard, which must end by itself."""
    if ground:
        ground(scene)
    log = LOG + "-traced"
    alone = [] if whole else ["-b", "execve"]
    expect(scene.run(*words, tracer=["strace", "-f", *alone, "-y", "-s", "256", "-o", log]), 0)
    return calls.read(log)


def at_guard(scene, options):
    """Attaches to the guard that waits, and lets its deadline come; strace ends when the guard has."""
    guards = scene.guards()
    if len(guards) != 1:
        raise scenes.Unfit("one guard should wait, not %d" % len(guards))
    return Command(["strace", *options, "-p", str(guards[0])]).end(30)


def expect(outcome, status):
    if outcome.status != status:
        raise scenes.Unfit("%s: %s" % (" ".join(outcome.words), outcome))


def jobs(options):
    sample = 25 if options.quick else 1
    return [{"part": "matrix", "trial": "record", "with": {"case": case, "full": options.full, "sample": sample}}
            for case in CASES]
