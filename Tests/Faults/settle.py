"""What must be true when a command was broken off, and somebody has asked to recover."""

import hashlib
import json
import os
import re
import signal
import time

import scene as scenes

# The table of exit statuses; 5 and 7 say themselves that something is left to do.
STATUSES = {0, 2, 4, 5, 6, 7, 8, 65, 66, 69, 74, 75, 77, 78, 128 + signal.SIGKILL}
STATE_FILES = re.compile(r"lock|transaction|history|original|transaction\.corrupt-[\w.:-]+")


def is_whole(content):
    """A drop-in as the tool writes it: a comment, every setting, and the end of the last line."""
    return (content is not None and content.startswith(b"#") and content.endswith(b"\n")
            and scenes.settings_of(content) == scenes.AFTER)


class Ground:
    """Where a trial began: the values and the drop-in that are the old ones."""

    # No drop-in, and the values that the kernel had before anything was applied.
    first = (scenes.BEFORE, None)

    def __init__(self, scene):
        self.scene = scene
        self.old = scene.drop_in()

    def place(self):
        """`before`, `after` (not to last), `kept` (to last), `first` (before all of them), or what else it is."""
        values, drop_in = self.scene.values(), self.scene.drop_in()
        was = values == self.scene.before and drop_in == self.old
        if was:
            return "before"
        if (values, drop_in) == self.first:
            return "first"
        if values == self.scene.after and drop_in == self.old:
            return "after"
        if values == self.scene.after and is_whole(drop_in):
            return "kept"
        differing = ", ".join("%s = %s" % (key, value) for key, value in values.items())
        file = "old" if drop_in == self.old else "new" if is_whole(drop_in) else "neither: %r" % drop_in
        return "a mix: %s; drop-in %s" % (differing, file)


def check_status(outcome, words):
    """The command's own status is one of the table."""
    if outcome.status is None:
        return ["%s did not end in time" % words]
    if outcome.status not in STATUSES:
        return ["%s ended with a status that is not in the table: %s" % (words, outcome)]
    return []


# "Nothing changed", "everything restored", "no guard", and why it did not begin.
NOTHING_CHANGED = {2, 4, 6, 65, 66, 69, 75, 77, 78}


# What the journal may still say when a command has ended well: whatever comes, it leads to the same place.
SETTLED = {"before": (None, "ROLLING_BACK", "ROLLED_BACK"), "first": (None, "ROLLING_BACK", "ROLLED_BACK"), "after": (None, "CONFIRMING", "CONFIRMED"),
           "kept": (None, "CONFIRMING", "CONFIRMED")}


def journal_state():
    """What the record under way says of itself, None where there is none."""
    try:
        with open(scenes.JOURNAL, "rb") as file:
            found = re.search(rb'^state (\w+)$|"state": "(\w+)"', file.read(), re.MULTILINE)
            return (found.group(1) or found.group(2)).decode() if found else "?"
    except OSError:
        return None


def check_promise(outcome, ground, case):
    """What the status says is so, before anybody recovers."""
    place = ground.place()
    if outcome.status == 0 and place not in case.done:
        return ["status 0, but the host is %s" % place]
    if outcome.status == 0 and case.settles and journal_state() not in SETTLED[place]:
        return ["status 0, but the journal says %s" % journal_state()]
    if outcome.status in NOTHING_CHANGED and case.words[0] == "apply" and place != "before":
        return ["status %d, but the host is %s" % (outcome.status, place)]
    return []


def recover(scene, ground, may, patience=0.0):
    """Recovers, and looks: one of the places that may be, no debris, and a second time nothing to do.

    What still waits to be confirmed is brought to its end by a deadline that has passed.
    """
    wrong = []
    if patience:
        scene.wait(lambda: not scene.guards(), patience)
    kill_guards(scene)
    first = scene.run("recover")
    if first.status != 0:
        wrong.append("recover: %s" % first)
    if scene.guards() or os.path.lexists(scenes.JOURNAL):
        kill_guards(scene)
        let_the_deadline_pass()
        late = scene.run("recover")
        if late.status != 0:
            wrong.append("recover after the deadline: %s" % late)
    place = ground.place()
    if place not in may:
        wrong.append("after recover the host is %s, not %s" % (place, " or ".join(sorted(may))))
    return wrong + published(scene, place) + debris(scene) + quiet(scene)


