"""A journal that is damaged, or not ours: nothing is written for it, it is kept, and the way back by hand is told."""

import os
import socket

import matrix
import scene as scenes
import settle

KEPT = scenes.STATE + "/transaction.corrupt-"


def waiting(scene):
    """Applied, unconfirmed, the guard dead, the deadline over: a journal that recovery acts upon where it believes it."""
    matrix.pending(scene)
    settle.kill_guards(scene)
    settle.let_the_deadline_pass()
    with open(scenes.JOURNAL, "rb") as file:
        return file.read()


def damages(journal, full):
    """Each damage and its name: shortened at every byte, every byte changed, and worse."""
    for length in range(len(journal)):
        yield "cut after %d bytes" % length, journal[:length]
    masks = (0x01, 0x20, 0x80, 0xFF) if full else (0x01,)
    for place in range(len(journal)):
        for mask in masks:
            changed = journal[place] ^ (mask if full else (0x01, 0x20, 0x80, 0xFF)[place % 4])
            yield "byte %d changed to %#x" % (place, changed), journal[:place] + bytes([changed]) + journal[place + 1:]
    yield "doubled", journal + journal
    yield "a line at its end", journal + b"\n"
    yield "zeros", bytes(len(journal))
    yield "no text", os.urandom(700)
    yield "of a later release", later_release(journal)


def later_release(journal):
    """A whole record with a schema that nobody knows yet."""
    lines = journal[:journal.rindex(b"sha256 ")].replace(b"tcptune-transaction 1\n", b"tcptune-transaction 2\n")
    return settle.sealed(lines)


def damaged(scene, full, part, parts):
    journal, wrong, count = waiting(scene), [], 0
    for name, content in list(damages(journal, full))[part::parts]:
        count += 1
        fresh(scene)
        place(content)
        wrong += ["journal %s: %s" % (name, text) for text in check_damaged(scene, content, journal)]
    return {"violations": wrong, "points": {"damaged": count}}


def fresh(scene):
    """The state that a transaction leaves, without its record; its values are in the kernel."""
    for name in os.listdir(scenes.STATE):
        if name.startswith("transaction"):
            scenes._remove(scenes.STATE + "/" + name)
    scene.set_values(scene.after)


