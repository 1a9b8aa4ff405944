"""What tcptune answers in a situation, and what that is worth."""

import json
import subprocess

import ground as grounds

TIMEOUT = 60  # seconds for one command; the longest interval asked for is 3 s


class Answer:
    """The findings of `audit --json`, the printed text, and the data."""

    def __init__(self, ground, situation):
        self.facts = ground.facts
        self.places = {"a": str(ground.holders.get("a", "")), "tree": ground.home + "/tree"}
        for tag, told in ground.facts.items():
            self.places[tag.replace("-", "_")] = str(told.get("pid"))
            self.places["last"] = str(told.get("last", self.places.get("last", "")))
        words = [word.format(**self.places) for word in _split(situation.command)]
        entry = [] if situation.at == "host" else ground.entries[situation.at]
        self.is_audit = words[0] == "audit"
        # Both are asked at once: what passes must be the same for both.
        asked = [words] + ([words + ["--json"]] if self.is_audit else [])
        programs = [
            subprocess.Popen(
                grounds.LEASH + entry + [ground.program] + each, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True, errors="replace")
            for each in asked]
        try:
            answers = [program.communicate(timeout=TIMEOUT) for program in programs]
        except subprocess.TimeoutExpired as error:
            raise grounds.NotMade("%s gave no answer in %d s" % (" ".join(words), TIMEOUT)) from error
        finally:
            for program in programs:
                program.kill()
                program.wait()
        self.printed = answers[0][0]
        self.text = " ".join(self.printed.split())
        self.refused = ""
        statuses = [program.returncode for program in programs]
        if max(statuses) > 1 or min(statuses) < 0:
            # It was made and asked about; that there is no answer is the answer.
            self.refused = "status %d: %s" % (max(statuses, key=abs), " ".join(answers[0][1].split())[:200])
        self.data = json.loads(answers[1][0])["data"] if self.is_audit and not self.refused else {}
        self.findings = _findings(self.data)

    def first(self):
        """What is said first: (severity, rule, subject, its first words)."""
        if self.refused:
            return "", "", "", self.refused
        if self.is_audit and self.findings:
            top = self.findings[0]
            return top["severity"], top["rule"], top["subject"], top["observed"]
        return "", "", "", self._opening()

    def _opening(self):
        blocks = [" ".join(block.split()) for block in self.printed.split("\n\n")]
        if self.is_audit:
            return blocks[1] if len(blocks) > 1 else self.text
        here = [block for block in blocks if block.lower().startswith("on this host")]
        return here[0][len("on this host"):].strip() if here else self.text


def _split(command):
    import shlex
    return shlex.split(command)


def _findings(data):
    """Of one namespace, or of all of them in the order they are shown."""
    shown = data.get("namespaces") or [data]
    return [finding for namespace in shown for finding in namespace.get("findings", [])]


def judge(situation, answer):
    """(verdict, what was missed)."""
    if answer.refused:
        return "wrong", [answer.refused]
    missed = [(each, told) for each in situation.says if (told := each.check(answer))]
    if any(each.firm for each, _ in missed):
        verdict = "wrong"
    else:
        verdict = "partly" if missed else "right"
    return verdict, ["%s%s: %s" % ("not: " if each.denial else "", each.words, told) for each, told in missed]
