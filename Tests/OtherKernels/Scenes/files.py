"""All open files of the host near fs.file-max, which is the host's own and is written: for a virtual machine only."""

import resource

import scene

args = scene.options(__doc__, files=3000, ratio=0.97, name="many-files")
scene.begin()
scene.name_process(args.name)
resource.setrlimit(resource.RLIMIT_NOFILE, (args.files * 4, args.files * 4))
listener = scene.listen("127.0.0.1", 8080)
kept = [open("/dev/null") for _ in range(args.files)]
allocated = int(open("/proc/sys/fs/file-nr").read().split()[0])
scene.sysctl("fs.file-max", int(allocated / args.ratio))
scene.hold(args, made=allocated, port=8080)
