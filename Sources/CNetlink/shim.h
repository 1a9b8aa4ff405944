#ifndef TCPTUNE_CNETLINK_SHIM_H
#define TCPTUNE_CNETLINK_SHIM_H

// The kernel's socket-diagnosis interface and libnl's socket, for Swift.
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>

#include <linux/openat2.h>
#include <sched.h>
#include <spawn.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

// setns(2): Swift imports glibc without _GNU_SOURCE, which hides it. Goes when the importer defines it.
static inline int tcptune_setns(int descriptor, int kind) {
    return (int)syscall(SYS_setns, descriptor, kind);
}

// CLONE_NEWNET is behind the same guard; the value is the kernel's (uapi/linux/sched.h).
enum { TCPTUNE_CLONE_NEWNET = 0x40000000 };

// O_PATH is, too (uapi/asm-generic/fcntl.h): a directory is gone through that may not be listed.
enum { TCPTUNE_O_PATH = 010000000 };

// getdents64(2): a directory of a million descriptors is read 32 KiB at a time, without one malloc an entry.
static inline long tcptune_getdents64(int descriptor, void *buffer, unsigned long size) {
    return syscall(SYS_getdents64, descriptor, buffer, size);
}

// unshare(2): behind the same guard.
static inline int tcptune_unshare(int kinds) {
    return (int)syscall(SYS_unshare, kinds);
}

// openat2(2), since 5.6: glibc has no function for it.
static inline int tcptune_openat2(
    int directory, const char *path, unsigned long long flags, unsigned long long resolve) {
    struct open_how how = {.flags = flags, .resolve = resolve};
    return (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
}

// POSIX_SPAWN_SETSID, since glibc 2.26, behind the same guard.
enum { TCPTUNE_POSIX_SPAWN_SETSID = 0x80 };

// getrandom(2): <sys/random.h> is not part of Swift's Glibc.
static inline long tcptune_getrandom(void *buffer, unsigned long size) {
    return syscall(SYS_getrandom, buffer, size, 0);
}

// mlock2(2) with MLOCK_ONFAULT, since Linux 4.4; glibc hides it without _GNU_SOURCE.
static inline int tcptune_mlock_on_fault(const void *start, unsigned long size) {
    return (int)syscall(SYS_mlock2, start, size, 1);
}

// gettid(2): glibc has had it since 2.30, behind _GNU_SOURCE.
static inline int tcptune_gettid(void) {
    return (int)syscall(SYS_gettid);
}

// pidfd_open(2), since Linux 5.3: in glibc from 2.36 on. Closed on exec by itself.
static inline int tcptune_pidfd_open(int pid) {
    return (int)syscall(SYS_pidfd_open, pid, 0);
}

// Brings a line of memory nearer that is written soon; Swift has no word for it.
static inline void tcptune_prefetch(const void *address) {
    __builtin_prefetch(address, 1);
}

#endif
