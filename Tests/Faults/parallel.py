"""Many at once, each against each: one command works, the others say who does; what somebody else sets is left alone."""

import os
import random
import re
import signal
import time

import matrix
import scene as scenes
import settle

FOREIGN = ("net.ipv4.tcp_fin_timeout", "45")


def applies(scene, words, waits):
    """Fifty at the same time."""
    ground = settle.Ground(scene)
    commands = [scene.start("apply", scenes.PROFILE, *words) for _ in range(50)]
    ends = [command.end(60) for command in commands]
    wrong = []
    done = [end for end in ends if end.status == 0]
    for end in ends:
        if end.status not in (0, 75):
            wrong.append("one of fifty applies: %s" % end)
        if end.status == 75 and not re.search(r"process \d+|another process", end.errors):
            wrong.append("one of fifty applies does not say who is at work: %s" % end)
    if not done or (waits and len(done) != 1):
        wrong.append("of fifty applies %d were done" % len(done))
    named = sum(bool(re.search(r"process \d+", end.errors)) for end in ends if end.status == 75)
    if scene.values() != scene.after:
        wrong.append("after fifty applies the values are %s" % scene.values())
    if waits and len(scene.guards()) != 1:
        wrong.append("after fifty applies there are %d guards" % len(scene.guards()))
    settled = len(os.listdir(scenes.STATE + "/history")) if os.path.isdir(scenes.STATE + "/history") else 0
    if not waits and settled != 1:
        wrong.append("fifty applies left %d transactions" % settled)
    wrong += settle.recover(scene, ground, ["before"] if waits else ["after"])
    return {"violations": wrong, "points": {"50 applies %s" % words[0]: 50},
            "notes": ["of 50 parallel applies %s, %d were done, %d named the process at work" % (
                " ".join(words), len(done), named)]}


def race(scene, seed, rounds):
    """Confirm against rollback against the deadline: one of them wins, wholly."""
    dice, wrong = random.Random(seed), []
    for number in range(rounds):
        scene.reset()
        ground = matrix.pending(scene, matrix.nothing, "1s")
        time.sleep(max(0, 0.9 + dice.uniform(-0.1, 0.15) if number % 2 else dice.uniform(0, 0.02)))
        first, second = [("confirm",), ("rollback",)][::dice.choice((1, -1))]
        commands = {first[0]: scene.start(*first)}
        time.sleep(dice.uniform(0, 0.01))
        commands[second[0]] = scene.start(*second)
        ends = {name: command.end() for name, command in commands.items()}
        kept = ends["confirm"].status == 0
        scene.wait(lambda: not scene.guards(), 20)
        name = "round %d of seed %d (confirm: %s; rollback: %s)" % (number, seed, ends["confirm"], ends["rollback"])
        if kept and ends["rollback"].status == 0:
            wrong.append("%s: both were done" % name)
        for command, end in ends.items():
            # 4: it held the lock when the deadline passed, and the values have gone back.
            if end.status not in (0, 8, 75) and (command, end.status) != ("confirm", 4):
                wrong.append("%s" % name)
        if ground.place() != ("after" if kept else "before"):
            wrong.append("%s: the host is %s" % (name, ground.place()))
        wrong += ["%s: %s" % (name, text) for text in settle.quiet(scene)]
    return {"violations": wrong, "points": {"confirm, rollback, deadline": rounds}}


def guard_killed(scene):
    """Killed, it is replaced by the next command; where nobody comes before the deadline, the next one takes back."""
    ground = matrix.pending(scene)
    first = scene.guards()
    settle.kill_guards(scene)
    wrong = []
    outcome = scene.run("recover")
    if outcome.status != 0 or ground.place() != "after" or len(scene.guards()) != 1 or scene.guards() == first:
        wrong.append("a killed guard is not replaced: %s, guards %s" % (outcome, scene.guards()))
    wrong += settle.recover(scene, ground, ["before"])
    scene.reset()
    ground = matrix.pending(scene)
    # A guard that is asked to end does not leave the change behind.
    for pid in scene.guards():
        os.kill(pid, signal.SIGTERM)
    if not scene.wait(lambda: ground.place() == "before" and not scene.guards(), 20):
        wrong.append("a guard that was told to end left the host %s" % ground.place())
    wrong += settle.quiet(scene)
    scene.reset()
    ground = matrix.pending(scene, matrix.nothing, "1s")
    for pid in scene.guards():
        os.kill(pid, signal.SIGHUP)
    time.sleep(0.1)
    if ground.place() != "after":
        wrong.append("SIGHUP ended the guard")
    if not scene.wait(lambda: ground.place() == "before" and not scene.guards(), 10):
        wrong.append("nothing is taken back at the deadline after a SIGHUP")
    return {"violations": wrong + settle.quiet(scene), "points": {"guard killed": 4}}


def foreign(scene):
    """A value that somebody else has set meanwhile is left and named; the rest goes back."""
    wrong, count = [], 0
    left = dict([FOREIGN])

    def look(name, outcome, expected, statuses, said=True):
        if outcome.status not in statuses:
            wrong.append("%s: %s" % (name, outcome))
        if scene.values() != expected:
            wrong.append("%s: I6: the values are %s" % (name, scene.values()))
        if said and FOREIGN[0] not in outcome.output + outcome.errors:
            wrong.append("%s: the key is not named: %s" % (name, outcome))

    for name, prepare, words in (
            ("foreign value before rollback", matrix.pending, ["rollback"]),
            ("foreign value before rollback --last", lambda s: matrix.expect(
                s.run("apply", scenes.PROFILE, "--yes"), 0), ["rollback", "--last"]),
            ("foreign value before rollback --all", lambda s: matrix.expect(
                s.run("apply", scenes.PROFILE, "--yes"), 0), ["rollback", "--all"])):
        scene.reset()
        prepare(scene)
        scenes.write_value(*FOREIGN)
        look(name, scene.run(*words), {**scene.before, **left}, [7])
        wrong += ["%s: %s" % (name, text) for text in settle.quiet(scene)]
        count += 1
    # At the deadline, too.
    scene.reset()
    matrix.pending(scene, matrix.nothing, "1s")
    scenes.write_value(*FOREIGN)
    scene.wait(lambda: not scene.guards(), 20)
    if scene.values() != {**scene.before, **left}:
        wrong.append("foreign value at the deadline: %s" % scene.values())
    # Between the plan and its application.
    scene.reset()
    plan = scenes.SCRATCH + "/plan.json"
    if os.path.lexists(plan):
        os.unlink(plan)
    scene.run("plan", scenes.PROFILE, "-o", plan)
    scenes.write_value(*FOREIGN)
    look("foreign value between plan and apply", scene.run("apply", plan, "--yes"), {**scene.before, **left}, [2, 4, 7])
    # The value from before is nobody else's.
    scene.reset()
    matrix.pending(scene)
    scenes.write_value(FOREIGN[0], scene.before[FOREIGN[0]])
    look("the old value set by hand", scene.run("rollback"), scene.before, [0], said=False)
    return {"violations": wrong, "points": {"foreign values": count + 3}}


def jobs(options):
    found = [{"part": "parallel", "trial": "applies", "with": {"words": words, "waits": waits}}
             for words, waits in ((["--confirm", "10m"], True), (["--yes"], False))]
    found += [{"part": "parallel", "trial": "race", "with": {"seed": options.seed * 100 + number,
                                                             "rounds": 2 if options.quick else 10}} for number in range(4)]
    return found + [{"part": "parallel", "trial": trial} for trial in ("guard_killed", "foreign")]
