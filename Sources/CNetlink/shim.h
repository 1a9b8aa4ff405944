#ifndef TCPTUNE_CNETLINK_SHIM_H
#define TCPTUNE_CNETLINK_SHIM_H

// The kernel's socket-diagnosis interface and libnl's socket, for Swift.
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/if_addr.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/if_packet.h>
#include <linux/neighbour.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_conntrack_tcp.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/openat2.h>
#include <linux/perf_event.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <sched.h>
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

// setns(2): Swift imports glibc without _GNU_SOURCE, which hides it. Goes when the importer defines it.
static inline int tcptune_setns(int descriptor, int kind) {
    return (int)syscall(SYS_setns, descriptor, kind);
}

// CLONE_NEWNET is behind the same guard; the value is the kernel's (uapi/linux/sched.h).
enum { TCPTUNE_CLONE_NEWNET = 0x40000000 };

// O_PATH is, too (uapi/asm-generic/fcntl.h): a directory is gone through that may not be listed.
enum { TCPTUNE_O_PATH = 010000000 };

// O_TMPFILE and AT_EMPTY_PATH are, too: a file gets its name when it is whole. The values are this machine's kernel's.
#ifdef O_TMPFILE
enum { TCPTUNE_O_TMPFILE = O_TMPFILE };
#else
enum { TCPTUNE_O_TMPFILE = 020000000 | O_DIRECTORY };
#endif
enum { TCPTUNE_AT_EMPTY_PATH = 0x1000 };

// fstatfs(2): the kind of file system that a file is on, by its magic number; Swift's Glibc has no <sys/vfs.h>.
static inline long tcptune_file_system(int descriptor) {
    struct statfs system;
    return fstatfs(descriptor, &system) == 0 ? (long)(unsigned int)system.f_type : -1;
}

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

// close_range(2), since 5.9: glibc 2.34 has a function for it, behind the same guard.
static inline int tcptune_close_range(unsigned int first, unsigned int last) {
#ifdef SYS_close_range
    return (int)syscall(SYS_close_range, first, last, 0);
#else
    return (int)syscall(436, first, last, 0);
#endif
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

// CLONE_NEWUSER: behind the same guard (uapi/linux/sched.h).
enum { TCPTUNE_CLONE_NEWUSER = 0x10000000 };

// CLONE_FILES: behind the same guard (uapi/linux/sched.h).
enum { TCPTUNE_CLONE_FILES = 0x400 };

// Options of TCP sockets: <linux/tcp.h> has them, and does not go together with glibc's <netinet/tcp.h>.
enum { TCPTUNE_TCP_QUICKACK = 12, TCPTUNE_TCP_FASTOPEN = 23, TCPTUNE_TCP_FASTOPEN_CONNECT = 30 };

// accept4(2): behind the same guard.
static inline int tcptune_accept(int descriptor, int flags) {
    return (int)syscall(SYS_accept4, descriptor, (void *)0, (void *)0, flags);
}

// epoll_pwait2(2), since 5.11, waits with the precision of the timer, below zero for ever; before it, epoll_wait(2) in whole milliseconds.
static inline int tcptune_epoll_wait(
    int descriptor, struct epoll_event *events, int room, long long nanoseconds) {
#ifdef SYS_epoll_pwait2
    struct {
        long long seconds, nanoseconds;
    } timeout = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    long count = syscall(
        SYS_epoll_pwait2, descriptor, events, room, nanoseconds < 0 ? (void *)0 : &timeout, (void *)0, 0);
    // A filter of system calls may refuse what it does not know with any error.
    if (count >= 0 || errno == EINTR) return (int)count;
#endif
    return epoll_wait(descriptor, events, room, nanoseconds < 0 ? -1 : (int)(nanoseconds / 1000000));
}

// prctl(2) takes any number of arguments, which Swift cannot call.
static inline int tcptune_set_timer_slack(unsigned long nanoseconds) {
    return prctl(PR_SET_TIMERSLACK, nanoseconds, 0, 0, 0);
}

// Options of IP sockets: <linux/in.h> has them, and does not go together with glibc's <netinet/in.h>.
enum { TCPTUNE_IP_BIND_ADDRESS_NO_PORT = 24, TCPTUNE_IP_LOCAL_PORT_RANGE = 51 };

// recvmsg(2) with the time at which the kernel had the last of the bytes (SO_TIMESTAMPNS): the macros that go through control
// messages are none that Swift imports. The time is 0 where the kernel tells none.
static inline long tcptune_receive_stamped(
    int descriptor, void *buffer, unsigned long room, long long *nanoseconds) {
    struct iovec part = {.iov_base = buffer, .iov_len = room};
    union {
        struct cmsghdr head;
        char room[256];
    } control;
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    *nanoseconds = 0;
    long count = recvmsg(descriptor, &message, 0);
    if (count < 0) return count;
    for (struct cmsghdr *head = CMSG_FIRSTHDR(&message); head; head = CMSG_NXTHDR(&message, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SO_TIMESTAMPNS) continue;
        struct timespec time;
        if (head->cmsg_len < CMSG_LEN(sizeof time)) continue;
        __builtin_memcpy(&time, CMSG_DATA(head), sizeof time);
        *nanoseconds = time.tv_sec * 1000000000LL + time.tv_nsec;
    }
    return count;
}

// gettid(2): glibc has had it since 2.30, behind _GNU_SOURCE.
static inline int tcptune_gettid(void) {
    return (int)syscall(SYS_gettid);
}

// pidfd_open(2), since Linux 5.3: in glibc from 2.36 on. Closed on exec by itself.
static inline int tcptune_pidfd_open(int pid) {
    return (int)syscall(SYS_pidfd_open, pid, 0);
}

// perf_event_open(2) of a tracepoint on one processor, for all processes, with times of CLOCK_MONOTONIC: glibc has no
// function for it, and the flags of its struct are bits, which Swift does not import.
static inline int tcptune_open_tracepoint(unsigned long long id, int processor) {
    struct perf_event_attr what = {
        .type = PERF_TYPE_TRACEPOINT,
        .size = sizeof what,
        .config = id,
        .sample_period = 1,
        .sample_type = PERF_SAMPLE_TIME | PERF_SAMPLE_RAW,
        .use_clockid = 1,
        .clockid = CLOCK_MONOTONIC,
        .disabled = 1};
    return (int)syscall(SYS_perf_event_open, &what, -1, processor, -1, PERF_FLAG_FD_CLOEXEC);
}

// ioctl(2) with PERF_EVENT_IOC_SET_FILTER and _ENABLE: their numbers are made by macros that Swift does not import.
static inline int tcptune_begin_tracepoint(int descriptor, const char *filter) {
    if (ioctl(descriptor, PERF_EVENT_IOC_SET_FILTER, filter) != 0) return -1;
    return ioctl(descriptor, PERF_EVENT_IOC_ENABLE, 0);
}

// CLONE_NEWNS: behind the same guard (uapi/linux/sched.h).
enum { TCPTUNE_CLONE_NEWNS = 0x20000 };

// capget(2) and capset(2): a right of the calling thread, in force or not; glibc declares neither.
// 1 where that changed it, 0 where it was so, -1 where it may not be.
static inline int tcptune_set_capability(int number, int in_force) {
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3];
    if (syscall(SYS_capget, &head, sets) != 0) return -1;
    unsigned bit = CAP_TO_MASK(number), *word = &sets[CAP_TO_INDEX(number)].effective;
    unsigned wanted = in_force ? *word | bit : *word & ~bit;
    if (wanted == *word) return 0;
    *word = wanted;
    return syscall(SYS_capset, &head, sets) == 0 ? 1 : -1;
}

