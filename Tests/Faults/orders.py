"""Undo in every order: commands drawn by lot, on two namespaces, with kills, reboots and foreign values between them.

After each command the host is compared with a small model: of each key, the value found first and the layers above it.
"""

import ctypes
import json
import os
import random
import shutil
import subprocess
import time

import scene as scenes

HERE, THERE = "here", "there"
OTHER = "/run/faults-net"
CLONE_NEWNET = 0x40000000

DEFAULTS = {
    "net.ipv4.tcp_fin_timeout": "60", "net.ipv4.tcp_keepalive_time": "7200",
    "net.ipv4.tcp_tw_reuse": "2", "net.ipv4.tcp_max_syn_backlog": "2048",
}
# Four profiles whose keys overlap, and agree in one value.
PROFILES = {
    "one": {"net.ipv4.tcp_fin_timeout": "30", "net.ipv4.tcp_keepalive_time": "600"},
    "two": {"net.ipv4.tcp_fin_timeout": "20", "net.ipv4.tcp_tw_reuse": "1"},
    "three": {"net.ipv4.tcp_fin_timeout": "30", "net.ipv4.tcp_max_syn_backlog": "4096", "net.ipv4.tcp_tw_reuse": "0"},
    "four": {"net.ipv4.tcp_keepalive_time": "300", "net.ipv4.tcp_max_syn_backlog": "1024"},
}
STATES = {"CONFIRMED": "confirmed", "ROLLED_BACK": "reverted", "APPLIED": "pending"}
libc = ctypes.CDLL(None, use_errno=True)


class Layer:
    def __init__(self, transaction, found, wanted, beneath):
        """`beneath` is what the layers wanted that were there when this one came."""
        self.transaction, self.found, self.wanted, self.beneath = transaction, found, wanted, beneath


class Transaction:
    def __init__(self, number, id, place, profile, persists, boot):
        self.number, self.id, self.place, self.profile = number, id, place, profile
        self.persists, self.boot = persists, boot
        self.state = "pending"


class Model:
    def __init__(self):
        self.now = {place: dict(DEFAULTS) for place in (HERE, THERE)}
        self.base = {place: {} for place in (HERE, THERE)}
        self.layers = {place: {key: [] for key in DEFAULTS} for place in (HERE, THERE)}
        self.transactions = []
        self.boot = 0

    def copy(self):
        other = Model.__new__(Model)
        kept = {id(one): self._clone(one) for one in self.transactions}
        other.now = {place: dict(values) for place, values in self.now.items()}
        other.base = {place: dict(values) for place, values in self.base.items()}
        other.layers = {
            place: {key: [Layer(kept[id(one.transaction)], one.found, one.wanted, one.beneath) for one in layers]
                    for key, layers in keys.items()}
            for place, keys in self.layers.items()}
        other.transactions = list(kept.values())
        other.boot = self.boot
        return other

    @staticmethod
    def _clone(one):
        other = Transaction(one.number, one.id, one.place, one.profile, one.persists, one.boot)
        other.state = one.state
        return other

    @property
    def pending(self):
        return next((one for one in self.transactions if one.state == "pending"), None)

    def holding(self):
        return [one for one in self.transactions
                if one.state == "confirmed" and (one.boot == self.boot or one.persists)]

    def named(self, id):
        return next(one for one in self.transactions if one.id == id)

    def drop_in(self):
        """Of two that want a key at boot, the later one has it."""
        lines = {}
        for one in self.transactions:
            if one.state == "confirmed" and one.persists:
                lines.update(PROFILES[one.profile])
        return lines

    # -- what commands do

    def apply(self, id, place, profile, persists, confirms):
        one = Transaction(len(self.transactions), id, place, profile, persists, self.boot)
        one.state = "confirmed" if confirms else "pending"
        self.transactions.append(one)
        for key, wanted in PROFILES[profile].items():
            if not self.layers[place][key]:
                self.base[place][key] = self.now[place][key]
            layers = self.layers[place][key]
            layers.append(Layer(one, self.now[place][key], wanted, {layer.wanted for layer in layers}))
            self.now[place][key] = wanted
        return one

    def is_worth(self, place, profile, persists):
        wanted = PROFILES[profile]
        if any(self.now[place][key] != value for key, value in wanted.items()):
            return True
        lines = self.drop_in()
        return persists and any(lines.get(key) != value for key, value in wanted.items())

    def revert(self, one):
        """True where a foreign value was met."""
        one.state = "reverted"
        foreign = False
        if one.boot != self.boot:
            return False
        for key, layers in self.layers[one.place].items():
            mine = next((layer for layer in layers if layer.transaction is one), None)
            if mine is None:
                continue
            is_top = layers[-1] is mine
            layers.remove(mine)
            if is_top:
                target = mine.found
                if target in mine.beneath or target == self.base[one.place].get(key):
                    target = layers[-1].wanted if layers else self.base[one.place][key]
                now = self.now[one.place][key]
                if target != mine.wanted and now != target:
                    if now == mine.wanted:
                        self.now[one.place][key] = target
                    else:
                        foreign = True
            if not layers:
                self.base[one.place].pop(key, None)
        return foreign

    def revert_all(self):
        foreign = False
        if self.pending:
            foreign = self.revert(self.pending)
        for place in (THERE, HERE):
            for key, base in self.base[place].items():
                now = self.now[place][key]
                # What a layer only found is somebody else's, and what is reverted is nobody's any more.
                written = {layer.wanted for layer in self.layers[place][key] if layer.found != layer.wanted}
                if now in written or now == base:
                    self.now[place][key] = base
                else:
                    foreign = True
            self.base[place] = {}
            for layers in self.layers[place].values():
                layers.clear()
        for one in self.transactions:
            one.state = "reverted"
        return foreign

    def reboot(self):
        for one in self.transactions:
            if one.state == "pending":
                one.state = "reverted"
        lines = self.drop_in()
        self.boot += 1
        self.now = {HERE: {**DEFAULTS, **lines}, THERE: dict(DEFAULTS)}
        for place in (HERE, THERE):
            self.base[place] = {}
            self.layers[place] = {key: [] for key in DEFAULTS}

    def differs(self, host):
        """What of the host is not as it is here; empty where all is."""
        found = []
        for place in (HERE, THERE):
            for key, value in host.values(place).items():
                if value != self.now[place][key]:
                    found.append("%s %s is %s, not %s" % (place, key, value, self.now[place][key]))
        lines = scenes.settings_of(host.scene.drop_in())
        if lines != self.drop_in():
            found.append("boot sets %s, not %s" % (lines, self.drop_in()))
        return found


