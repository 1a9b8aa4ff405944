"""Types lines into a shell, each followed by TAB, and prints as JSON what the shell has made of each.

    completion.py SHELL DIRECTORY LINE…

DIRECTORY has `bin`, where tcptune is; `share`, where the shell looks for completions; and `work`, where it is started.
"""

import fcntl
import json
import os
import pty
import re
import select
import struct
import sys
import termios
import time

PROMPT = b"READY>"
# Seconds; a busy machine starts a shell slowly.
PATIENCE = 60

SHELLS = {
    "bash": (["bash", "--rcfile", "{home}/bashrc", "-i"], "bashrc",
             "PS1='READY>'\nbind 'set bell-style none'\n. /usr/share/bash-completion/bash_completion\n"),
    "zsh": (["zsh", "-i"], ".zshrc",
            "PS1='READY>'\nfpath=({share}/zsh/site-functions $fpath)\nautoload -U compinit\n"
            "compinit -u -D\nbindkey -e\n"),
    "fish": (["fish", "--private", "-i"], "fish/config.fish",
             "set -g fish_greeting\nset -g fish_autosuggestion_enabled 0\n"
             "function fish_prompt; echo -n 'READY>'; end\n"),
}


class Terminal:
    """A shell at a terminal of its own."""

    def __init__(self, name, directory):
        words, file, text = SHELLS[name]
        home, share = os.path.join(directory, "home"), os.path.join(directory, "share")
        path = os.path.join(home, file)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as out:
            out.write(text.format(share=share))
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            os.chdir(os.path.join(directory, "work"))
            os.execvpe(words[0], [word.format(home=home) for word in words], {
                "HOME": home, "ZDOTDIR": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home,
                "XDG_CACHE_HOME": home, "XDG_DATA_DIRS": share + ":/usr/share", "LANG": "C.UTF-8",
                "PATH": os.path.join(directory, "bin") + ":/usr/bin:/bin:/usr/sbin:/sbin",
                "TERM": "xterm" if name == "fish" else "dumb"})
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 250, 0, 0))
        self.seen = b""
        self.read_to(re.escape(PROMPT))

    def read_to(self, pattern):
        """Reads until the pattern has come, and takes all up to its end away."""
        end = time.monotonic() + PATIENCE
        while True:
            if found := re.search(pattern, self.seen):
                self.seen = self.seen[found.end():]
                return found
            if not select.select([self.file], [], [], max(0, end - time.monotonic()))[0]:
                sys.exit("waited in vain for %r; came: %r" % (pattern, self.seen[-2000:]))
            part = os.read(self.file, 65536)
            # What a terminal is, newer shells ask before they begin.
            if re.search(rb"\x1b\[0?c", part):
                os.write(self.file, b"\x1b[?6c")
            self.seen += part

    def complete(self, line):
        # TAB; then, at the beginning of the line, what prints the rest. In two parts, so that it is not what was typed.
        os.write(self.file, line.encode() + b"\t" + b"\x01echo R''ESULT:\r")
        text = self.read_to(rb"[\r\n]RESULT:([^\r\n]*)")[1]
        self.read_to(re.escape(PROMPT))
        return text.decode().rstrip()


terminal = Terminal(sys.argv[1], sys.argv[2])
print(json.dumps([terminal.complete(line) for line in sys.argv[3:]]))
os.write(terminal.file, b"exit\r")
