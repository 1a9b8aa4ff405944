"""Namespaces and containers: where a finding is, and where its commands must act."""

from situation import *

SUBJECT = "Containers and namespaces"
GITHUB = "https://github.com/"
FULL = (sysctl("a", net__core__somaxconn=128), act("a", "stuck", "server", port=6379, backlog=511, name="redis-server"),
        act("b", "clients", address="10.66.0.1", port=6379, count=180, **{"async": 1}), wait(1.2))
INSIDE = r"^(nsenter .*(-t ?{a}|/proc/{a}/).*|ip netns exec \S+ .*|tcptune .*--netns .*)"



def readable(ground):
    """A copy of the program that everybody may start."""
    import os
    import shutil
    os.chmod(ground.home, 0o755)
    ground.program = shutil.copy(ground.program, ground.home)
    ground.entries["nobody"] = ground.entries["a"] + ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]


SITUATIONS = [
    Situation(
        "netns-by-process", "The host audits a container: what it prints must act in the container, not on the host",
        GITHUB + "kubernetes/kops/issues/9385", "a full queue, audited from outside by --netns PID", "pair", FULL,
        (waiting("a", 6379, (128, 129)),),
        (finds("queue-overflowing|backlog-limited|accept-stalled", "warning+"), commands(INSIDE, "each command enters the namespace")),
        command="audit --netns {a}", at="host", ci=True),
    Situation(
        "netns-by-name", "The same for a namespace of ip netns", "own", "a full queue, audited by --netns web", "pair",
        FULL + (lambda ground: ground.hold_name("a", "web"),), (waiting("a", 6379, (128, 129)),),
        (finds("queue-overflowing|backlog-limited|accept-stalled", "warning+"),
         commands(r"^(nsenter |ip netns exec web |tcptune .*--netns web)", "each command enters the namespace")),
        command="audit --netns web", at="names"),
    Situation(
        "ordinary-user", "An ordinary user asks who leaks: the owner's name needs rights", "own", "200 in CLOSE_WAIT of root's server, audited by nobody", "pair",
        (act("a", "serve", port=5000, mode="keep", name="vspc"),
         act("b", "clients", address="10.66.0.1", port=5000, count=200, pause=0.3, leave=200), wait(0.3), readable),
        (shows("a", CLOSE_WAIT=200),),
        (finds("close-wait-leak", "warning+"), prints("CAP_SYS_PTRACE", "CAP_SYS_PTRACE"), prints("CAP_DAC_READ_SEARCH", "and CAP_DAC_READ_SEARCH"),
         never("close-wait-leak", owner="vspc", words="a name it cannot have seen")), at="nobody"),
    Situation(
        "container-empty", "A fresh container: nothing runs, and the image's sysctl.d was never read", "own",
        "namespaces of process, mount and network; tcp_fin_timeout in the image's sysctl.d", "container",
        (file("/etc/sysctl.d/90.conf", "net.ipv4.tcp_fin_timeout = 30\nnet.core.somaxconn = 1024\n"),), (),
        (never("setting-.*|fin-timeout-trap", words="the image's files as the host's boot"), never(severity="notice+"))),
    Situation(
        "container-foreign-process", "Inside a container the process that leaks is another container's, and cannot be seen", "own",
        "a leak of a process outside, audited from inside", "container",
        (act_outside("serve", "server", port=5000, mode="keep", name="sidecar"),
         act("a", "clients", address="127.0.0.1", port=5000, count=120, pause=0.3, leave=120), wait(0.3)),
        (shows("a", CLOSE_WAIT=120),),
        (finds("close-wait-leak", "warning+"), calm_not(), prints(r"PID namespace|other container|not visible", "its process is not visible from here"))),
    Situation(
        "namespaces-60", "A host with 60 healthy containers", "own", "60 namespaces, one connection in each", "container",
        (act("a", "namespaces", count=60),), (), (silent("namespace-differs"),), command="audit --netns all"),
    Situation(
        "namespaces-one-ill", "One of 30 containers is ill: it comes first", "own", "30 namespaces, the last with a full queue", "container",
        (act("a", "namespaces", count=30, ill=29), wait(1.5)), (),
        (finds("queue-overflowing|accept-stalled", "warning+"),
         prints(r"(?s)^.{0,1500}(queue-overflowing|accept-)", "it stands in the first lines")), command="audit --netns all"),
]
