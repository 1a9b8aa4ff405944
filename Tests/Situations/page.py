"""Writes the table as a page: docs/situations.md."""

import os
import re
import subprocess

import table

HEAD = """# Situations

What goes wrong with TCP on real servers, and what tcptune says of it. Each row is a situation from a public bug report, or one
of our own; it was made with real sockets, in network namespaces made for it, and then audited. Before the question was put,
other programs confirmed that the situation stood: ss(8) counted its sockets, a client saw its error. {public} of the {all}
situations come from {reports} public reports.

    make situations                              makes all of them, and writes this page (as root, {minutes} minutes)
    Tests/Situations/run --only 'ports-*' --show makes some, and prints the answers

**right**: all that must be said is said, and nothing that must not be. **partly**: what the operator needs first is said, a
detail is missing. **wrong**: it is not said, or something is said that leads astray. A change is tested with the {ci} rows marked •.

{counted} With tcptune {version} on Linux {kernel}.
"""
COLUMNS = "| # | Situation | How it is made | What must be said | tcptune says first | Verdict |\n|---|---|---|---|---|---|\n"


def write(path, outcomes, counted, seconds, tcptune):
    version = subprocess.run([tcptune, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    text = HEAD.format(
        public=sum(each.situation.source != "own" for each in outcomes), all=len(outcomes),
        reports=len({each.situation.source for each in outcomes} - {"own"}),
        minutes=max(1, round(seconds / 60)), ci=sum(each.situation.ci for each in outcomes), version=version,
        kernel=re.match(r"[0-9.]+", os.uname().release).group(0).rstrip("."),
        counted="**%s of %d are judged right**%s." % (counted["right"], len(outcomes), "".join(
            ", %d %s" % (counted[verdict], verdict) for verdict in ("partly", "wrong", "not made", "left out")
            if counted[verdict])))
    heading = None
    for each in outcomes:
        if table.subject(each.situation) != heading:
            heading = table.subject(each.situation)
            text += "\n## %s\n\n%s" % (heading, COLUMNS)
        text += row(each)
    with open(path, "w") as out:
        out.write(text)


def row(outcome):
    situation = outcome.situation
    must = [each.words for each in situation.says if not each.denial]
    not_ = [each.words for each in situation.says if each.denial]
    said = "; ".join(must)
    if not_:
        said += ("<br>" if said else "") + "*not:* " + "; ".join(not_)
    asked = "" if situation.command == "audit" else "<br>`tcptune %s`" % situation.command.replace("{a}", "PID").replace(
        "{tree}", "DIR").replace("{last}", "PID")
    cells = ["%d%s" % (outcome.number, " •" if situation.ci else ""),
             "%s (%s)" % (situation.words, source(situation.source)), situation.made + asked, said, first(outcome),
             verdict(outcome)]
    return "| %s |\n" % " | ".join(cell(each) for each in cells)


def source(text):
    """A link with a short name: redis/redis#6123."""
    found = re.match(r"https://github\.com/([^/]+/[^/]+)/(?:issues|pull)/(\d+)", text)
    if found:
        return "[%s#%s](%s)" % (found.group(1), found.group(2), text)
    return "[%s](%s)" % (re.sub(r"https?://(www\.)?([^/]+).*", r"\2", text), text) if text.startswith("http") else text


def first(outcome):
    severity, rule, subject, words = outcome.first
    head = " ".join(part for part in ("**%s**" % severity if severity else "", rule, "`%s`" % steady(subject) if subject else "") if part)
    return "%s: %s" % (head, short(steady(words))) if head else short(steady(words))


def steady(text):
    """Without what differs from run to run: numbers of processes and namespaces."""
    return re.sub(r"\((pid )?\d{3,7}\)", "(PID)", re.sub(r"net:\[\d+\]", "net:[…]", text))


def short(text, most=110):
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def verdict(outcome):
    if outcome.verdict == "right":
        return "right"
    return "**%s**%s" % (outcome.verdict, "".join("<br>" + short(line, 140) for line in outcome.missed[:3]))


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")
