"""A quiet host with given settings: `--set net.ipv4.tcp_rfc1337=1`, and a listener or more."""

import scene

args = scene.options(__doc__, set=[], listen=[], backlog=4096)
scene.begin()
for pair in args.set:
    key, value = pair.split("=", 1)
    scene.sysctl(key, value)
listeners = [scene.listen(port=int(port), backlog=args.backlog) for port in args.listen]
scene.hold(args, ports=[listener.getsockname()[1] for listener in listeners])
