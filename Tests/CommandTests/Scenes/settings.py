"""A quiet host with given settings, listeners, and boot files.

With `--state` it has a state directory and boot files of its own, to be changed.

With `--name systemd` its process has that name.

`--set net.ipv4.tcp_rfc1337=1`, `--listen 8080 127.0.0.1:9090`, `--boot '90-tuning.conf=net.ipv4.tcp_fin_timeout = 30'`.
"""

import os
import subprocess

import scene

args = scene.options(__doc__, set=[], listen=[], boot=[], backlog=4096, read_only=False,
                     hide_processes=False, second=False, state=False, name="")
scene.begin()
if args.name:
    # What the first process of a container is taken for.
    with open("/proc/self/comm", "w") as file:
        file.write(args.name)
for pair in args.set:
    key, value = pair.split("=", 1)
    scene.sysctl(key, value)
listeners = []
for place in args.listen:
    address, _, port = place.rpartition(":")
    listeners.append(scene.listen(address or "0.0.0.0", int(port), args.backlog))


def mount(*words):
    """Changes the mounts of this scene alone: it must have been given its own (unshare -m)."""
    subprocess.run(("mount",) + words, check=True)


if args.state:
    # Nothing that is changed here is this machine's: neither its state nor what it does at boot.
    for directory in ("/var/lib", "/run"):
        mount("-t", "tmpfs", "-o", "mode=755", "none", directory)
    # What is one value for the whole machine can be read here, and not written.
    for directory in ("/proc/sys/fs", "/proc/sys/kernel", "/proc/sys/vm"):
        mount("--bind", directory, directory)
        mount("-o", "remount,bind,ro", directory)
if args.boot or args.state:
    # No file of this machine speaks: only those given.
    for directory in ("/etc", "/run", "/usr/local/lib", "/usr/lib"):
        if os.path.isdir(directory + "/sysctl.d"):
            mount("-t", "tmpfs", "-o", "mode=755", "none", directory + "/sysctl.d")
    if os.path.exists("/etc/sysctl.conf"):
        mount("--bind", "/dev/null", "/etc/sysctl.conf")
    for entry in args.boot:
        name, _, text = entry.partition("=")
        with open("/etc/sysctl.d/" + name, "a") as file:
            file.write(text + "\n")
if args.hide_processes:
    mount("-t", "proc", "-o", "hidepid=2", "proc", "/proc")
if args.read_only:
    mount("--bind", "/proc/sys", "/proc/sys")
    mount("-o", "remount,bind,ro", "/proc/sys")
if args.second:
    scene.peer(scene.serve_closing, scene.REMOTE, 80)
scene.hold(args, ports=[listener.getsockname()[1] for listener in listeners])
