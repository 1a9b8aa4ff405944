"""docs/statistics.md, from what was counted."""

import share

HEAD = """# How often the sentences are wrong

`compare`, `load A B` and `prove` say *better* and *worse*. This page has how often they say so of two that are equal, and how small a
difference they find, counted on a real machine by `make honest` (`Tests/Honest`). Shares have 95 % intervals (Clopper and Pearson).
A comparison that is void, because the generator was starved, says nothing and colours nothing; it is counted apart.
"""


def text(found, abouts):
    """The page, and what on it is beyond what is promised."""
    parts, wrong = [HEAD], []
    # Parts that were counted together are told together.
    told = []
    for about in abouts.values():
        if about not in told:
            told.append(about)
            parts.append(machine(about, [part for part in PARTS if abouts.get(part) == about]))
    if any(name in found for name in ("single", "runs", "turn")):
        parts.append(equal_loads(found, wrong))
    if any(name in found for name in ("power_single", "power_runs")):
        parts.append(power(found, wrong))
    if "labs" in found or "proofs" in found:
        parts.append(others(found, wrong))
    if "measured" in found:
        parts.append(measured(found["measured"], wrong))
    parts.append(rules())
    return "\n".join(parts), wrong


PARTS = {
    "single": "equal loads, one run", "runs": "equal loads, 5 runs", "turn": "equal loads in turn",
    "power_single": "slower servers, one run", "power_runs": "slower servers, 5 runs", "labs": "lab results",
    "proofs": "proofs", "measured": "measured loads",
}


def machine(about, parts):
    kind = "A first look, with few of everything" if about["quick"] else "In full"
    kind += f" ({', '.join(PARTS[part] for part in parts)})"
    under = f", everything run under `{about['under']}`" if about["under"] else ""
    return (
        f"{kind}: {about['version']}, Linux {about['kernel']}, {about['processors']} processors, "
        f"load average {about['load'][0]:.1f} at the beginning and {about['load'][1]:.1f} at the end{under}; "
        f"{about['seconds'] / 60:.0f} min.\n")


def judge(found, of, most, what, wrong):
    """Beyond what is promised only where chance does not explain it."""
    if of and share.interval(found, of)[0] > most:
        wrong.append(f"{what}: {share.text(found, of)}, promised {100 * most:.0f} %")