class Host:
    """The scene's own namespace, and a second one that a mount alone keeps."""

    def __init__(self, scene):
        self.scene = scene
        scene.before = {}
        for name, values in PROFILES.items():
            scenes.write("/etc/tcptune/profiles/%s.toml" % name, scenes.profile_text(name, values).encode())
        self.own = os.open("/proc/self/ns/net", os.O_RDONLY)
        self.restart(None)

    def restart(self, values):
        """A new second namespace; those of before are nobody's any more."""
        while os.path.ismount(OTHER):
            scenes.unmount(OTHER)
        if not os.path.exists(OTHER):
            scenes.write(OTHER, b"")
        subprocess.run(["unshare", "--net=" + OTHER, "true"], check=True)
        for key, value in {**DEFAULTS, **(values or {})}.items():
            scenes.write_value(key, value)
        # What depends on the memory of the machine is made the same everywhere.
        for key, value in DEFAULTS.items():
            self.write(THERE, key, value)

    def close(self):
        while os.path.ismount(OTHER):
            scenes.unmount(OTHER)
        os.close(self.own)

    def inside(self, place, body):
        if place == HERE:
            return body()
        other = os.open(OTHER, os.O_RDONLY)
        try:
            if libc.setns(other, CLONE_NEWNET) != 0:
                raise OSError(ctypes.get_errno(), "setns")
            return body()
        finally:
            libc.setns(self.own, CLONE_NEWNET)
            os.close(other)

    def values(self, place):
        return self.inside(place, lambda: {key: scenes.read_value(key) for key in DEFAULTS})

    def write(self, place, key, value):
        self.inside(place, lambda: scenes.write_value(key, value))


