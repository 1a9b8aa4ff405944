"""What a disk holds when the power fails: replayed from the calls of a program, what was not synchronised dropped or torn.

The model: bytes are durable from the fsync of their file on; a name (made, moved, taken away) from the fsync of its
directory on; until then it may have reached the disk or not, those of one directory in their order. That is what fsync(2)
promises, and no more.
"""

import itertools
import os


class File:
    def __init__(self, content=b"", mode=0o600):
        self.content = content
        self.durable = content
        self.mode = mode

    def variants(self):
        """What of its bytes may be found: all, those that were synchronised, a part, or zeros of that length."""
        if self.content == self.durable:
            return [self.content]
        half = len(self.content) // 2
        return [self.durable, self.content, self.content[:half], bytes(len(self.content))]


DIRECTORY = object()


class Disk:
    def __init__(self, tops):
        self.tops = tops
        # Names of what is durable: path → File or DIRECTORY.
        self.base = {}
        # What was done to names since, in order: (directories, changes), where changes is {path: File, DIRECTORY or None}.
        self.pending = []
        self.now = {}
        self.open = {}
        for top in tops:
            for directory, _, names in os.walk(top):
                self.base[directory] = DIRECTORY
                for name in names:
                    path = directory + "/" + name
                    with open(path, "rb") as file:
                        self.base[path] = File(file.read(), os.stat(path).st_mode & 0o7777)
        self.now = dict(self.base)

    def is_ours(self, path):
        return any(path == top or path.startswith(top + "/") for top in self.tops)

    def names(self, changes):
        directories = {os.path.dirname(path) for path in changes}
        self.pending.append((directories, changes))
        for path, what in changes.items():
            if what is None:
                self.now.pop(path, None)
            else:
                self.now[path] = what

    def replay(self, call):
        """True where the call changed what is on the disk, or could be."""
        if call.failed:
            return False
        name, paths = call.name, [path for path in call.paths if self.is_ours(path)]
        if name == "openat" and paths:
            path, file = paths[0], self.now.get(paths[0])
            created = file is None and "O_CREAT" in call.arguments
            if created:
                file = File()
                self.names({path: file})
            if isinstance(file, File) and "O_TRUNC" in call.arguments:
                file.content = b""
            self.open[call.result] = [file or DIRECTORY, 0]
            return created
        if name == "close":
            self.open.pop(call.descriptor, None)
            return False
        if name in ("mkdir", "mkdirat") and paths:
            self.names({paths[0]: DIRECTORY})
            return True
        if name.startswith("rename") and len(paths) == 2:
            self.names({paths[0]: None, paths[1]: self.now[paths[0]]})
            return True
        if name.startswith("unlink") and paths:
            self.names({paths[0]: None})
            return True
        if name in ("write", "pwrite64", "ftruncate", "fchmod", "fsync", "fdatasync"):
            return self.is_ours(call.file or "") and self.change(call)
        return False

    def change(self, call):
        if call.file in self.now and self.now[call.file] is DIRECTORY:
            if call.name in ("fsync", "fdatasync"):
                self.synchronise(call.file)
            return True
        entry = self.open.get(call.descriptor)
        if entry is None or entry[0] is DIRECTORY:
            return False
        file, offset = entry
        if call.name == "write":
            data = call.strings[0][:call.result]
            file.content = file.content[:offset].ljust(offset, b"\0") + data + file.content[offset + len(data):]
            entry[1] += len(data)
        elif call.name == "ftruncate":
            file.content = file.content[:int(call.arguments.rpartition(",")[2])]
        elif call.name == "fchmod":
            file.mode = int(call.arguments.rpartition(",")[2], 8)
        elif call.name in ("fsync", "fdatasync"):
            file.durable = file.content
        return True

    def synchronise(self, directory):
        """Makes durable what was done to names in it, and of what else was done to those very names before."""
        left = []
        for directories, changes in self.pending:
            if directory in directories:
                self._apply(self.base, changes)
            else:
                left.append((directories, changes))
        self.pending = left

    @staticmethod
    def _apply(names, changes):
        for path, what in changes.items():
            if what is None:
                names.pop(path, None)
            else:
                names[path] = what

    def images(self):
        """Every disk that may be found: {path: (bytes, mode) or None for a directory}."""
        for chosen in itertools.product((False, True), repeat=min(len(self.pending), 6)):
            # Of one directory what came later does not reach the disk before what came earlier.
            missed = set()
            names, possible = dict(self.base), True
            for take, (directories, changes) in zip(chosen, self.pending):
                if take and directories & missed:
                    possible = False
                    break
                if take:
                    self._apply(names, changes)
                else:
                    missed |= directories
            if not possible:
                continue
            reached = {}
            for path in sorted(names):
                if path in self.tops or reached.get(os.path.dirname(path)) is DIRECTORY:
                    reached[path] = names[path]
            for variant in range(4):
                yield {path: None if what is DIRECTORY else
                       (what.variants()[min(variant, len(what.variants()) - 1)], what.mode)
                       for path, what in reached.items()}