def row(*cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def equal_loads(found, wrong):
    lines = [
        "## Two equal loads\n", row("a side", "load", "any verdict in colour", "`--fail-if 'worse>5%'` met", "void", "which"),
        row("---", "---", "---", "---", "---", "---")]
    sides = {"single": "one run of 2 s", "runs": "5 runs of 1 s"}
    for name, side in sides.items():
        for kind, count in found.get(name, {}).items():
            lines.append(equal_row(side, kind, count, wrong))
        if name in found:
            lines.append(equal_row(side, "all", total(found[name].values()), wrong, judged=True))
    if "turn" in found:
        lines.append(equal_row("5 runs of 1 s, in turn (`load A B`)", "500/s, own server", found["turn"], wrong, judged=True))
    return "\n".join(lines) + "\n"


def total(counts):
    whole = None
    for count in counts:
        if whole is None:
            whole = type(count)()
        for field in ("tried", "found", "gates", "void"):
            setattr(whole, field, getattr(whole, field) + getattr(count, field))
        for name, times in count.names.items():
            whole.names[name] = whole.names.get(name, 0) + times
    return whole


def equal_row(side, kind, count, wrong, judged=False):
    if judged:
        judge(count.found, count.rated, 0.05, f"{side}, {kind}: coloured", wrong)
        judge(count.gates, count.rated, 0.05, f"{side}, {kind}: gate", wrong)
    names = ", ".join(f"{name} {times}" for name, times in sorted(count.names.items())) or "-"
    return row(
        side, kind, share.text(count.found, count.rated), share.text(count.gates, count.rated),
        f"{count.void} of {count.tried}", names)


def power(found, wrong):
    lines = [
        "## A server that is slower\n",
        "200 requests a second of 5 ms each, against a server that takes so much longer; found: the median is called worse.\n",
        row("a side", "slower by", "found", "void"), row("---", "---", "---", "---")]
    promised = {("power_single", 0.2): 0.9, ("power_runs", 0.2): 0.9, ("power_runs", 0.1): 0.7}
    for name, side in (("power_single", "one run of 2 s"), ("power_runs", "5 runs of 1 s")):
        for change, count in found.get(name, {}).items():
            lines.append(row(side, f"{100 * change:.0f} %", share.text(count.found, count.rated), f"{count.void} of {count.tried}"))
            least = promised.get((name, change))
            if least and count.rated and share.interval(count.found, count.rated)[1] < least:
                wrong.append(f"{side}, {100 * change:.0f} %: {share.text(count.found, count.rated)}, promised {100 * least:.0f} %")
    return "\n".join(lines) + "\n"


def others(found, wrong):
    lines = ["## Lab results and proofs of equals\n", row("what", "wrong", "void"), row("---", "---", "---")]
    if "labs" in found:
        count = found["labs"]
        judge(count.found, count.rated, 0.05, "lab results", wrong)
        lines.append(row(
            "`lab run keep-alive`, each result against the one before: any verdict in colour",
            share.text(count.found, count.rated), f"{count.void} of {count.tried}"))
    if "proofs" in found:
        count = found["proofs"]
        judge(count.found, count.rated, 0.05, "proofs", wrong)
        lines.append(row(
            "`prove` of another tcp_keepalive_time: helps, hurts or mixed", share.text(count.found, count.rated),
            f"{count.void} of {count.tried}"))
    return "\n".join(lines) + "\n"


def measured(cases, wrong):
    lines = [
        "## A measured load beside its host\n",
        "A host with 2000 local ports opens connections for 75 s; after 20 s `prove --workload measured` is asked what a change of "
        "`tcp_tw_reuse` would do (or one of `tcp_keepalive_time`: nothing). Above 33/s a host that closes first runs out of ports.\n",
        row("rate", "of capacity", "closes first", "tcp_tw_reuse", "`--for`", "real host: failed", "verdict", "right"),
        row("---", "---", "---", "---", "---", "---", "---", "---")]
    agreed = 0
    rated = [case for case in cases if case["void"] is None]
    for case in sorted(cases, key=lambda case: case["rate"]):
        verdict = case["verdict"] if not case["void"] or case["verdict"] == "refused" else "void"
        agreed += case["void"] is None and case["verdict"] == case["right"] and case["real_fails"] == case["expected_fails"]
        lines.append(row(
            f"{case['rate']:.0f}/s", f"{100 * case['load']:.0f} %", case["closer"], case["reuse"], f"{case['seconds']} s",
            case["real"], verdict, case["right"]))
    lines.append(f"\nAgreed: {share.text(agreed, len(rated))}; void or refused, as where no load could be seen, {len(cases) - len(rated)} of {len(cases)}.")
    if agreed < len(rated):
        wrong.append(f"measured loads: {agreed} of {len(rated)} agree with the host")
    return "\n".join(lines) + "\n"


def rules():
    return """## What a verdict rests on

- **Several runs a side**: the order of the runs, corrected for the number of metrics by parting all runs anew (the step-down of Westfall
  and Young), at 5 %; and a change of more than 5 %. Between two invocations, which share no moment of the machine, a change of more than
  7 % of rates, counts and the median of a request (24 % where a load goes as fast as it is answered), 19 % of other times, 70 % of the
  slow end of times and of processor time; and of more than twice the range of the runs within an invocation.
- **One run a side**: how much rate and medians varied from one tenth of a second to the next, neighbours counted for as few independent
  ones as their autocorrelation says, and an allowance of 3.5 % a run for what differs between runs: that a single run cannot see. The
  slow end of times is not rated.
- **Experiments whose runs wait side by side**: one observation, not rated.
- **Proofs**: runs in turn, a rank test corrected by Holm's method, as many runs as leave significance possible; and arms whose outcome
  the scaling law predicts, without which the proof is void.
"""