def place(content):
    file = os.open(scenes.JOURNAL, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.write(file, content)
    os.close(file)


def check_damaged(scene, content, journal):
    wrong = []
    outcome = scene.run("recover")
    if scene.values() != scene.after:
        wrong.append("I9: the kernel was written: %s" % outcome)
    if outcome.status != 65:
        wrong.append("recover: %s" % outcome)
    kept = [scenes.STATE + "/" + name for name in os.listdir(scenes.STATE) if name.startswith("transaction.corrupt-")]
    if len(kept) != 1 or os.path.lexists(scenes.JOURNAL):
        wrong.append("it is not set aside: %s" % os.listdir(scenes.STATE))
    elif open(kept[0], "rb").read() != content:
        wrong.append("what is set aside is not what was found")
    elif kept[0] not in outcome.errors:
        wrong.append("where it is kept is not said: %s" % outcome)
    # What is whole of the first line to come is told.
    if b"before 60\n" in content and content[:19] == journal[:19] and "net.ipv4.tcp_fin_timeout" in content.decode(
            "latin-1").replace("/", ".") and "60" not in outcome.errors:
        wrong.append("the values from before are not told: %s" % outcome)
    return wrong + settle.quiet(scene)


def then_apply(scene):
    """After a damaged journal was set aside the next change goes well."""
    waiting(scene)
    place(b"tcptune-transaction 1\n")
    scene.set_values(scene.before)
    wrong = []
    if scene.run("recover").status != 65:
        wrong.append("recover does not say 65")
    outcome = scene.run("apply", scenes.PROFILE, "--yes")
    if outcome.status != 0 or scene.values() != scene.after:
        wrong.append("apply after a damaged journal: %s" % outcome)
    return {"violations": wrong, "points": {"and then apply": 1}}


def huge(scene):
    """64 MiB, most of it a hole."""
    journal = waiting(scene)
    fresh(scene)
    place(journal)
    os.truncate(scenes.JOURNAL, 64 << 20)
    outcome = scene.run("recover")
    wrong = [] if outcome.status == 65 and scene.values() == scene.after else ["huge journal: %s" % outcome]
    if outcome.seconds > 20:
        wrong.append("huge journal: took %.1f s" % outcome.seconds)
    return {"violations": wrong + settle.quiet(scene), "points": {"huge": 1}}


def other_namespace(scene):
    """Seen from another network namespace, the values there are not touched."""
    waiting(scene)
    wrong = []
    # The same values stand there by chance, or somebody else's doing.
    show = "for key in %s; do cat /proc/sys/net/ipv4/$key; done" % " ".join(key.rpartition(".")[2] for key in scene.after)
    make = "; ".join("echo %s > /proc/sys/%s" % (value, key.replace(".", "/")) for key, value in sorted(
        scene.after.items(), key=lambda item: "unprivileged" not in item[0]))
    outcome = scenes.Command(
        ["unshare", "--net", "--fork", "--kill-child", "sh", "-c", "%s; %s recover >&2; echo $?; %s" % (
            make, scene.tcptune, show)]).end()
    status, *values = outcome.output.split("\n")[:-1]
    if [" ".join(value.split()) for value in values] != list(scene.after.values()):
        wrong.append("a recover in another namespace wrote there: %s %s" % (values, outcome))
    if status not in ("0", "5", "7"):
        wrong.append("a recover in another namespace: status %s, %s" % (status, outcome))
    return {"violations": wrong, "points": {"other namespace": 1}}


# What somebody may have put where the state is, and what is refused for it.
def link(path):
    os.symlink("/etc/passwd", path)


def dangling(path):
    os.symlink("/var/lib/nowhere", path)


def fifo(path):
    os.mkfifo(path, 0o600)


def directory(path):
    os.mkdir(path, 0o700)


def listening(path):
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.close()


def strangers(path):
    scenes.write(path, b"")
    os.chown(path, 65534, 65534)


def writable(path):
    scenes.write(path, b"")
    os.chmod(path, 0o666)


ODD = [link, dangling, fifo, directory, listening, strangers, writable]
PLACES = [scenes.JOURNAL, scenes.STATE + "/lock", scenes.STATE + "/history", scenes.STATE + "/original", scenes.DROP_IN]


def odd(scene):
    """Links, pipes, directories, sockets and strangers' files where ours should be: refused with a word, nothing written."""
    wrong, count = [], 0
    for path in PLACES:
        for make in ODD:
            for words in (["apply", scenes.PROFILE, "--yes", "--persist"], ["recover"], ["rollback", "--all"], ["status"]):
                scene.reset()
                os.makedirs(scenes.STATE, 0o700)
                make(path)
                before = os.lstat(path)
                victims = [scenes._content("/etc/passwd"), os.path.lexists("/var/lib/nowhere")]
                outcome = scene.run(*words, within=5)
                count += 1
                name = "%s as %s, %s" % (path, make.__name__, words[0])
                if outcome.status is None:
                    wrong.append("%s: hung" % name)
                if outcome.status not in (0, 1, 2, 7, 65, 78):
                    wrong.append("%s: %s" % (name, outcome))
                if outcome.status == 0 and words[0] == "apply" and scene.values() != scene.after:
                    wrong.append("%s: status 0, and nothing applied" % name)
                if outcome.status != 0 and scene.values() != scene.before:
                    wrong.append("%s: %s, and the kernel is changed" % (name, outcome))
                if outcome.status not in (0, 1) and len(outcome.errors) < 20:
                    wrong.append("%s: no word why: %s" % (name, outcome))
                if victims != [scenes._content("/etc/passwd"), os.path.lexists("/var/lib/nowhere")]:
                    wrong.append("%s: what the link leads to was written" % name)
                if outcome.status not in (0, 1) and os.path.lexists(path) and os.lstat(path).st_ino != before.st_ino:
                    wrong.append("%s: it was replaced" % name)
                scene.kill_all()
    for kind, prepare in {
        "a link": lambda: os.symlink("/tmp", scenes.STATE), "a file": lambda: scenes.write(scenes.STATE, b""),
        "a stranger's": lambda: (os.mkdir(scenes.STATE, 0o700), os.chown(scenes.STATE, 65534, 65534)),
        "open to all": lambda: (os.mkdir(scenes.STATE), os.chmod(scenes.STATE, 0o777)),
    }.items():
        scene.reset()
        prepare()
        outcome = scene.run("apply", scenes.PROFILE, "--yes")
        count += 1
        if outcome.status not in (2, 78) or scene.values() != scene.before:
            wrong.append("the state directory is %s: %s" % (kind, outcome))
    return {"violations": wrong, "points": {"odd files": count}}


def jobs(options):
    parts = 8
    found = [{"part": "journal", "trial": "damaged", "with": {
        "full": options.full, "part": part, "parts": parts * 10 if options.quick else parts}} for part in range(parts)]
    return found + [{"part": "journal", "trial": trial} for trial in ("then_apply", "huge", "other_namespace", "odd")]
