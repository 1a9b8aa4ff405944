"""The power fails after each call that changes the disk; the machine boots, and somebody recovers."""

import os

import calls
import matrix
import scene as scenes
import settle
from disk import Disk

CASES = ["apply", "apply --persist", "confirm, to keep", "rollback", "rollback of what is kept",
         "rollback of all", "recover", "recover, forward", "guard"]
LOG = scenes.SCRATCH + "/power-loss"


def lose_power(scene, case, share):
    """Replays what the command does to the disk, and boots from each state in which the disk may be found.

    All in one scene: a journal of another namespace would be left alone for that reason only.
    """
    chosen = matrix.CASES[case]
    chosen.prepare(scene)
    # The parent is part of it: the name of the state directory must be durable, too.
    disk = Disk([os.path.dirname(scenes.STATE), scenes.BOOT_DIRECTORY])
    old = scene.drop_in()
    options = ["-f", "-b", "execve", "-y", "-s", "1000000", "-o", LOG]
    matrix.expect(matrix.at_guard(scene, options) if chosen.at_deadline else
                  scene.run(*chosen.words, tracer=["strace", *options]), 0)
    new = scene.drop_in()
    found, wrong = {}, []
    for call in calls.read(LOG):
        if disk.replay(call):
            for image in disk.images():
                found.setdefault(key_of(image), (image, str(call), False))
    if plain(disk.now) != on_disk(scene):
        wrong.append("%s: the replay does not come to what is there" % case)
    for image in disk.images():
        found[key_of(image)] = (image, "its end", True)
    images = list(found.values())[::share]
    for number, (image, where, ended) in enumerate(images):
        scene.reset()
        lay_out(image)
        wrong += ["power lost in %s after %s: %s; journal %s" % (case, where, text, shown(image))
                  for text in check(scene, case, old, new, ended, scene.after if number % 2 else {})]
    return {"violations": wrong, "points": {case: len(images)}}


def check(scene, case, old, new, ended, set_at_boot):
    wrong, drop_in, state = [], scene.drop_in(), settle.journal_state()
    if drop_in not in (old, new):
        wrong.append("boot would read a drop-in that is neither the old nor the new one: %r" % drop_in)
    confirming = case in ("apply --persist", "confirm, to keep")
    if confirming and drop_in != old and state not in ("CONFIRMING", "CONFIRMED", None):
        wrong.append("I3: the drop-in is new, the journal says %s" % state)
    # Somebody else may set at boot what the transaction wanted: that is not its value to take back.
    values = scene.reboot(set_at_boot)
    outcome = scene.run("recover")
    if outcome.status not in (0, 65):
        wrong.append("recover: %s" % outcome)
    if outcome.status == 65:
        # Only a journal that was never synchronised may be in pieces, and then it was never acted upon.
        wrong.append("the journal was torn: %s" % outcome)
    if scene.values() != values:
        wrong.append("I8: recover wrote to a kernel that was booted since")
    after = scene.drop_in()
    if after not in (old, new):
        wrong.append("recover left a drop-in that is neither the old nor the new one: %r" % after)
    if state == "CONFIRMING" and after != new:
        wrong.append("I4: it was confirmed, and the drop-in is the old one")
    if state in ("ROLLING_BACK", "PREPARED", "ARMED", "APPLIED") and after != (
            new if case.startswith(("rollback", "guard")) or case == "recover" else old):
        wrong.append("the journal said %s, and the drop-in is not the old one" % state)
    if ended and after != new:
        wrong.append("the command had ended with 0, and the drop-in is not what it left")
    return wrong + settle.debris(scene) + settle.quiet(scene)


def lay_out(image):
    for path in sorted(image):
        if path in ("/var/lib", scenes.BOOT_DIRECTORY):
            continue
        if image[path] is None:
            os.makedirs(path, 0o700, exist_ok=True)
        else:
            content, mode = image[path]
            scenes.write(path, content)
            os.chmod(path, mode)


def key_of(image):
    return frozenset(image.items())


def plain(names):
    return {path: what.content for path, what in names.items()
            if hasattr(what, "content") and not path.endswith("/lock")}


def on_disk(scene):
    found = {}
    for path, (_, _, changed, _) in scene.files().items():
        if changed is not None and not path.endswith("/lock"):
            with open(path, "rb") as file:
                found[path] = file.read()
    return found


def shown(image):
    entry = image.get(scenes.JOURNAL)
    return "absent" if entry is None else repr(entry[0][:200])


def jobs(options):
    share = 10 if options.quick else 1
    return [{"part": "power_loss", "trial": "lose_power", "with": {"case": case, "share": share}} for case in CASES]
