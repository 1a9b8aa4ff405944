"""The words in which the table is written: a situation, the steps that make it, what proves that it was made,
and what must and must not be said of it.
"""

import dataclasses
import re

SEVERITIES = ["myth", "notice", "warning", "critical"]


@dataclasses.dataclass(frozen=True)
class Situation:
    id: str
    words: str
    """What happened to whom, in plain words."""
    source: str
    """The public report, or `own`."""
    made: str
    """How it is made here, for the page."""
    ground: str
    """The kind of ground: one, pair, three, container, host, tree, scene."""
    steps: tuple
    truth: tuple
    """What is seen without tcptune: if it is not so, the situation was not made."""
    says: tuple
    """The expectations; the first that must hold is the verdict the operator needed."""
    command: str = "audit"
    """What is typed. {a} is the process that holds namespace a, {tree} the captured tree."""
    at: str = "a"
    """Where it is typed; `host` is outside of every namespace of the situation."""
    ci: bool = False
    """Whether it is one of the few that every change is tested with."""
    alone: bool = False
    """Whether it measures rates, and so has the machine to itself."""
    needs: str = ""
    """A condition on the machine: `conntrack` is a table small enough to be filled."""


# Steps. Each is a function of the ground.

def act(at, what, tag=None, **words):
    return lambda ground: ground.act(at, what, tag or what, words)


def act_outside(what, tag, **words):
    """In the container's network, but none of its processes: as another container's."""
    return lambda ground: ground.act_outside("a", what, tag, words)


def sysctl(at, **values):
    """Keys with __ for the dots: net__ipv4__tcp_tw_reuse=1."""

    def step(ground):
        for key, value in values.items():
            ground.sysctl(at, key.replace("__", "."), value)

    return step


def port_range(at, low, high):
    return lambda ground: ground.sysctl(at, "net.ipv4.ip_local_port_range", "%d %d" % (low, high))


def run(at, *command, text=None):
    return lambda ground: ground.run(at, *command, text=text)


def nft(at, rules):
    return run(at, "nft", "-f", "-", text=rules)


def drop(at, hook, match):
    """Drops, from now on, what matches."""
    return nft(at, "table inet lost { chain %s { type filter hook %s priority 0; %s drop; }; }" % (hook, hook, match))


def heal(at):
    """Lets through again what `drop` dropped."""
    return run(at, "nft", "flush", "ruleset")


def addresses(at, device, pattern, first, count, length=16):
    """So many further addresses: `10.66.2.%d`."""
    lines = ("address add %s/%d dev %s\n" % (pattern % number, length, device)
             for number in range(first, first + count))
    return run(at, "ip", "-batch", "-", text="".join(lines))


def go(tag):
    return lambda ground: ground.go(tag)


def end(tag):
    return lambda ground: ground.end(tag)


def wait(seconds):
    import time
    return lambda ground: time.sleep(seconds)


def scene(script, *words):
    return lambda ground: ground.scene(script, list(words))


def file(path, text):
    """A file as boot would find it; in a captured tree, below it."""

    def step(ground):
        if ground.kind == "tree":
            import os
            place = ground.home + "/tree" + path
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "w") as out:
                out.write(text)
        else:
            ground.run("a", "sh", "-c", 'mkdir -p "${0%/*}" && cat >"$0"', path, text=text)

    return step


# Truths. Each says what was not so, or nothing.

def shows(at, *more, **states):
    """So many sockets in each state: a number, or (least, most)."""

    def truth(ground):
        import time
        for attempt in range(40):  # a state that is being left takes a moment
            found = ground.states(at, *more)
            wrong = [(state, found.get(state, 0)) for state, wanted in states.items()
                     if not _within(found.get(state, 0), wanted)]
            if not wrong:
                return None
            time.sleep(0.05)
        return "%s shows %s" % (at, found)

    return truth


def _within(number, wanted):
    least, most = wanted if isinstance(wanted, tuple) else (wanted, wanted)
    return least <= number <= most


def waiting(at, port, wanted):
    """So many connections wait to be accepted on a port."""

    def truth(ground):
        found = ground.queue(at, port)[0]
        return None if _within(found, wanted) else "%d wait on port %d" % (found, port)

    return truth


def gets(at, error, **words):
    """One more connect() or bind() gets this error, or None."""

    def truth(ground):
        found = ground.probe(at, words)
        return None if found == error else "one more gets %s, not %s" % (found, error)

    return truth


def saw(tag, error, least=1):
    """A program of the situation saw this error."""

    def truth(ground):
        found = ground.facts[tag].get("errors", {})
        return None if found.get(error, 0) >= least else "%s saw %s" % (tag, found)

    return truth


def unhurt(tag):
    def truth(ground):
        found = ground.facts[tag].get("errors", {})
        return "%s saw %s" % (tag, found) if found else None

    return truth


def counts(at, group, name, least, most=1 << 62):
    def truth(ground):
        found = ground.counter(at, group, name)
        return None if least <= found <= most else "%s%s is %d" % (group, name, found)

    return truth


def fact(tag, name, wanted):
    """A fact the act or scene told."""

    def truth(ground):
        found = ground.facts[tag].get(name, 0)
        return None if _within(found, wanted) else "%s is %s" % (name, found)

    return truth


def confirms(at, pattern, *command):
    """Another program shows it."""

    def truth(ground):
        text = ground.run(at, *command, check=False)[1]
        return None if re.search(pattern, text) else "%s prints %r" % (command[0], text[:200])

    return truth


# Expectations.

