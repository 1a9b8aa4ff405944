"""Which failures each system call may meet."""

KILL = "signal=KILL"

OPEN_TO_WRITE = ["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EMFILE"]
OPEN_TO_READ = ["EACCES", "EMFILE", "EIO"]
ERRORS = {
    "read": ["EIO", "EINTR"], "pread64": ["EIO", "EINTR"],
    "write": ["ENOSPC", "EIO", "EDQUOT", "EINTR"], "pwrite64": ["ENOSPC", "EIO"],
    "fsync": ["EIO", "ENOSPC"], "fdatasync": ["EIO", "ENOSPC"], "sync_file_range": ["EIO"],
    "rename": ["EIO", "ENOSPC", "EROFS"], "renameat": ["EIO", "ENOSPC", "EROFS"], "renameat2": ["EIO", "ENOSPC", "EROFS"],
    "link": ["EIO", "ENOSPC"], "linkat": ["EIO", "ENOSPC"], "symlink": ["EIO"], "symlinkat": ["EIO"],
    "unlink": ["EIO", "EROFS", "EPERM"], "unlinkat": ["EIO", "EROFS", "EPERM"], "rmdir": ["EIO"],
    "mkdir": ["ENOSPC", "EROFS", "EACCES"], "mkdirat": ["ENOSPC", "EROFS", "EACCES"],
    "chmod": ["EPERM", "EIO"], "fchmod": ["EPERM", "EIO"], "fchmodat": ["EPERM"], "chown": ["EPERM"],
    "fchown": ["EPERM"], "ftruncate": ["EIO", "EROFS"], "fallocate": ["ENOSPC"], "utimensat": ["EPERM"],
    "flock": ["EINTR", "ENOLCK"], "fcntl": ["EMFILE"], "close": ["EIO", "EINTR"], "dup2": ["EBUSY"], "dup": ["EMFILE"],
    "fstat": ["EIO"], "lstat": ["EACCES"], "stat": ["EACCES"], "newfstatat": ["EACCES", "EIO"], "statx": ["EACCES", "EIO"],
    "access": ["EACCES"], "faccessat2": ["EACCES"], "readlink": ["EACCES"], "readlinkat": ["EACCES"],
    "getdents64": ["EIO"], "ioctl": ["EIO"],
    "timerfd_create": ["EMFILE"], "timerfd_settime": ["EINVAL"], "signalfd4": ["EMFILE"], "inotify_init1": ["EMFILE"],
    "inotify_add_watch": ["ENOSPC"], "eventfd2": ["EMFILE"], "epoll_create1": ["EMFILE"], "epoll_ctl": ["ENOMEM"],
    "poll": ["EINTR", "ENOMEM"], "ppoll": ["EINTR"], "epoll_wait": ["EINTR"], "restart_syscall": ["EINTR"],
    "clone": ["EAGAIN"], "clone3": ["EAGAIN", "ENOMEM"], "vfork": ["EAGAIN"], "fork": ["EAGAIN"], "execve": ["EACCES"],
    "unshare": ["EPERM", "ENOSPC"], "setns": ["EPERM"], "setsid": ["EPERM"], "mlockall": ["ENOMEM"], "mlock": ["ENOMEM"],
    "pipe2": ["EMFILE"], "socket": ["EMFILE"], "socketpair": ["EMFILE"], "bind": ["EPERM"], "connect": ["ECONNREFUSED"],
    "sendto": ["ENOBUFS"], "recvfrom": ["EIO"], "recvmsg": ["ENOBUFS"], "sendmsg": ["EPIPE"],
    "kill": ["EPERM"], "pidfd_open": ["EMFILE"], "pidfd_send_signal": ["EPERM"],
}


def faults_of(call, full):
    """Killed before it, each error, and where it writes: nothing written, or said to be and not stored."""
    faults = [KILL]
    if call.failed and call.name not in ("write", "mkdir", "mkdirat", "unlink", "unlinkat"):
        return faults
    if call.name in ("openat", "openat2", "open"):
        errors = OPEN_TO_WRITE if any(word in call.arguments for word in ("O_WRONLY", "O_RDWR", "O_CREAT")) \
            else OPEN_TO_READ
        if "net/ipv4" in call.arguments and "O_WRONLY" in call.arguments:
            errors = ["EACCES", "EPERM", "EROFS", "EMFILE"]
    else:
        errors = ERRORS.get(call.name, [])
    if call.name == "write" and "/proc/sys/" in (call.file or ""):
        errors = ["EINVAL", "EPERM", "EIO", "EINTR"]
        if call.result:
            faults += ["retval=%d" % call.result, "retval=1"]
    elif call.name in ("write", "pwrite64"):
        faults.append("retval=0")
    return faults + ["error=" + error for error in errors]
