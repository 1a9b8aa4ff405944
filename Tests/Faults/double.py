"""A failure, and another one while it is being cleaned up: drawn by lot, told by its seed."""

import random

import calls
import matrix
import settle
from faults import faults_of

CASES = ["apply", "apply --persist", "confirm, to keep", "rollback", "rollback of what is kept"]


def twice(scene, case, seed, rounds):
    chosen, dice, wrong, reached = matrix.CASES[case], random.Random("%s %d" % (case, seed)), [], 0
    chosen.prepare(scene)
    seen = calls.on_the_matter(matrix.traced(scene, chosen.words))
    first = next((call.index for call in seen if matrix.is_change(call)), 0)
    points = [(call, fault) for call in seen if call.is_main and call.index >= first and call.name not in calls.OF_NO_MATTER
              for fault in faults_of(call, True)]
    # What there may be to break while somebody recovers: calls of those kinds, about so many.
    kinds = {"openat": 40, "read": 30, "write": 8, "fsync": 10, "renameat": 4, "unlinkat": 8, "openat2": 4, "fchmod": 3,
             "close": 40, "newfstatat": 20, "flock": 1, "mkdir": 2, "clone3": 1, "socketpair": 1, "poll": 1}
    for number in range(rounds):
        scene.reset()
        ground = chosen.prepare(scene)
        call, fault = dice.choice(points)
        scene.run(*chosen.words, tracer=matrix.injection(call.name, call.nth, fault))
        if dice.random() < 0.5:
            settle.kill_guards(scene)
        then = []
        for _ in range(dice.choice((1, 1, 2))):
            kind = dice.choice(list(kinds))
            nth = dice.randint(1, kinds[kind])
            other = dice.choice(["signal=KILL", "error=EIO", "error=ENOSPC", "error=EACCES"])
            late = dice.random() < 0.5
            if late:
                settle.let_the_deadline_pass()
            outcome = scene.run("recover", tracer=matrix.injection(kind, nth, other))
            then.append("%s at %s no. %d of recover%s" % (other, kind, nth, ", late" if late else ""))
            # 127: the loader failed before the program began.
            if outcome.status not in settle.STATUSES | {127}:
                wrong.append("%s, seed %d, round %d: %s: %s" % (case, seed, number, then[-1], outcome))
        reached += 1
        wrong += ["%s, seed %d, round %d: %s at %s, then %s: %s" % (case, seed, number, fault, call, "; ".join(then), text)
                  for text in settle.recover(scene, ground, chosen.may)]
    return {"violations": wrong, "points": {case: reached}}


def jobs(options):
    rounds = 3 if options.quick else 300 if options.full else 40
    return [{"part": "double", "trial": "twice", "with": {"case": case, "seed": options.seed + number, "rounds": rounds}}
            for case in CASES for number in range(2)]
