"""The kernel, the disk or the rights say no: all is as it was, or what could not be put back is said and tried again."""

import os
import shutil

import matrix
import scene as scenes
import settle

NOBODY = 65534


def refused(scene):
    """Each knob in turn cannot be written, or is said to be written and is not."""
    wrong, count = [], 0
    for key in scene.after:
        path = "/proc/sys/" + key.replace(".", "/")
        length = len(scene.after[key]) + 1
        for fault in ("write:error=EINVAL", "write:error=EPERM", "openat2:error=EACCES", "openat2:error=EROFS",
                      "write:retval=%d" % length, "write:retval=0"):
            for more in ([], ["--keep-going"]):
                scene.reset()
                ground = settle.Ground(scene)
                outcome = scene.run("apply", scenes.PROFILE, "--yes", *more, tracer=at_path(path, fault))
                count += 1
                name = "%s, %s %s" % (key, fault, " ".join(more))
                place = ground.place()
                if more and outcome.status == 0:
                    expected = {**scene.after, key: scene.before[key]}
                    # A range that lacks its neighbour's leave is refused by the kernel itself.
                    if key == "net.ipv4.ip_unprivileged_port_start":
                        expected["net.ipv4.ip_local_port_range"] = scene.before["net.ipv4.ip_local_port_range"]
                    if scene.values() != expected:
                        wrong.append("%s: the rest is not applied: %s" % (name, scene.values()))
                    if key not in outcome.output + outcome.errors:
                        wrong.append("%s: what was left out is not said: %s" % (name, outcome))
                    scene.kill_all()
                    continue
                if outcome.status not in (2, 4) or place != "before":
                    wrong.append("I5: %s: %s, and the host is %s" % (name, outcome, place))
                wrong += ["%s: %s" % (name, text) for text in settle.recover(scene, ground, ["before"])]
    return {"violations": wrong, "points": {"knob refused": count}}


def not_restored(scene):
    """Each value in turn cannot be put back: status 5, the others are, and the next command does it."""
    wrong, count = [], 0
    for key in scene.after:
        path = "/proc/sys/" + key.replace(".", "/")
        for fault in ("write:error=EINVAL", "openat2:error=EROFS", "write:retval=%d" % (len(scene.before[key]) + 1)):
            for prepare, words in ((matrix.pending, ["rollback"]), (matrix.kept, ["rollback", "--last"])):
                scene.reset()
                ground = prepare(scene)
                outcome = scene.run(*words, tracer=at_path(path, fault))
                count += 1
                name = "putting back %s, %s" % (key, fault)
                if outcome.status != 5 or key not in outcome.output + outcome.errors:
                    wrong.append("%s: %s" % (name, outcome))
                wrong += ["%s: %s" % (name, text) for text in settle.recover(scene, ground, ["before"])]
    return {"violations": wrong, "points": {"value not put back": count}}


def at_path(path, fault):
    """Only the main thread, and only where the call is about that file."""
    if fault.startswith("openat2"):
        path = path.removeprefix("/proc/sys/")  # as the call says it, beneath a descriptor
    return ["strace", "-o", matrix.LOG, "-P", path, "-e", "trace=" + fault.partition(":")[0], "-e", "inject=" + fault]


def read_only(scene):
    """/proc/sys mounted read-only, as in many containers."""
    wrong = []
    ground = settle.Ground(scene)

    def shut():
        scene.mount("/proc/sys", "/proc/sys", flags=scenes.MS_BIND | scenes.MS_REC)
        scene.mount(None, "/proc/sys", flags=scenes.MS_BIND | scenes.MS_REMOUNT | scenes.MS_RDONLY)

    shut()
    outcome = scene.run("apply", scenes.PROFILE, "--yes")
    if outcome.status not in (2, 4) or ground.place() != "before":
        wrong.append("read-only /proc/sys: %s" % outcome)
    scene.open_mounts()
    scene.set_values(scene.after)
    shut()
    outcome = scene.run("apply", scenes.PROFILE, "--yes")
    if outcome.status != 0:
        wrong.append("read-only /proc/sys, and nothing to change: %s" % outcome)
    scene.reset()
    ground = matrix.pending(scene)
    shut()
    outcome = scene.run("rollback")
    if outcome.status != 5:
        wrong.append("rollback with a read-only /proc/sys: %s" % outcome)
    scene.open_mounts()
    wrong += settle.recover(scene, ground, ["before"])
    return {"violations": wrong, "points": {"read-only /proc/sys": 3}}