// Has a thread that is created with these attributes begin on another processor than this one, of those it may use.
// Glibc declares pthread_attr_setaffinity_np(3) with _GNU_SOURCE only.
extern int pthread_attr_setaffinity_np(pthread_attr_t *, size_t, const cpu_set_t *);
static inline void tcptune_begin_elsewhere(pthread_attr_t *attributes) {
    cpu_set_t processors;
    unsigned long *words = (unsigned long *)&processors, any = 0;
    unsigned here, bits = 8 * sizeof *words;
    long size = syscall(SYS_sched_getaffinity, 0, sizeof processors, &processors);
    if (size <= 0 || syscall(SYS_getcpu, &here, (void *)0, (void *)0) != 0 || here / 8 >= (unsigned long)size) return;
    words[here / bits] &= ~(1UL << here % bits);
    for (long index = 0; index < size / (long)sizeof *words; index++) any |= words[index];
    if (any) pthread_attr_setaffinity_np(attributes, (size_t)size, &processors);
}

// Lets this thread run wherever another may.
static inline void tcptune_share_processors(int thread) {
    cpu_set_t processors;
    long size = syscall(SYS_sched_getaffinity, thread, sizeof processors, &processors);
    if (size > 0) syscall(SYS_sched_setaffinity, 0, size, &processors);
}

// Brings a line of memory nearer that is written soon; Swift has no word for it.
static inline void tcptune_prefetch(const void *address) {
    __builtin_prefetch(address, 1);
}

// The hooks of netfilter and their usual priorities: <linux/netfilter_ipv4.h> has them, and brings <linux/in.h> with it.
enum {
    TCPTUNE_HOOK_PREROUTING = 0,
    TCPTUNE_HOOK_POSTROUTING = 4,
    TCPTUNE_PRIORITY_RAW = -300,
    TCPTUNE_PRIORITY_FILTER = 0,
    TCPTUNE_PRIORITY_SOURCE_NAT = 100
};

#endif