def published(scene, place):
    """The copy for readers without rights says what is in force, however it was left."""
    try:
        with open(scenes.PUBLISHED, encoding="utf-8") as file:
            transactions = json.load(file)["data"]["transactions"]
    except FileNotFoundError:
        transactions = []
    except ValueError as error:
        return ["%s is torn: %s" % (scenes.PUBLISHED, error)]
    wanted = {each["key"]: each["wanted"] for one in transactions for each in one["settings"]}
    if place in ("after", "kept") and any(wanted.get(key) != value for key, value in scene.after.items()):
        return ["the host is %s, and %s says %s" % (place, scenes.PUBLISHED, wanted)]
    if place == "first" and wanted:
        return ["the host is as at first, and %s says %s" % (scenes.PUBLISHED, wanted)]
    return []


def let_the_deadline_pass():
    """Writes a deadline that is over into the record under way, as it would be after a long sleep of the machine.

    The machine's clock cannot be moved, and in a time namespace, where it could be, a deadline is the same. A record that is
    damaged stays as it is. It is written in place, so that a guard that lives is told nothing.
    """
    try:
        with open(scenes.JOURNAL, "r+b") as file:
            found = file.read(16 << 20)
            body, mark, seal = found.rpartition(b"sha256 ")
            if not mark or seal.strip() != hashlib.sha256(body).hexdigest().encode():
                return
            body = re.sub(rb"(?m)^deadline \d+$", b"deadline 1", body)
            file.seek(0)
            file.write(sealed(body))
            file.truncate()
    except OSError:
        pass


def sealed(body):
    return body + b"sha256 " + hashlib.sha256(body).hexdigest().encode() + b"\n"


def kill_guards(scene):
    for pid in scene.guards():
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    if not scene.wait(lambda: not scene.guards(), 20):
        raise scenes.Unfit("a process does not die")
    scene.reap()


def quiet(scene):
    """One more recover has nothing to do: no file and no value changes, and nobody stays."""
    wrong = []
    files, values = scene.files(), scene.values()
    second = scene.run("recover")
    # A guard that has just been relieved may look once more.
    for _ in range(20):
        if second.status != 75:
            break
        time.sleep(0.1)
        second = scene.run("recover")
    if second.status != 0:
        wrong.append("a second recover: %s" % second)
    now = scene.files()
    if now != files:
        changed = {path for path, _ in files.items() ^ now.items()}
        wrong.append("a second recover changed files: %s" % ", ".join(sorted(changed)))
    if scene.values() != values:
        wrong.append("a second recover changed the kernel")
    if os.path.lexists(scenes.JOURNAL):
        wrong.append("a transaction stays under way")
    # A guard that has just been relieved needs a moment to see it.
    if not scene.wait(lambda: not scene.guards(), 10):
        wrong.append("a process stays")
    return wrong


def debris(scene):
    """Files that nobody should have left."""
    found = []
    if os.path.isdir(scenes.STATE):
        for name in os.listdir(scenes.STATE):
            if not STATE_FILES.fullmatch(name):
                found.append(scenes.STATE + "/" + name)
        for inner in ("history", "original"):
            directory = scenes.STATE + "/" + inner
            if os.path.isdir(directory):
                found += [directory + "/" + name for name in os.listdir(directory)
                          if name.startswith(".") or name.endswith(("~", ".tmp", ".new"))]
    found += [scenes.BOOT_DIRECTORY + "/" + name for name in os.listdir(scenes.BOOT_DIRECTORY)
              if scenes.BOOT_DIRECTORY + "/" + name != scenes.DROP_IN]
    return ["left behind: %s" % path for path in found]
