"""The power fails after each call that changes the disk; the machine boots, and somebody recovers."""

import os
import re

import calls
import matrix
import scene as scenes
import settle
from disk import Disk

CASES = ["apply", "apply --persist", "confirm, to keep", "rollback", "rollback of what is kept", "recover",
         "recover, forward"]
LOG = scenes.SCRATCH + "/power-loss"


def record(scene, case, share):
    """Replays what the command does to the disk, and spreads what the disk may be found to hold over jobs."""
    chosen = matrix.CASES[case]
    # The parents of both directories are part of it: their names must be durable as well.
    ground = chosen.prepare(scene)
    disk = Disk([os.path.dirname(scenes.STATE), scenes.BOOT_DIRECTORY])
    old, new = scene.drop_in(), None
    matrix.expect(scene.run(*chosen.words, tracer=[
        "strace", "-f", "-b", "execve", "-y", "-s", "1000000", "-o", LOG]), 0)
    new = scene.drop_in()
    seen, found, wrong = calls.read(LOG), {}, []
    for call in seen:
        if disk.replay(call):
            for image in disk.images():
                found.setdefault(key_of(image), (image, str(call), False))
    if {path: what[0] for path, what in plain(disk.now).items()} != on_disk(scene):
        wrong.append("%s: the replay does not come to what is there" % case)
    for image in disk.images():
        found[key_of(image)] = (image, "its end", True)
    images = list(found.values())[::share]
    jobs = []
    for start in range(count := max(1, len(images) // 12)):
        jobs.append({"part": "power_loss", "trial": "boot", "with": {
            "case": case, "old": text(old), "new": text(new), "images": [
                [{path: what and [text(what[0]), what[1]] for path, what in image.items()}, where, ended]
                for image, where, ended in images[start::count]]}})
    del ground
    return {"violations": wrong, "then": jobs}


def boot(scene, case, old, new, images):
    wrong, old, new = [], content(old), content(new)
    for image, where, ended in images:
        scene.reset()
        lay_out(image)
        found = ["after %s: %s" % (where, text_) for text_ in check(scene, case, old, new, ended)]
        wrong += ["power lost in %s %s; journal %s" % (case, text_, shown(image)) for text_ in found]
    return {"violations": wrong, "points": {case: len(images)}}


def check(scene, case, old, new, ended):
    wrong, drop_in, state = [], scene.drop_in(), journal_state()
    if drop_in not in (old, new):
        wrong.append("boot would read a drop-in that is neither the old nor the new one: %r" % drop_in)
    confirming = case in ("apply --persist", "confirm, to keep")
    if confirming and drop_in != old and state not in ("CONFIRMING", "CONFIRMED", None):
        wrong.append("I3: the drop-in is new, the journal says %s" % state)
    values = scene.reboot()
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
            new if case.startswith("rollback") or case == "recover" else old):
        wrong.append("the journal said %s, and the drop-in is not the old one" % state)
    if ended and after != new:
        wrong.append("the command had ended with 0, and the drop-in is not what it left")
    return wrong + settle.debris(scene) + settle.quiet(scene)


def journal_state():
    try:
        with open(scenes.JOURNAL, "rb") as file:
            found = re.search(rb"^state (\w+)$|\"state\": \"(\w+)\"", file.read(), re.MULTILINE)
            return found and (found.group(1) or found.group(2)).decode()
    except OSError:
        return None


def lay_out(image):
    for path in sorted(image):
        if path in ("/var/lib", scenes.BOOT_DIRECTORY):
            continue
        if image[path] is None:
            os.makedirs(path, 0o700, exist_ok=True)
        else:
            scenes.write(path, content(image[path][0]))
            os.chmod(path, image[path][1])


def key_of(image):
    return hash(tuple(sorted((path, what) for path, what in image.items() if what) + sorted(
        path for path, what in image.items() if not what)))


def plain(names):
    return {path: (what.content, what.mode) for path, what in names.items() if hasattr(what, "content")
            and not path.endswith("/lock")}


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


def text(content_):
    return None if content_ is None else content_.decode("latin-1")


def content(text_):
    return None if text_ is None else text_.encode("latin-1")


def jobs(options):
    share = 1 if not options.quick else 10
    return [{"part": "power_loss", "trial": "record", "with": {"case": case, "share": share}} for case in CASES]
