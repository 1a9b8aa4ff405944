"""Runs a command at a terminal of its own, of 100 columns, and prints as JSON all that came on it and the exit status.

    terminal.py [--answer SECONDS:TEXT]… COMMAND…

Each question that ends with [y/N] is answered by the next of the texts, so many seconds after it was asked.
"""

import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios
import time

words = sys.argv[1:]
answers = []
while words[0] == "--answer":
    pause, text = words[1].split(":")
    answers.append((float(pause), text.encode() + b"\n"))
    words = words[2:]
pid, terminal = pty.fork()
if pid == 0:
    os.execvpe(words[0], words, {**os.environ, "TERM": "xterm"})
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
seen, asked, due = b"", 0, None
while True:
    wait = None if due is None else max(due[0] - time.monotonic(), 0)
    ready, _, _ = select.select([terminal], [], [], wait)
    if not ready:
        os.write(terminal, due[1])
        due = None
        continue
    try:
        more = os.read(terminal, 4096)
    except OSError:
        break
    if not more:
        break
    seen += more
    if seen.count(b"[y/N] ") > asked:
        asked += 1
        if answers:
            pause, text = answers.pop(0)
            due = (time.monotonic() + pause, text)
status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
print(json.dumps({"seen": seen.decode(errors="replace"), "status": status}))