def missing(scene):
    """A key that is not there, one that nobody may write here, one that goes while it is applied."""
    wrong = []
    key = "net.netfilter.nf_conntrack_tcp_timeout_time_wait"
    directory = "/proc/sys/net/netfilter"
    if not os.path.isdir(directory):
        return {"violations": [], "notes": ["no conntrack here: keys that are missing were not tried"]}
    for name, odd, hidden in (("missing", key, True), ("0444", "net.core.rmem_max", False)):
        for more in ([], ["--keep-going"]):
            scene.reset()
            ground = settle.Ground(scene)
            value = "119" if hidden else "8388608"
            scenes.write(scenes.PROFILE, scenes.profile_text("faults", {odd: value, **scene.after}).encode())
            if hidden:
                scene.mount("tmpfs", directory, "tmpfs")
            outcome = scene.run("apply", scenes.PROFILE, "--yes", *more)
            place = ground.place()
            if more:
                if outcome.status != 0 or place != "after":
                    wrong.append("a key is %s, --keep-going: %s, the host is %s" % (name, outcome, place))
            elif outcome.status not in (2, 4, 69) or place != "before" or odd not in outcome.output + outcome.errors:
                wrong.append("a key is %s: %s, the host is %s" % (name, outcome, place))
    scene.reset()
    before = scenes.read_value(key)
    scenes.write(scenes.PROFILE, scenes.profile_text("faults", {key: "119", **scene.after}).encode())
    ground = matrix.pending(scene)
    scene.mount("tmpfs", directory, "tmpfs")
    outcome = scene.run("rollback")
    if outcome.status != 5 or ground.place() != "before":
        wrong.append("a key is gone at rollback: %s, the host is %s" % (outcome, ground.place()))
    scene.open_mounts()
    wrong += settle.recover(scene, ground, ["before"])
    if scenes.read_value(key) != before:
        wrong.append("the key that came back was not put back")
    return {"violations": wrong, "points": {"keys missing": 5}}


def without_rights(scene):
    """An ordinary user is told what to type; nothing is read that is not his."""
    wrong = []
    matrix.pending(scene)
    program = scenes.SCRATCH + "/tcptune"
    shutil.copy(scene.tcptune, program)
    os.chmod(program, 0o755)

    def nobody():
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)

    values = scene.values()
    for words in (["apply", scenes.PROFILE, "--yes"], ["confirm"], ["extend", "5m"], ["rollback"], ["recover"]):
        outcome = scenes.Command([program, *words], before=nobody).end()
        if outcome.status != 77 or words[0] not in outcome.errors:
            wrong.append("as nobody, %s: %s" % (words[0], outcome))
    if scene.values() != values:
        wrong.append("nobody changed the kernel")
    return {"violations": wrong, "points": {"without rights": 5}}


def full_disk(scene):
    """No room for so many files, or so many pages, or files cut short at any length."""
    wrong, count = [], 0
    case = matrix.CASES["apply --persist"]

    def attempt(name, **options):
        ground = attempt.ground
        outcome = scene.run(*case.words, **options)
        found = settle.check_status(outcome, name) + settle.check_promise(outcome, ground, case)
        if scene.mounts:
            scene.run("recover")
            scene.kill_all()
        else:
            found += settle.recover(scene, ground, case.may)
        wrong.extend("%s: %s" % (name, text) for text in found)

    for data in ["nr_inodes=%d" % number for number in range(1, 10)] + ["size=%dk" % (4 * pages) for pages in range(1, 9)]:
        for directory in (scenes.STATE, scenes.BOOT_DIRECTORY):
            scene.reset()
            attempt.ground = settle.Ground(scene)
            os.makedirs(directory, 0o700, exist_ok=True)
            scene.mount("tmpfs", directory, "tmpfs", data="mode=%s,%s" % (
                "700" if directory == scenes.STATE else "755", data))
            attempt("%s with %s" % (directory, data))
            count += 1
    for length in range(0, 2200, 41):
        scene.reset()
        attempt.ground = matrix.earlier(scene)
        attempt("files of at most %d bytes" % length, largest_file=length)
        count += 1
    return {"violations": wrong, "points": {"disk full, short writes": count}}


def jobs(options):
    return [{"part": "refusals", "trial": trial} for trial in (
        "refused", "not_restored", "read_only", "missing", "without_rights", "full_disk")]
