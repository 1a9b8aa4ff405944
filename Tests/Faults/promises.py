"""What is promised of a change to a host, and which trials, tests and reboots show each promise."""


class Promise:
    def __init__(self, name, words, trials=(), tests=(), reboots=()):
        self.name = name
        self.words = words
        # (part, names of its trials, what one of them is)
        self.trials = trials
        # (file beneath Tests, names of tests in it)
        self.tests = tests
        # Steps of Tests/Reboot/steps.
        self.reboots = reboots


APPLIES = ["apply", "apply --persist", "apply --confirm"]
ROLLBACKS = ["rollback", "rollback of what is kept", "rollback of all"]
KILLED = "system calls at which %s was killed or told of an error"
CHANGE = "CommandTests/TransactionTests.swift"
GUARD = "CommandTests/GuardTests.swift"
PAGES = "CommandTests/TransactionPagesTests.swift"
ELSEWHERE = "CommandTests/OtherNamespaceTests.swift"
STATE = "CommandTests/UnwritableStateTests.swift"
FIRST = "CommandTests/FirstValuesTests.swift"
UNDO = "CommandTests/UndoPagesTests.swift"
PROBE = "CommandTests/ProbeTests.swift"
TIME = "CommandTests/TimeNamespaceTests.swift"

ALL = [
    Promise(
        "Journal first", "No value is written before the earlier values are on the disk.",
        [("matrix", APPLIES, KILLED % "an apply"), ("power_loss", ["apply", "apply --persist"], "states of the disk after a power cut in an apply")]),
    Promise(
        "Guard first", "No value is written before the guard reports that it is watching; without a guard nothing is written (status 6).",
        [("matrix", APPLIES, KILLED % "an apply")],
        [(GUARD, ["holds nothing of the command's, and no time of the processor's"]),
         (FIRST, ["are not the guard's", "that would end a guard are no place to arm one"])], ["guard"]),
    Promise(
        "Nothing lasts unconfirmed", "Until a change is confirmed, nothing but the journal survives a reboot.",
        [("power_loss", ["apply", "apply --persist"], "states of the disk after a power cut"),
         ("matrix", ["apply --confirm", "extend"], KILLED % "an unconfirmed change")],
        [(CHANGE, ["leaves nothing that survives a reboot before it is confirmed"])],
        ["unconfirmed", "unconfirmed_after", "cut_after"]),
    Promise(
        "Confirmed is confirmed", "A confirmation that is on the disk is finished, whatever happens; confirming twice equals confirming once.",
        [("matrix", ["confirm", "confirm, to keep", "recover, forward"], KILLED % "a confirm, or the recovery of one,"),
         ("power_loss", ["confirm, to keep", "recover, forward"], "states of the disk after a power cut"),
         ("double", ["confirm, to keep"], "failures upon a failure")],
        [(CHANGE, ["stays once it is confirmed, and to confirm twice is to confirm once",
                   "is made to stay at boot by one file, and is taken out of it again"])],
        ["confirmed_after", "loop_after"]),
    Promise(
        "All or nothing", "A value that the kernel refuses reverts the others (status 4); --keep-going names what it left out.",
        [("refusals", ["knob refused"], "refusals of one value"), ("refusals", ["read-only /proc/sys"], "kinds of a read-only /proc/sys"),
         ("refusals", ["keys missing"], "keys that are not there")],
        [(CHANGE, ["of which nothing can be had is a failure, whatever is left out"])]),
    Promise(
        "Nobody else's value", "A value that somebody else set is left unchanged and named (status 7), even if tcptune wrote the same value before.",
        [("parallel", ["foreign values"], "foreign values"), ("orders", ["commands"], "commands in an order drawn by lot")],
        [(CHANGE, ["leaves a value that somebody else has set since",
                   "leaves a boot-time file that was edited by hand, and says so"]),
         (FIRST, ["though a change found it", "though a change that is long reverted wrote the same", "and comes back from beneath a change",
                  "when all is reverted, that which waits among it"])]),
    Promise(
        "One at a time", "Every command first finishes what was left half done, under one lock; a command that comes meanwhile names who holds it (75).",
        [("parallel", ["50 applies --confirm", "50 applies --yes"], "applies at the same time"),
         ("parallel", ["confirm, rollback, deadline"], "races of confirm, rollback and deadline"),
         ("matrix", ["recover"], KILLED % "a recovery")],
        [(CHANGE, ["is one at a time"])]),
    Promise(
        "Another boot", "A journal of another boot or another namespace changes no value.",
        [("journal", ["other namespace"], "journal of another namespace"),
         ("orders", ["commands"], "commands in an order drawn by lot, reboots between them")],
        [(CHANGE, ["that boot made is taken out of boot, and named until the next one"])],
        ["unconfirmed_after", "cut_after"]),
    Promise(
        "A damaged journal", "A journal that cannot be read changes nothing and is kept; tcptune prints how to revert by hand.",
        [("journal", ["damaged", "huge", "and then apply"], "damaged journals: cut at every byte, each byte changed"),
         ("journal", ["odd files"], "links, pipes, directories and strangers' files in its place")],
        [(CHANGE, ["is not judged by a journal that cannot be understood"]),
         ("TuningTests/Journal/TransactionRecordTests.swift", ["is read back as it was written"])]),
    Promise(
        "Back to the start", "Rollback works in every order; rollback --all reverts to the first values ever seen, even if files that record them are lost.",
        [("matrix", ROLLBACKS, KILLED % "a rollback"), ("power_loss", ["rollback", "rollback of what is kept", "rollback of all"],
                                                       "states of the disk after a power cut"),
         ("orders", ["sequences"], "sequences of commands on four profiles and two namespaces, held against a model after each"),
         ("double", ["rollback", "rollback of what is kept"], "failures upon a failure")],
        [("CommandTests/ShippedProfilesTests.swift", ["are taken back to the last byte",
                                                      "are taken back all at once, in whatever order they were stacked"]),
         (FIRST, ["with its file, when a later change is reverted and made", "with a file of before, that lacks a key",
                  "beneath a change that was reverted where another covered it", "with a record that is damaged while it waits",
                  "with the state, that is removed while a change waits"])]),
    Promise(
        "Nothing to do", "If every value is already set, nothing is written, and a read-only or full disk is no error.",
        [],
        [(CHANGE, ["changes no file where there is nothing to change"]),
         (STATE, ["hinders nobody where all is set already", "hinders nobody where it was set by a change",
                  "is no reason to call a change that waits nothing"])]),
    Promise(
        "A failed write is not written", "If the disk fails or is full, what was begun is reverted; a failed fsync is final.",
        [("refusals", ["disk full, short writes"], "full disks and short writes"),
         ("double", ["apply", "apply --persist"], "failures upon a failure"),
         ("refusals", ["value not put back"], "values that could not be put back at first")],
        [("CommandTests/FaultTests.swift", ["leaves the host as it was, or as it was to become"])]),
    Promise(
        "The deadline waits for nobody", "An unconfirmed change reverts at its deadline: no command, probe, name server, disk or clock delays it.",
        [("matrix", ["guard"], KILLED % "a guard"), ("power_loss", ["guard"], "states of the disk after a power cut"),
         ("parallel", ["guard killed"], "guards that were killed"), ("interrupted", ["clock"], "looks at the clock it goes by")],
        [(CHANGE, ["is taken back at its deadline, when nobody confirms it", "that is over and not yet taken back is called so",
                   "gets another guard, when its guard was killed before its time",
                   "is undone by the next command, when its guard was killed and its time is over"]),
         (GUARD, ["keeps its time while both processors are busy", "acts when far more connections are turned away than before",
                  "takes the change back at once, when the command is killed in the middle",
                  "acts when the probe fails, which must not fail before"]),
         (PROBE, ["that gives no answer does not put the deadline off",
                  "looks its name up once, says to what, and waits for no name server after that"]),
         (TIME, ["in which a change is made does not move its deadline", "sees the deadline of a change that was made outside",
                 "whose clock cannot be told is said to be so, and nothing is judged by it"])],
        ["guard"]),
    Promise(
        "The right namespace", "A value reverts in the network namespace where it was written, or tcptune says that it cannot.",
        [("orders", ["commands"], "commands in an order drawn by lot, on two namespaces")],
        [(ELSEWHERE, ["is made there, and taken back there by whoever finds it", "is taken back with all others",
                      "goes with its namespace"]),
         (UNDO, ["name the namespace of each value, and recover goes on with all of them",
                 "tell what boot set by the network that boot sets"])], ["guard"]),
    Promise(
        "Signals and terminals", "After a signal, a closed terminal or an unwritable output, the change is reverted or finished, and tcptune says which.",
        [("interrupted", ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGPIPE"], "signals, one at each step"),
         ("interrupted", ["at the terminal"], "answers at a terminal"),
         ("interrupted", ["outputs", "outputs of failures"], "outputs that cannot be written")],
        [(CHANGE, ["asks on a terminal, before and after", "asks nobody where there is no terminal"])]),
    Promise(
        "Rights", "Without the rights nothing changes and tcptune says what to type; files that others could have made are refused (78).",
        [("refusals", ["without rights"], "commands without rights")],
        [(CHANGE, ["is root's to make, and others are told what to type", "takes a plan that was saved, as long as it is true"])]),
    Promise(
        "Text of others", "What a process, a file or a server names itself is text in every form of a page, and nothing more.",
        [],
        [("ReportTests/PayloadTests.swift", ["is text on a page of every kind of block",
                                             "is text on the page of an audit, and whole in its JSON",
                                             "is text on the page of a saved document, wherever it stands there",
                                             "is text to a reader of Markdown", "of a saved document is text to a reader of Markdown"])]),
]
