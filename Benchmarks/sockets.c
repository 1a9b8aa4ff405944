// Makes many TCP sockets in the network namespace it is started in, and holds them.
//
//   unshare -n ./sockets time-wait 300000      client ends in TIME_WAIT, spread over 64 listeners and 4 addresses
//   unshare -n ./sockets established 300000    both ends, in as many processes as the limit of open files asks for
//   unshare -n ./sockets tuples 500000         TIME_WAIT, each to a destination of its own
//
// Prints `ready` and how many there are, then waits until its standard input closes. TIME_WAIT lasts a minute:
// whoever measures longer makes them anew. Refuses a namespace whose loopback is up already: it is in use.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { listeners = 64, first_port = 2000, spare_descriptors = 200 };

static void fail(const char *what) {
    fprintf(stderr, "sockets: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void enter(void) {
    int any = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct ifreq request = {.ifr_name = "lo"};
    if (ioctl(any, SIOCGIFFLAGS, &request) < 0) fail("no loopback device");
    if (request.ifr_flags & IFF_UP) {
        fprintf(stderr, "sockets: this network namespace is in use; start it with unshare -n\n");
        exit(1);
    }
    request.ifr_flags |= IFF_UP;
    if (ioctl(any, SIOCSIFFLAGS, &request) < 0) fail("cannot bring the loopback up");
    close(any);
}

static void set(const char *path, const char *value) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0 || write(file, value, strlen(value)) < 0) fail(path);
    close(file);
}

static int listening(in_addr_t address, int port, int backlog) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = address};
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *)&at, sizeof at) < 0 || listen(fd, backlog) < 0) fail("listen");
    return fd;
}

static int connected(in_addr_t address, int port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = address};
    if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) < 0) fail("connect");
    return fd;
}

// One worker of TIME_WAIT: connections from..to, to listeners that all workers share.
static void close_first(const int *listener, long from, long to, int distinct) {
    for (long made = from; made < to; made++) {
        int which = (int)(made % listeners);
        // 4 destinations keep every tuple below half its ports, where connect() becomes slow.
        long address = distinct ? made / listeners : made / listeners % 4;
        int client = connected(htonl(0x7f010001u + (unsigned)address), first_port + which);
        close(client);
        int server = accept(listener[which], NULL, NULL);
        if (server < 0) fail("accept");
        close(server);
    }
}

static void hold_open(int worker, long connections) {
    // The child holds its listeners and both ends of its connections.
    int listener[8];
    in_addr_t address = htonl(0x7f020001u + (unsigned)worker * 256);
    for (int i = 0; i < 8; i++) listener[i] = listening(address, first_port + i, 4096);
    for (long made = 0; made < connections; made++) {
        connected(address, first_port + made % 8);
        if (accept(listener[made % 8], NULL, NULL) < 0) fail("accept");
    }
}

int main(int argc, char **argv) {
    long count = argc == 3 ? atol(argv[2]) : 0;
    int distinct = count && !strcmp(argv[1], "tuples");
    int established = count && !strcmp(argv[1], "established");
    if (!distinct && !established && (!count || strcmp(argv[1], "time-wait"))) {
        fprintf(stderr, "usage: sockets time-wait|established|tuples COUNT\n");
        return 64;
    }
    enter();
    set("/proc/sys/net/ipv4/tcp_max_tw_buckets", "8000000");
    set("/proc/sys/net/ipv4/tcp_tw_reuse", "0");
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);

    long workers = 2, per_worker = (count + 1) / 2;
    int listener[listeners];
    if (established) {
        per_worker = ((long)files.rlim_cur - spare_descriptors) / 2;
        workers = (count / 2 + per_worker - 1) / per_worker;
        if (workers < 8) workers = 8;
        per_worker = (count / 2 + workers - 1) / workers;
    } else {
        for (int i = 0; i < listeners; i++) listener[i] = listening(INADDR_ANY, first_port + i, 4096);
    }
    int done[2];
    if (pipe2(done, O_CLOEXEC) < 0) fail("pipe");
    for (long worker = 0; worker < workers; worker++) {
        pid_t pid = fork();
        if (pid < 0) fail("fork");
        if (pid) continue;
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(0);
        long from = worker * per_worker, to = from + per_worker;
        long all = established ? count / 2 : count;
        if (to > all) to = all;
        if (established) {
            hold_open((int)worker, to > from ? to - from : 0);
        } else {
            close_first(listener, from, to, distinct);
        }
        if (write(done[1], "+", 1) != 1) fail("pipe");
        close(done[1]);
        if (!established) _exit(0);
        while (1) pause();
    }
    close(done[1]);
    char byte;
    for (long worker = 0; worker < workers; worker++) {
        if (read(done[0], &byte, 1) != 1) {
            fprintf(stderr, "sockets: a worker failed\n");
            return 1;
        }
    }
    printf("ready %ld\n", count);
    fflush(stdout);
    while (read(0, &byte, 1) > 0) {}
    return 0;
}
