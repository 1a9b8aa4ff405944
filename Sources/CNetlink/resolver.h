#ifndef TCPTUNE_CNETLINK_RESOLVER_H
#define TCPTUNE_CNETLINK_RESOLVER_H

// glibc's resolver library: the host's own configuration, questions as it builds them, names as it reads them.
//
// The functions of <resolv.h> are macros for names that differ from one glibc to the next, and struct __res_state has
// bit fields and a union: neither is for Swift.
#include <netinet/in.h>
#include <arpa/nameser.h>
#include <resolv.h>
#include <string.h>

// What Swift shall know of a struct __res_state.
struct tcptune_resolver {
    struct sockaddr_in6 servers[MAXNS];
    int server_count;
    int timeout, attempts;
    unsigned int dots;
    unsigned long options;
    // Domains one after the other, each with a NUL behind it.
    char search[1024];
    int search_count;
};

// resolv.conf(5), LOCALDOMAIN and RES_OPTIONS, as every program of this host reads them; below zero where that fails.
static inline int tcptune_resolver_read(struct tcptune_resolver *out) {
    struct __res_state state;
    memset(&state, 0, sizeof state);
    memset(out, 0, sizeof *out);
    if (res_ninit(&state) != 0) return -1;
    out->timeout = state.retrans;
    out->attempts = state.retry;
    out->dots = state.ndots;
    out->options = state.options;
    for (int i = 0; i < state.nscount && i < MAXNS; i++) {
        struct sockaddr_in6 *to = &out->servers[out->server_count];
        // One of IPv6 has its place in the extension, and a family of 0 in the list (resolv/res_init.c).
        if (state.nsaddr_list[i].sin_family == AF_INET) {
            memcpy(to, &state.nsaddr_list[i], sizeof state.nsaddr_list[i]);
        } else if (state._u._ext.nsaddrs[i]) {
            memcpy(to, state._u._ext.nsaddrs[i], sizeof *to);
        } else {
            continue;
        }
        out->server_count++;
    }
    size_t used = 0;
    for (int i = 0; i < MAXDNSRCH && state.dnsrch[i]; i++) {
        size_t length = strlen(state.dnsrch[i]) + 1;
        if (used + length > sizeof out->search) break;
        memcpy(out->search + used, state.dnsrch[i], length);
        used += length;
        out->search_count++;
    }
    res_nclose(&state);
    return 0;
}

// A question as the library builds it; its length, or below zero where the name cannot be asked for.
static inline int tcptune_make_question(
    const char *name, int type, int recursion_desired, unsigned char *buffer, int room) {
    struct __res_state state;
    memset(&state, 0, sizeof state);
    // Only the options are looked at: without RES_INIT the configuration would be read again.
    state.options = RES_INIT | (recursion_desired ? RES_RECURSE : 0);
    return res_nmkquery(&state, ns_o_query, name, ns_c_in, type, 0, 0, 0, buffer, room);
}

// A name out of a message, in words; how many bytes it takes where it stands, or below zero where it is none.
static inline int tcptune_expand_name(
    const unsigned char *start, const unsigned char *end, const unsigned char *name, char *text, int room) {
    return dn_expand(start, end, name, text, room);
}

// Newer than some of the glibcs that this is built with (2.36).
enum { TCPTUNE_RES_NOAAAA = 0x08000000 };

#endif
