// The least that a connect-request-response-close pair takes: one thread a side, epoll, no memory but fixed arrays, no
// clocks, nothing counted but transactions.
//
//     crr pair ADDRESS CONNECTIONS SECONDS reset|fin    both, the server as a child; prints transactions
//     crr serve ADDRESS PORT                            the server alone, until it is killed
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROOM = 256 };

static void die(const char *what) {
    perror(what);
    exit(2);
}

static void must(int result, const char *what) {
    if (result < 0) die(what);
}

static struct sockaddr_in place(const char *address, int port) {
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons(port)};
    if (inet_pton(AF_INET, address, &place.sin_addr) != 1) die(address);
    return place;
}

static void watch(int events, int socket, unsigned kinds) {
    struct epoll_event event = {.events = kinds, .data.fd = socket};
    must(epoll_ctl(events, EPOLL_CTL_ADD, socket, &event), "epoll_ctl");
}

static int listener(const char *address, int port) {
    struct sockaddr_in name = place(address, port);
    int number = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
    must(number, "socket");
    must(setsockopt(number, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one), "SO_REUSEADDR");
    must(bind(number, (void *)&name, sizeof name), "bind");
    must(listen(number, 4096), "listen");
    return number;
}

// Answers a byte with a byte; the client closes.
static void serve(int listening) {
    struct epoll_event ready[ROOM];
    char byte[16];
    int events = epoll_create1(0);
    must(events, "epoll_create1");
    watch(events, listening, EPOLLIN);
    for (;;) {
        int count = epoll_wait(events, ready, ROOM, -1);
        for (int i = 0; i < count; i++) {
            int number = ready[i].data.fd;
            if (number != listening) {
                long length = recv(number, byte, sizeof byte, 0);
                if (length > 0) {
                    send(number, byte, 1, MSG_NOSIGNAL);
                } else if (length == 0 || errno != EAGAIN) {
                    close(number);
                }
                continue;
            }
            while ((number = accept4(listening, 0, 0, SOCK_NONBLOCK)) >= 0) {
                // The byte has mostly come with the last step of the handshake.
                if (recv(number, byte, sizeof byte, 0) > 0) send(number, byte, 1, MSG_NOSIGNAL);
                watch(events, number, EPOLLIN | EPOLLRDHUP | EPOLLET);
            }
        }
    }
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void begin(int events, const struct sockaddr_in *server) {
    int number = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    must(number, "socket");
    if (connect(number, (void *)server, sizeof *server) < 0 && errno != EINPROGRESS) die("connect");
    // Within the machine the handshake is done by now.
    if (send(number, "q", 1, MSG_NOSIGNAL) < 0) die("send");
    watch(events, number, EPOLLIN | EPOLLRDHUP | EPOLLET);
}

static long make(const struct sockaddr_in *server, int connections, double seconds, int resets) {
    struct epoll_event ready[ROOM];
    struct linger none = {.l_onoff = 1, .l_linger = 0};
    char byte[16];
    long done = 0;
    int events = epoll_create1(0), open = 0;
    must(events, "epoll_create1");
    double end = now() + seconds;
    for (; open < connections; open++) begin(events, server);
    while (open > 0) {
        int count = epoll_wait(events, ready, ROOM, -1), more = now() < end;
        for (int i = 0; i < count; i++) {
            int number = ready[i].data.fd;
            if (recv(number, byte, sizeof byte, 0) <= 0) {
                if (errno == EAGAIN) continue;
                die("recv");
            }
            done++;
            if (resets) setsockopt(number, SOL_SOCKET, SO_LINGER, &none, sizeof none);
            close(number);
            if (more) {
                begin(events, server);
            } else {
                open--;
            }
        }
    }
    return done;
}

int main(int count, char **words) {
    if (count == 4 && strcmp(words[1], "serve") == 0) {
        serve(listener(words[2], atoi(words[3])));
    }
    if (count != 6 || strcmp(words[1], "pair") != 0) {
        fprintf(stderr, "usage: crr pair ADDRESS CONNECTIONS SECONDS reset|fin\n       crr serve ADDRESS PORT\n");
        return 64;
    }
    struct sockaddr_in server = place(words[2], 7778);
    int listening = listener(words[2], 7778);
    pid_t parent = getpid(), child = fork();
    must(child, "fork");
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) return 0;
        serve(listening);
    }
    close(listening);
    printf("%ld\n", make(&server, atoi(words[3]), atof(words[4]), strcmp(words[5], "reset") == 0));
    kill(child, SIGKILL);
    waitpid(child, 0, 0);
    return 0;
}
