"""Runs a command under a seccomp filter that refuses some system calls with an errno: refuse.py CALL ERRNO COMMAND…

CALL is one of
    netlink    socket(AF_NETLINK, …)
    openat2
    tmpfile    openat(…, O_TMPFILE)
    epoll_pwait2
as a container's filter, or one of systemd's SystemCallFilter= and RestrictAddressFamilies=, does it.
"""

import ctypes
import errno
import os
import platform
import struct
import sys

AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}[platform.machine()]
CALLS = {
    "x86_64": {"socket": 41, "openat": 257, "openat2": 437, "epoll_pwait2": 441},
    "aarch64": {"socket": 198, "openat": 56, "openat2": 437, "epoll_pwait2": 441},
}[platform.machine()]
AF_NETLINK = 16
# The bit that only O_TMPFILE has, among those of its value.
TMPFILE_BIT = 0o20000000
RET_ALLOW, RET_ERRNO = 0x7FFF0000, 0x00050000
LOAD, JUMP_EQUAL, JUMP_SET, RETURN = 0x20, 0x15, 0x45, 0x06
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2


def instruction(code, value, yes=0, no=0):
    return struct.pack("HBBI", code, yes, no, value)


def program(call, code):
    """struct seccomp_data: number 0, architecture 4, arguments from 16 on, 8 bytes each, the lower half first."""
    number = CALLS[{"netlink": "socket", "tmpfile": "openat"}.get(call, call)]
    refuse = instruction(RETURN, RET_ERRNO | code)
    allow = instruction(RETURN, RET_ALLOW)
    head = (
        instruction(LOAD, 4), instruction(JUMP_EQUAL, AUDIT_ARCH, 1, 0), allow,
        instruction(LOAD, 0), instruction(JUMP_EQUAL, number, 1, 0), allow)
    if call == "netlink":
        look = (instruction(LOAD, 16), instruction(JUMP_EQUAL, AF_NETLINK, 1, 0), allow)
    elif call == "tmpfile":
        look = (instruction(LOAD, 16 + 8 * 2), instruction(JUMP_SET, TMPFILE_BIT, 1, 0), allow)
    else:
        look = ()
    return head + look + (refuse,)


class Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


call, code = sys.argv[1], getattr(errno, sys.argv[2])
parts = program(call, code)
libc = ctypes.CDLL(None, use_errno=True)
loaded = Program(len(parts), b"".join(parts))
if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
    sys.exit("no PR_SET_NO_NEW_PRIVS")
if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(loaded), 0, 0) != 0:
    sys.exit("no seccomp: " + os.strerror(ctypes.get_errno()))
os.execvp(sys.argv[3], sys.argv[3:])
