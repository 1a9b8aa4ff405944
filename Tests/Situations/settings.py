"""Settings that cripple, that do nothing, and that boot reads another way."""

from situation import *

SUBJECT = "Settings"
GITHUB = "https://github.com/"


def quiet(id, words, source, values, says, made="", **more):
    """Settings of a namespace with one listener and one connection."""
    return Situation(
        id, words, source, made or ", ".join("%s %s" % (key.rsplit("__", 1)[1], value) for key, value in values.items()), "pair",
        (sysctl("a", **values), act("a", "serve", port=80, mode="keep"), act("b", "clients", address="10.66.0.1", count=1)),
        (shows("a", ESTABLISHED=1),), says, **more)


def boot(id, words, source, text, made, says, **more):
    """A file that boot reads, in a captured tree."""
    return Situation(
        id, words, source, made, "tree",
        (captured, file("/etc/sysctl.d/90-tuning.conf", text)),
        (), says, command=more.pop("command", "audit --root {tree}"), **more)


def captured(ground):
    """Takes the settings and counters of a fresh namespace into the tree."""
    copy = ("cd $0 && mkdir -p proc/sys/kernel proc/net etc/sysctl.d && cp /proc/sys/kernel/osrelease proc/sys/kernel && "
            "cp /proc/net/tcp /proc/net/tcp6 /proc/net/netstat /proc/net/snmp /proc/net/sockstat proc/net; "
            "cp -r /proc/sys/net proc/sys; exit 0")
    ground.run("a", "sh", "-c", copy, ground.home + "/tree")


SETTING = "setting-.*"
SITUATIONS = [
    quiet("setting-sack", "A hardening guide of 2019 sets tcp_sack 0, and every lost packet costs a timeout",
          GITHUB + "secureblue/secureblue/pull/1852", {"net__ipv4__tcp_sack": 0},
          (finds(SETTING, "notice+", text="tcp_sack", words="a finding: tcp_sack"), calm_not()), ci=True),
    quiet("setting-window-scaling", "tcp_window_scaling 0: no connection gets beyond 64 KiB in flight",
          "own", {"net__ipv4__tcp_window_scaling": 0},
          (finds(SETTING, "notice+", text="tcp_window_scaling", words="a finding: tcp_window_scaling"), calm_not())),
    quiet("setting-timestamps", "tcp_timestamps 0 “against guessing the uptime”: no reuse of ports, no PAWS",
          GITHUB + "konstruktoid/hardening/issues/129", {"net__ipv4__tcp_timestamps": 0},
          (finds(SETTING + "|reuse-disabled", "notice+", text="tcp_timestamps", words="a finding: tcp_timestamps"), calm_not())),
    quiet("setting-retries2", "tcp_retries2 1: connections end at the first hiccup",
          GITHUB + "evrardjp/ansible-keepalived/pull/168", {"net__ipv4__tcp_retries2": 1},
          (finds(SETTING, "notice+", text="tcp_retries2", words="a finding: tcp_retries2"), calm_not())),
    quiet("setting-rmem", "tcp_rmem 4096 4096 4096: each connection receives four kilobytes at a time", "own",
          {"net__ipv4__tcp_rmem": "4096 4096 4096"}, (finds(SETTING, "notice+", text="tcp_rmem", words="a finding: tcp_rmem"), calm_not())),
    quiet("setting-synack-retries", "tcp_synack_retries 0: a client whose first answer is lost never connects", "own",
          {"net__ipv4__tcp_synack_retries": 0},
          (finds(SETTING, "notice+", text="tcp_synack_retries", words="a finding: tcp_synack_retries"), calm_not())),
    quiet("setting-fin-timeout", "tcp_fin_timeout 62 was meant to wait longer, and waits 4 s", "own", {"net__ipv4__tcp_fin_timeout": 62},
          (finds("fin-timeout-trap", "myth+"),)),
    boot("setting-removed", "A tuning guide sets tcp_tw_recycle, which is gone and dropped clients behind NAT",
         GITHUB + "ClusterLabs/resource-agents/pull/1927", "net.ipv4.tcp_tw_recycle = 1\n", "tcp_tw_recycle in sysctl.d",
         (finds("setting-removed", "myth+", text="tcp_tw_recycle"),)),
    boot("setting-dead-keys", "Lines that circulate and that no kernel knows", "own",
         "net.ipv4.tcp_nodelay = 1\nnet.ipv4.tcp_timewait_len = 30\nnet.ipv4.tcp_westwood = 1\nnet.ipv4.tcp_quickack = 1\n",
         "four keys without a file", tuple(finds("setting-.*", "myth+", text=key, words=key) for key in
                                           ("tcp_nodelay", "tcp_timewait_len", "tcp_westwood", "tcp_quickack"))),
    boot("setting-fin-timeout-myth", "“tcp_fin_timeout = 30 shortens TIME_WAIT”, says every second guide",
         GITHUB + "JasonJe/notes/issues/95", "net.ipv4.tcp_fin_timeout = 30\nnet.ipv4.tcp_max_tw_buckets = 5000\n", "both lines in sysctl.d",
         (prints("tcp_fin_timeout", "tcp_fin_timeout"), prints("tcp_max_tw_buckets|timewait-cap", "tcp_max_tw_buckets"),
          better(finds(".*", "myth+", text="does not shorten TIME_WAIT", words="it does not shorten TIME_WAIT")))),
    boot("setting-known-elsewhere", "Keys of IPv6 neighbours are not of TCP, and are there", "own",
         "net.ipv6.neigh.default.gc_thresh3 = 4096\n", "gc_thresh3 in sysctl.d; its file is there",
         (never("setting-unknown"),)),
    Situation(
        "setting-etc-only", "sysctl.d is checked in CI, from a directory that holds nothing else", "own",
        "a tree with /etc/sysctl.d alone", "tree", (file("/etc/sysctl.d/9.conf", "net.ipv4.tcp_tw_recycle = 1\n"),), (),
        (finds("setting-.*", "myth+", text="tcp_tw_recycle", words="a finding: tcp_tw_recycle"),),
        command="audit --root {tree}"),
]
