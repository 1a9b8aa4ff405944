"""I1 and I2, read off the record of an unharmed apply: what comes before the first write to the kernel."""

import scene as scenes


def check(seen):
    """Violations: each write to this host's /proc/sys must come after a durable journal and an armed guard."""
    elsewhere = {call.thread for call in seen if call.name == "unshare" and "CLONE_NEWNET" in call.arguments}
    synced, drafts, named, durable, children, armed = set(), {}, False, False, set(), False
    writes, wrong = 0, []
    for call in seen:
        if call.failed:
            continue
        if call.is_main:
            if call.name in ("fsync", "fdatasync"):
                if call.file == scenes.STATE:
                    durable = durable or named
                synced.add(call.file)
            elif call.name == "write":
                synced.discard(call.file)
            elif call.name.startswith("rename") and scenes.JOURNAL in call.paths[1:]:
                if call.paths[0] not in synced:
                    wrong.append("I1: the journal is renamed into place before its bytes are on the disk")
                named = True
            elif call.name in ("read", "recvfrom", "recvmsg") and children and call.result > 0 and (
                    "UNIX" in (call.file or "") or "pipe:" in (call.file or "") or "socket:" in (call.file or "")):
                armed = True
            elif call.name in ("clone", "clone3", "vfork", "fork") and "CLONE_THREAD" not in call.arguments:
                children.add(call.result)
        into_kernel = call.name in ("write", "pwrite64") and (call.file or "").startswith("/proc/sys/")
        if into_kernel and call.thread not in elsewhere:
            writes += 1
            if not durable:
                wrong.append("I1: %s before the journal is durable" % call)
            if not armed:
                wrong.append("I2: %s before the guard said that it is armed" % call)
    if not writes:
        wrong.append("the record shows no write to the kernel")
    return wrong[:4]