@dataclasses.dataclass(frozen=True)
class Expectation:
    words: str
    check: object
    """A function of the answer; returns what was wrong, or nothing."""
    firm: bool = True
    """Whether without it the verdict is wrong, not only incomplete."""
    denial: bool = False


def better(expectation):
    """An expectation without which the answer is right in part."""
    return dataclasses.replace(expectation, firm=False)


def finds(rules, severity="notice+", words="", **more):
    """Some finding of these rules (a pattern), at this severity, whose parts match.

    subject, text (what was observed, its cause, its remedies), owner (the name), pid (the tag of an act), remedy (the
    first one), remedies (any of them).
    """
    text = words or _said(rules, severity, more)

    def check(answer):
        named = [finding for finding in answer.findings if re.fullmatch(rules, finding["rule"])]
        if not named:
            return "no " + rules
        if any(_fits(finding, severity, more, answer) for finding in named):
            return None
        return "; ".join("%s %s" % (finding["severity"], _misfit(finding, severity, more, answer)) for finding in named[:2])

    return Expectation(text, check)


def never(rules=".*", severity="myth+", words="", **more):
    """No finding of these rules at this severity whose parts match."""
    text = words or _said(rules, severity, more)

    def check(answer):
        for finding in answer.findings:
            if re.fullmatch(rules, finding["rule"]) and _fits(finding, severity, more, answer):
                return "%s %s" % (finding["severity"], finding["rule"])
        return None

    return Expectation(text, check, denial=True)


def silent(*but):
    """No finding at all, but of the rules named."""
    return never("(?!(%s)$).*" % "|".join(but) if but else ".*", words="any finding" + (" but " + ", ".join(but) if but else ""))


def first(rules, severity="notice+"):
    """The first finding is of these rules."""

    def check(answer):
        if not answer.findings:
            return "nothing found"
        top = answer.findings[0]
        if re.fullmatch(rules, top["rule"]) and _severe(top["severity"], severity):
            return None
        return "first is %s %s" % (top["severity"], top["rule"])

    return Expectation("%s stands first" % rules.replace("|", " or "), check)


def prints(pattern, words):
    """The printed text matches."""
    return Expectation(words, lambda answer: None if re.search(pattern, answer.text, re.S | re.I) else "it does not say " + words)


def prints_not(pattern, words):
    """The printed text does not match."""

    def check(answer):
        found = re.search(pattern, answer.text, re.S | re.I)
        return "it says “%s”" % " ".join(found.group(0).split())[:80] if found else None

    return Expectation(words, check, denial=True)


def data(words, check):
    """A condition on the data of `audit --json`."""
    return Expectation(words, lambda answer: None if check(answer.data) else "the data do not: " + words)


def commands(pattern, words):
    """Each command that would change or look at something is of this form."""

    def check(answer):
        for finding in answer.findings:
            for remedy in finding.get("remedies", []):
                for command in (remedy.get("command"), remedy.get("undo")):
                    if command and re.match(r"(sysctl|tcptune|ss|nstat)\b", command) and not re.search(pattern.format(**answer.places), command):
                        return "prints “%s”" % command
        return None

    return Expectation(words, check)


# The printed answer reassures: words that nobody may read whose connections fail.
CALM = r"\b(all well|no problems? found(?!, but)|nothing (is )?wrong|nothing found)\b"


def calm_not():
    return prints_not(CALM, "that all is well")


def _severe(severity, wanted):
    if wanted.endswith("+"):
        return SEVERITIES.index(severity) >= SEVERITIES.index(wanted[:-1])
    return severity in wanted.split("|")


def _fits(finding, severity, more, answer):
    return not _misfit(finding, severity, more, answer)


def _misfit(finding, severity, more, answer):
    if not _severe(finding["severity"], severity):
        return finding["rule"]
    remedies = finding.get("remedies", [])
    owner = finding.get("owner") or {}
    parts = {
        "subject": finding["subject"], "observed": finding["observed"], "cause": finding["cause"],
        "owner": "%s %s" % (owner.get("name"), owner.get("reason")),
        "remedy": " ".join(str(remedies[0].get(key)) for key in ("text", "command")) if remedies else "",
        "remedies": " / ".join("%s %s" % (each.get("text"), each.get("command")) for each in remedies),
    }
    parts["text"] = " ".join(parts.values())
    for name, wanted in more.items():
        if name == "pid":
            if answer.facts[wanted]["pid"] not in owner.get("pids", []):
                return "does not name process %d (%s) but %s" % (answer.facts[wanted]["pid"], wanted, owner.get("pids"))
        elif not re.search(wanted, parts[name], re.I | re.S):
            return "%s does not match “%s”: %s" % (name, wanted, parts[name][:100])
    return ""


def _said(rules, severity, more):
    """The expectation in words, where they follow from it."""
    plain = re.fullmatch(r"[a-z0-9|-]+", rules)
    assert plain or rules == ".*" and not more, "say in words what %s %s means" % (rules, more)
    if rules == ".*":
        return {"critical": "anything critical", "warning+": "a warning", "notice+": "any finding", "myth+": "any finding"}[severity]
    level = {"critical": "critical ", "warning+": "at least a warning: ", "warning": "warning ", "notice": "notice "}.get(severity, "")
    return level + rules.replace("|", " or ") + "".join(
        {"subject": " on %s", "owner": ", naming %s", "text": ", saying %s", "remedy": ", first of all %s",
         "remedies": ", advising %s", "pid": ", naming the process %s"}[name] % value.replace("\\", "") for name, value in more.items())