class Walk:
    """One sequence of commands."""

    def __init__(self, scene, seed, steps):
        self.scene, self.host, self.model = scene, Host(scene), Model()
        self.dice, self.steps, self.said, self.wrong = random.Random(seed), steps, [], []
        self.foreign = 0

    def run(self):
        for _ in range(self.steps):
            step = self.dice.choices(
                [self.apply, self.confirm, self.extend, self.by_id, self.last, self.all, self.waiting, self.meddle,
                 self.meddle_and_all, self.lose, self.status, self.killed, self.reboot],
                [30, 10, 3, 18, 9, 3, 5, 8, 2, 3, 6, 10, 3])[0]
            step()
            self.wrong += self.model.differs(self.host)
            if self.wrong:
                break
        self.host.close()
        return self.wrong

    def tcptune(self, words, expected, **options):
        outcome = self.scene.run(*words, **options)
        self.said.append("%s (%s)" % (" ".join(words), outcome.status))
        if expected is not None and outcome.status not in expected:
            self.wrong.append("status %s where %s was due: %s" % (outcome.status, expected, outcome))
        return outcome

    def words_of_apply(self):
        place = self.dice.choice([HERE, HERE, THERE])
        profile = self.dice.choice(list(PROFILES))
        persists = place == HERE and self.dice.random() < 0.4
        confirms = self.dice.random() < 0.7
        words = ["apply", profile, "--json"] + (["--yes"] if confirms else ["--confirm", "10m"])
        words += (["--persist"] if persists else []) + (["--netns", OTHER] if place == THERE else [])
        return words, (place, profile, persists, confirms)

    def apply(self):
        words, (place, profile, persists, confirms) = self.words_of_apply()
        if self.model.pending:
            self.tcptune(words, [75])
            return
        is_worth = self.model.is_worth(place, profile, persists)
        outcome = self.tcptune(words, [0])
        if outcome.status != 0:
            return
        made = json.loads(outcome.output)["data"]["transaction"]
        if bool(made) != is_worth:
            self.wrong.append("%s: a transaction was made: %s" % (words, made))
        if made:
            self.model.apply(made["id"], place, profile, persists, confirms)

    def confirm(self):
        pending = self.model.pending
        self.tcptune(["confirm"], [0] if pending else [8])
        if pending:
            pending.state = "confirmed"

    def extend(self):
        self.tcptune(["extend", "20m"], [0] if self.model.pending else [8])

    def waiting(self):
        pending = self.model.pending
        foreign = self.model.revert(pending) if pending else False
        self.tcptune(["rollback"], [7 if foreign else 0] if pending else [8])

    def by_id(self):
        if not self.model.transactions:
            self.tcptune(["rollback", "0123abcd"], [8])
            return
        one = self.dice.choice(self.model.transactions)
        words = ["rollback", one.id[:self.dice.choice([8, 12, 32])]]
        if one.state != "reverted" and self.model.pending not in (None, one):
            self.tcptune(words, [75])
            return
        foreign = self.model.revert(one) if one.state != "reverted" else False
        self.tcptune(words, [7 if foreign else 0])

    def last(self):
        last = self.model.pending or (self.model.holding() or [None])[-1]
        foreign = self.model.revert(last) if last else False
        self.tcptune(["rollback", "--last"], [7 if foreign else 0])

    def all(self):
        foreign = self.model.revert_all()
        self.tcptune(["rollback", "--all"], [7 if foreign else 0])

    def meddle(self):
        """Somebody else sets a value: nobody's, the first one, or one that a profile wants, too."""
        place, key = self.dice.choice([HERE, THERE]), self.dice.choice(list(DEFAULTS))
        self.foreign += 1
        known = [values[key] for values in PROFILES.values() if key in values] + [DEFAULTS[key]]
        own = [] if key.endswith("tw_reuse") else [str(40000 + self.foreign)] * 3
        value = self.dice.choice(own + known)
        self.host.write(place, key, value)
        self.model.now[place][key] = value
        self.said.append("%s %s = %s" % (place, key, value))

    def meddle_and_all(self):
        self.meddle()
        self.all()
        self.status()

    def lose(self):
        """The files of the first values go: the history tells them."""
        shutil.rmtree(scenes.STATE + "/original", ignore_errors=True)
        self.said.append("original/ removed")

    def status(self):
        """Every value in force is told, as it is, and nothing else is called unchanged."""
        outcome = self.tcptune(["status", "--json"], [0])
        if outcome.status != 0:
            return
        data = json.loads(outcome.output)["data"]
        told = {(row["key"], row["now"], row["wanted"], row["drift"]) for row in data["settings"]}
        for place in (HERE, THERE):
            for key, layers in self.model.layers[place].items():
                if not layers:
                    continue
                now, wanted = self.model.now[place][key], layers[-1].wanted
                if (key, now, wanted, now != wanted) not in told:
                    self.wrong.append("status does not tell of %s %s, %s, wanted %s: %s" % (place, key, now, wanted, told))
        if bool(data["transaction"]) != bool(self.model.pending):
            self.wrong.append("status: waits: %s" % data["transaction"])

    def killed(self):
        """A command is killed at some moment, and the next one finishes what it left: it is as before, or as after."""
        before = self.model.copy()
        candidates = [before]
        pending = before.pending
        kind = self.dice.choice(["apply", "rollback", "confirm"])
        if kind == "apply" and not pending:
            words, (place, profile, persists, confirms) = self.words_of_apply()
            made = (place, profile, persists, confirms)
        elif kind == "rollback" and pending:
            words, made = ["rollback"], None
            after = before.copy()
            after.revert(after.pending)
            candidates.append(after)
        elif kind == "confirm" and pending:
            words, made = ["confirm"], None
            after = before.copy()
            after.pending.state = "confirmed"
            candidates.append(after)
        else:
            last = (before.holding() or [None])[-1]
            if pending or not last:
                return
            words, made = ["rollback", "--last"], None
            after = before.copy()
            after.revert(after.named(last.id))
            candidates.append(after)
        delay = "%.4f" % self.dice.uniform(0.002, 0.05)
        self.scene.run(*words, tracer=["timeout", "-s", "KILL", delay])
        outcome = self.tcptune(["recover"], [0, 7, 75])
        for _ in range(50):
            if outcome.status != 75:
                break
            # The guard of the killed command is at it, and holds the lock.
            time.sleep(0.1)
            self.said.pop()
            outcome = self.tcptune(["recover"], [0, 7, 75])
        if outcome.status == 75:
            self.wrong.append("the lock is held for ever: %s" % outcome)
        self.said[-1] = "%s killed after %s s; %s" % (" ".join(words), delay, self.said[-1])
        self.scene.wait(lambda: not self.scene.guards() or self.state() == "APPLIED", 20)
        if made:
            known = {one.id for one in before.transactions}
            new = [one for one in self.recorded() if one[0] not in known]
            for id, state in new:
                after = before.copy()
                one = after.apply(id, *made)
                if state == "ROLLED_BACK":
                    after.revert(one)
                    # Killed before it wrote anything, it took nothing back either: what others had set stays.
                    untouched = before.copy()
                    untouched.transactions.append(untouched._clone(one))
                    candidates = [untouched, after]
                else:
                    one.state = "confirmed" if state == "CONFIRMED" else "pending"
                    candidates = [after]
        matching = sorted((one for one in candidates if not one.differs(self.host)), key=self.agrees)
        if not matching:
            self.wrong.append("neither as before nor as after: %s %s" % (candidates[-1].differs(self.host), outcome))
            return
        self.model = matching[-1]
        self.settle(words)

    def agrees(self, model):
        """How many of the records say of their transaction what a model does."""
        states = dict(self.recorded())
        return sum(STATES.get(states.get(one.id), one.state) == one.state for one in model.transactions)

    def settle(self, words):
        """Of two models that fit the values, the records tell which it is."""
        states = dict(self.recorded())
        for one in self.model.transactions:
            state = states.get(one.id)
            actual = STATES.get(state, one.state)
            if actual == one.state:
                continue
            if actual == "reverted":
                self.model.revert(one)
            else:
                one.state = actual

    def recorded(self):
        found = []
        directory = scenes.STATE + "/history"
        names = [directory + "/" + name for name in sorted(os.listdir(directory))] if os.path.isdir(directory) else []
        for path in names + [scenes.JOURNAL]:
            content = (scenes._content(path) or b"").decode()
            fields = dict(line.split(" ", 1) for line in content.splitlines() if " " in line)
            if fields.get("id") and not fields.get("undoes-all"):
                found.append((fields["id"], fields["state"]))
        return found

    def state(self):
        return next((line.split()[1] for line in (scenes._content(scenes.JOURNAL) or b"").decode().splitlines()
                     if line.startswith("state ")), None)

    def reboot(self):
        self.scene.kill_all()
        self.model.reboot()
        self.scene.reboots += 1
        scenes.write(scenes.SCRATCH + "/boot_id", b"%08x-3333-4333-8333-333333333333\n" % self.scene.reboots)
        self.host.restart(self.model.drop_in())
        self.said.append("reboot")


def walk(scene, seed, sequences, steps):
    wrong, done = [], 0
    for number in range(sequences):
        scene.reset()
        one = Walk(scene, "%d %d" % (seed, number), steps)
        found = one.run()
        done += len(one.said)
        if found:
            wrong.append("orders, seed %d %d: %s\n    after %s" % (seed, number, "; ".join(found), " | ".join(one.said)))
    return {"violations": wrong, "points": {"sequences": sequences, "commands": done},
            "notes": []}


def jobs(options):
    sequences = 12 if options.quick else 2000 if options.full else 120
    each = 4
    return [{"part": "orders", "trial": "walk", "with": {"seed": options.seed * 1000 + number, "sequences": each, "steps": 45}}
            for number in range(sequences // each)]
