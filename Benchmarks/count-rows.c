// The yardstick: asks sock_diag for every TCP socket of both families in one walk, and only counts the rows.
//
// What an audit costs above this is its own; what this costs is the kernel's. It makes the same request, with the
// same states and buffer and without CAP_NET_ADMIN, as the audit does. `count-rows HEX` asks for other states,
// `count-rows HEX keep` keeps that right.

#define _GNU_SOURCE
#include <errno.h>
#include <linux/capability.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// All states but BOUND_INACTIVE, whose bit makes the kernel walk the table of bound ports as well.
enum { all_states = 0xfff };

static _Alignas(struct nlmsghdr) char buffer[32768];

// To those who have the right the kernel adds to each row its mark (net/ipv4/inet_diag.c:inet_diag_msg_attrs_fill).
static void lay_down_net_admin(void) {
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3];
    if (syscall(SYS_capget, &head, sets) != 0) return;
    sets[CAP_TO_INDEX(CAP_NET_ADMIN)].effective &= ~CAP_TO_MASK(CAP_NET_ADMIN);
    (void)!syscall(SYS_capset, &head, sets);
}

int main(int argc, char **argv) {
    struct {
        struct nlmsghdr head;
        struct inet_diag_req body;
    } request = {
        // TCPDIAG_GETSOCK, the request before SOCK_DIAG_BY_FAMILY, names no protocol and no family: one walk gives
        // both (net/ipv4/inet_diag.c:inet_diag_rcv_msg_compat).
        .head = {.nlmsg_len = sizeof request, .nlmsg_type = TCPDIAG_GETSOCK, .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP},
        .body = {.idiag_states = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 16) : all_states},
    };
    if (argc < 3) lay_down_net_admin();
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    if (fd < 0 || send(fd, &request, sizeof request, 0) < 0) {
        perror("count-rows");
        return 1;
    }
    unsigned long rows = 0;
    while (1) {
        ssize_t length = recv(fd, buffer, sizeof buffer, 0);
        if (length < 0) {
            if (errno == EINTR) continue;
            perror("count-rows");
            return 1;
        }
        int left = (int)length;
        for (struct nlmsghdr *message = (struct nlmsghdr *)buffer; NLMSG_OK(message, left);
             message = NLMSG_NEXT(message, left)) {
            if (message->nlmsg_type == NLMSG_DONE) {
                printf("%lu\n", rows);
                return 0;
            }
            if (message->nlmsg_type == NLMSG_ERROR) {
                fprintf(stderr, "count-rows: the kernel refused\n");
                return 1;
            }
            rows++;
        }
    }
}
