"""Writes what was tried as a page, docs/safety.md, and tells where a page is no longer of what is tried."""

import importlib
import os
import re
import subprocess

import promises

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HEAD = """# What is promised of a change, and what shows it

Every promise about `apply`, `confirm`, `extend`, `rollback` and `recover`, with the trials that show it and how many there were.

**{points} trials, {violations}**, by {asked}, with tcptune {version} on Linux {kernel}. A trial breaks a command at one point, on a
host of its own (network, mount and process namespaces), and then looks whether every value, every line of boot and every
file is as it was, or as it was to become. A trial may stand behind more than one promise.

    make faults                                     breaks every command, and prints what was found (as root)
    make faults ARGS="--write docs/safety.md"       the same, and writes this page
    make faults ARGS="--full --write docs/safety.md"    with every error at every call
    make reboot                                     a virtual machine with systemd, rebooted and cut from its power
    make test                                       the tests of each change

"""
COLUMNS = "| Promise | Trials of the last run | Tests of each change | Checks after boots |\n|---|---|---|---|\n"


def render(figures, violations, asked, tcptune):
    """The page; `figures` gives for a part and a name how many trials were made."""
    text = HEAD.format(
        points=grouped(sum(figures.values())), violations="no violation" if not violations else "%d violations" % violations,
        asked=asked, version=version(tcptune), kernel=re.match(r"[0-9.]+", os.uname().release).group(0).rstrip("."))
    return text + COLUMNS + "".join(row(each, figures) for each in promises.ALL)


def version(tcptune):
    return subprocess.run([tcptune, "--version"], capture_output=True, text=True, check=False).stdout.strip()


def row(promise, figures):
    trials = ["%s %s" % (grouped(sum(figures.get((part, name), 0) for name in names)), words)
              for part, names, words in promise.trials]
    tests = ["[%s](../Tests/%s): %s" % (os.path.basename(path).replace(".swift", ""), path, "; ".join(names))
             for path, names in promise.tests]
    checks = sum(checks_of(step) for step in promise.reboots)
    cells = ["**%s.** %s" % (promise.name, promise.words), "<br>".join(trials) or "-", "<br>".join(tests) or "-",
             "%d in %s" % (checks, ", ".join("`%s`" % step.replace("_", "-") for step in promise.reboots)) if checks else "-"]
    return "| %s |\n" % " | ".join(cells)


def checks_of(step):
    """How many checks a step of the machine that is rebooted makes, and the functions it calls."""
    with open(TESTS + "/Reboot/steps") as file:
        functions = dict(re.findall(r"(?ms)^(\w+)\(\) \{\n(.*?)^\}", file.read()))
    body = functions["step_" + step]
    called = sum(len(re.findall(r"(?m)^\s+%s " % name, body)) * len(re.findall(r'\bcheck "', functions[name]))
                 for name in functions if name not in ("check", "step_" + step))
    return len(re.findall(r'\bcheck "', body)) + called


def grouped(number):
    return "{:,}".format(number).replace(",", "\u202f")


def problems(path):
    """What of the page, or of the promises, is not so any more."""
    wrong = []
    for promise in promises.ALL:
        if not promise.trials and not promise.tests:
            wrong.append("%s: nothing shows it" % promise.name)
        for part, names, _ in promise.trials:
            module = importlib.import_module(part)
            with open(module.__file__) as file:
                source = file.read()
            for name in names:
                if name not in getattr(module, "CASES", ()) and not made(name, source):
                    wrong.append("%s: %s has no trials called %s" % (promise.name, part, name))
        for file, names in promise.tests:
            with open("%s/%s" % (TESTS, file)) as swift:
                source = swift.read()
            wrong += ["%s: %s has no test `%s`" % (promise.name, file, name) for name in names if "`%s`" % name not in source]
    with open(path) as file:
        there = file.read()
    if shape(there) != shape(render({}, 0, "", "true")):
        wrong.append("%s is not what would be written now: run Tests/Faults/run --write %s" % (path, path))
    return wrong


def made(name, source):
    """Whether a part names a trial so: as it is, or made of a word and what is put behind it."""
    first = name.split(" --")[0]
    return '"%s"' % name in source or '"%s %%s"' % first in source or (name.startswith("SIG") and '"SIG" + name' in source)


def shape(page):
    """The page without the figures of a run and what it was made with."""
    head, _, rows = page.partition(COLUMNS)
    head = re.sub(r"\*\*.*? on Linux \S+", "**", head, flags=re.DOTALL)
    lines = []
    for line in rows.splitlines():
        cells = line.split(" | ")
        if len(cells) > 1:
            cells[1] = re.sub(r"(^|<br>)[0-9\u202f]+ ", r"\1# ", cells[1])
        lines.append(" | ".join(cells))
    return head, lines


def write(path, figures, violations, asked, tcptune):
    """Writes it; gives what a promise names and no trial was made of."""
    with open(path, "w") as out:
        out.write(render(figures, violations, asked, tcptune))
    return ["%s: no trial of %s called %s was made" % (promise.name, part, name)
            for promise in promises.ALL for part, names, _ in promise.trials for name in names
            if not figures.get((part, name))]
