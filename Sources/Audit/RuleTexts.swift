// swift-format-ignore-file
// Written by scripts/rule-texts.sh from the comments in Rules/: change those, and run it again.

/// The documentation comment of each rule, by id.
enum RuleTexts {
    static let byID: [String: String] = [
        "bind-before-connect": #"""
A program binds to a source address with port 0 before it connects, and so burns ports for all
destinations.

bind(address, 0) must choose a port without knowing the destination, so the port must be free
for every one. connect() alone, or bind() after IP_BIND_ADDRESS_NO_PORT, shares a port among
destinations. Bound ports stay burnt through TIME_WAIT: when they run out, bind() fails with
EADDRINUSE and plain connect() to any other destination finds no port either. The limit is then
per source address, not per destination.

The sign: bind(0) tries the parity first that connect() tries last. The rule speaks where nine
tenths of a source's ports have that parity while the first half still has free ones, from 32
ports on (below, chance could do it). A notice; a warning from 45 % of the usable ports over all
destinations; critical from 95 %. It is silent where the range was not read, and cannot see
tuples that the snapshot left out.

Confirm: `strace -f -e trace=bind,connect -p PID` shows bind(…, sin_port=htons(0)) before
connect().
Source: net/ipv4/inet_connection_sock.c:inet_csk_find_open_port ("offset |= 1");
inet_hashtables.c:__inet_hash_connect.
Measured: after 100 such connections on 100 ports, 0 to any other destination; with
IP_BIND_ADDRESS_NO_PORT 100 to each.
"""#,
        "close-wait-leak": #"""
A program does not close connections that its peers have closed.

CLOSE_WAIT means: the peer's FIN has arrived, the kernel has told the program (read() returns
0), and the program has not called close(). It lasts until it does, however long: no timer of
the kernel ends it, no sysctl shortens it, and keepalive probes only help where the peer is gone
altogether. Each holds a descriptor, and on the connecting side a port. Descriptors run out
first ("Too many open files").

A warning where 50 or more sockets of a listener or of a tuple are in CLOSE_WAIT and they are a
fifth of those not in TIME_WAIT; where one program has 50 or more spread over several; and where
200 are spread over what is not listed. With an earlier snapshot it is silent where they have
fallen to less than half: that was a wave, not a leak. Connections that nobody has accepted also
wait in CLOSE_WAIT when their client gives up; then the cause is a full accept queue, and the
finding says so.

Confirm: `ss -tanp state close-wait`, twice: a leak shows the same ports again. Source:
net/ipv4/tcp_input.c:tcp_fin; the only ways out are close(), shutdown() and a reset
(net/ipv4/tcp.c:tcp_close_state).
"""#,
        "fin-timeout-trap": #"""
tcp_fin_timeout is set to a value that does not do what it is set for.

It says how long a socket stays in FIN_WAIT2 after its program closed it and the peer has not:
nothing else. TIME_WAIT is 60 s, compiled in, and follows no setting. The default here is 60
too, hence the confusion.

A myth for any value from 5 to 59, with the file and line that sets it: it does not shorten
TIME_WAIT, it frees orphaned FIN_WAIT2 sooner, and the finding says how many there are. A
warning for 61 to 89: above 60 the kernel waits for the excess twice, so the lifetime is 2 ×
(value − 60), and 61 is 2 s. A warning below 5 as well: data or FIN that the peer sends later
meets a RST. Silent at 60 and from 90 on, and where the setting could not be read.

Confirm: `sysctl net.ipv4.tcp_fin_timeout`, and `ss -tano state fin-wait-2` shows the time that
is left.
Source: include/net/tcp.h:TCP_TIMEWAIT_LEN; tcp.h:tcp_fin_time;
net/ipv4/tcp_timer.c:tcp_keepalive_timer.
Measured: TIME_WAIT 61.4 to 61.7 s with 1, 5, 60 and 120; FIN_WAIT2 60 s with 60, 2.1 s with 61,
62.5 s with 90.
"""#,
        "fin-wait2-orphans": #"""
This side has closed, the peer has not: many sockets without a program wait in FIN_WAIT2.

After close() the kernel sends FIN and, once that is acknowledged, waits in FIN_WAIT2 for the
peer's FIN. No program holds the socket any more. A peer that never closes (a leak there, see
close-wait-leak; or one that is gone) makes it last tcp_fin_timeout. Its port is taken for that
time, and tcp_tw_reuse does not free it: reuse is for TIME_WAIT only. Sockets that a program
holds after shutdown() are not orphans and have no such timer.

A warning where a tuple has a tenth of its usable ports in orphaned FIN_WAIT2; a notice where
the namespace has 1000 or more. Orphans are told by their missing inode. Silent below, since a
second of it is in every close.

This is the one thing that tcp_fin_timeout is for: its lifetime is the value up to 60, and 2 ×
(value − 60) above.
Confirm: `ss -tanop state fin-wait-2`: orphans show timer:(timewait,…) and no process.
Source: net/ipv4/tcp.c:__tcp_close; tcp_input.c:tcp_rcv_state_process. Measured: 100 ports in
FIN_WAIT2, reuse 1: no new connection.
"""#,
        "last-ack-stuck": #"""
Many sockets wait in LAST_ACK for an acknowledgement that does not come.

The peer closed, this side closed after it, and its FIN is not acknowledged. That takes one
round trip; a crowd in LAST_ACK means that the peers are gone or that something on the way drops
the FIN or its answer: a firewall or a NAT that forgot the connection with the first FIN, a load
balancer that does not wait, a peer that was reset. The socket has no program any more; the
kernel sends the FIN again tcp_orphan_retries times (0 acts as 8) and gives up.

A notice from 100 such sockets on if they are a tenth of those not in TIME_WAIT; a warning from
1000. With an earlier snapshot it is silent where they have fallen to less than half.

They count as orphans (see orphans-near-limit) and hold their ports. Confirm: `ss -tano state
last-ack`: the timer shows (on,…) with a growing number of tries. Source:
net/ipv4/tcp_timer.c:tcp_orphan_retries, tcp_write_timeout.
Measured: 1 try ends after 2.2 s, 2 after 5.1 s, 4 after 9.8 s; with 0 the last FIN went out at
78 s.
"""#,
        "loopback-exhausting": #"""
Connections between two programs of this host use up the local ports.

Both ends are here, so each closed connection leaves a TIME_WAIT on this host whoever closes
first, though only that of the connecting side holds an ephemeral port. By default (tcp_tw_reuse
2, timestamps on) connect() takes such a port again after a second when an address is in 127/8
or is ::1. It does not when a program uses another own address of the host: those packets cross
the loopback device too, but the rule of the kernel looks at the addresses.

Critical at 95 % of the usable ports taken and not reusable, or half of them with less than 60 s
to go; a warning from 45 %. It is silent below, for remote destinations, and where no port is
usable at all (port-range-narrow).

The cure is in the programs: a Unix socket needs no port, a kept connection needs one.
Confirm: `ss -tan state time-wait dst 127.0.0.1 | wc -l`.
Source: net/ipv4/tcp_ipv4.c:tcp_twsk_unique. Measured: 100 ports gave 200 connections in 1.1 s
to 127.0.0.1 and 100 to the host's own other address.
"""#,
        "orphans-near-limit": #"""
Sockets that no program holds any more come near tcp_max_orphans; beyond it, closes become
resets.

An orphan was closed by its program while data or a FIN was still on its way: FIN_WAIT1,
LAST_ACK, CLOSING, and FIN_WAIT2 only for tcp_fin_timeout above 60. TIME_WAIT and other
FIN_WAIT2 are minisockets and do not count. Over the limit, close() sends RST and drops what was
not delivered (TCPAbortOnMemory counts it). Already from half and from a quarter of it on, an
orphan whose peer takes nothing is dropped when its timer fires.

The limit, and the count in sockstat, are of the whole system, not of a namespace. A notice from
25 % on, a warning from 50 %, critical from 95 %. Silent where either number is not to be seen,
as in a container, where the setting does not exist.

Orphans pile up where peers vanish without a word, or stop reading. Confirm: `grep TCP:
/proc/net/sockstat` (orphan), `ss -tanop state fin-wait-1`. Source:
net/ipv4/tcp.c:tcp_check_oom, called by __tcp_close; tcp_timer.c:tcp_out_of_resources.
"""#,
        "port-range-narrow": #"""
The range of local ports is much narrower than the kernel's own, or leaves none.

connect() chooses from ip_local_port_range, less ip_local_reserved_ports, less ports on which
something listens on any local address. The kernel's own range, 32768 to 60999, has 28 232
ports; each source and destination has them anew. Ranges get narrow by copied tuning files, by
reserving too much, and in containers by their runtime.

A notice where fewer than half of 28 232 ports are usable; a warning where a tuple also has a
quarter of them taken and not reusable; critical where none is usable, for then every connect()
that chooses its port fails with EADDRNOTAVAIL. Silent where the range was not read, and where
only demand is high (that is ports-slow).

Confirm: `sysctl net.ipv4.ip_local_port_range net.ipv4.ip_local_reserved_ports`. Explicit bind()
is not affected by either setting; SNAT of a container host has ranges of its own.
Source: net/ipv4/inet_hashtables.c:__inet_hash_connect;
include/net/ip.h:inet_is_local_reserved_port.
Measured: 50 listeners in a range of 100 ports left 50 connections to each destination.
"""#,
        "port-range-overlaps-listener": #"""
A service listens on a port from which connect() may choose: after a restart it may find it
taken.

While the service listens, connect() passes over its port. While it restarts, any outgoing
connection of the host may get the port, and then bind() of the service fails with EADDRINUSE,
with SO_REUSEADDR as well if that connection is open. It happens seldom and never in a test.
ip_local_reserved_ports takes a port out of the automatic choice; explicit bind() still works.

A warning for listeners below 32768, where a range was widened over them; a notice for those
within the kernel's own range. Of these the rule names only ports of the parity that bind() with
port 0 avoids: the others are, more often than not, ports that the kernel chose for programs
that do not care. Reserved ports are fine. Silent where range or reservations were not read.

Confirm: `ss -Htln` against `sysctl net.ipv4.ip_local_port_range
net.ipv4.ip_local_reserved_ports`.
Source: include/net/ip.h:inet_is_local_reserved_port, called from
net/ipv4/inet_hashtables.c:__inet_hash_connect; measured: a reserved port can still be bound
explicitly, and a write replaces the whole list.
"""#,
        "ports-exhausting": #"""
No local port is left for a destination, or none will be within a minute.

connect() needs a local port that no other socket of the same source address, destination
address and destination port holds. When none is left it fails at once with EADDRNOTAVAIL
("Cannot assign requested address"); no packet leaves, and no counter of the kernel counts it.
TIME_WAIT holds a port for 60 s, so N usable ports allow N/60 connections a second to one
destination: 470/s with the default 28 232.

A tuple counts as exhausting with 95 % of its usable ports taken and not reusable, or with half
of them taken and the rest gone within 60 s at the rate of the last seconds. A short burst does
neither. Usable are the ports of ip_local_port_range, less ip_local_reserved_ports, less ports
on which something listens. Silent where tcp_tw_reuse frees the ports in time, where none is
usable at all (port-range-narrow), and for tuples with both ends on this host
(loopback-exhausting).

Confirm: `ss -Htan dst 10.0.0.9:5432 | wc -l` against
`sysctl net.ipv4.ip_local_port_range`.
Source: net/ipv4/inet_hashtables.c:__inet_hash_connect; tcp_ipv4.c:tcp_twsk_unique. Measured:
100 ports gave 100 connections to each destination, and 60 ports 0.98 a second over three
minutes.
"""#,
        "ports-forecast": #"""
A destination's local ports will be half or wholly used up if its traffic goes on as it is now.

TIME_WAIT sockets tell when they were closed, so one snapshot redraws the last minute. The
forecast adds the rate of the last seconds, takes off what comes free 60 s after it was closed
(or after the reuse delay), and adds the growth of open connections between two snapshots where
that is more than chance. Traffic at a steady rate is level after a minute, at rate × 61 ports;
the forecast knows that and is silent where that level fits.

It speaks below the thresholds of ports-slow and ports-exhausting: a warning where ports will
run out, a notice where only the slow half is reached. It is silent below a tenth of the ports,
where a burst of a few seconds looks like a trend, and where the socket table showed no ages.

Confirm: `tcptune audit --interval 10s` now and in a minute. What it cannot see: connections
that the peer closes first, resets, and the day's shape of the traffic.
Source: include/net/tcp.h:TCP_TIMEWAIT_LEN; measured: a port is free again after 61.4 to 61.9 s.
"""#,
        "ports-slow": #"""
Nearly half of a destination's local ports are taken, and connect() becomes slow at half.

connect() tries the ports with the parity of the range's low end first, by default the even
ones, and the others only when all of those are taken. From then on each connect() walks over
the whole first half, under a lock for each port. The time is spent in the kernel of this host,
with no error and no counter.

The rule speaks from 45 % of the usable ports on, taken and not reusable, or when the half that
is tried first is used up; from 95 % on ports-exhausting speaks instead. bind() with port 0 does
the same from the other half, and slows in the same way. Silent for tuples with both ends on
this host (loopback-exhausting).

Confirm: `strace -T -e trace=connect` or `perf top` (the time is in __inet_check_established). A
program can avoid the cliff by setting IP_LOCAL_PORT_RANGE on its socket, on Linux 6.8 and
later: then the search goes port by port.
Measured with 14 000 ports: connect() took 14 µs up to 49 % and about 1000 µs from 50 % on; with
IP_LOCAL_PORT_RANGE 11 to 18 µs at 95 %. Source: net/ipv4/inet_hashtables.c:__inet_hash_connect.
"""#,
        "reuse-disabled": #"""
Ports in TIME_WAIT could be reused, but a setting prevents it.

connect() may take a port in TIME_WAIT again a second after it was closed, if tcp_tw_reuse is 1
(or 2, its default, and an end is a loopback address) and the old connection used timestamps.
Two things go wrong. With tcp_timestamps 0, tcp_tw_reuse does nothing at all, though it is set.
And the default 2 does nothing for other hosts, where ports are scarce.

The rule speaks of timestamps where tcp_tw_reuse is 1 and tcp_timestamps 0: a notice, and a
warning where TIME_WAIT holds a quarter of the ports of some tuple. Of tcp_tw_reuse 0 or 2 it
speaks, as a notice, where TIME_WAIT holds that much towards another host (or, with 0, towards
this one). Otherwise the defaults are right, and it is silent; also where a setting could not be
read.

tcp_tw_reuse does nothing for the accepting side, and nothing for ports in FIN_WAIT2.
Confirm: `sysctl net.ipv4.tcp_tw_reuse net.ipv4.tcp_timestamps`; `nstat -az TcpExtTWRecycled`
grows where reuse works.
Source: net/ipv4/tcp_ipv4.c:tcp_twsk_unique. Measured: 100 ports, reuse 1: 200 connections in
1.1 s with timestamps, 100 without.
"""#,
        "timewait-cap-near": #"""
The sockets in TIME_WAIT come near tcp_max_tw_buckets, or that limit was lowered to be rid of
them.

The limit counts TIME_WAIT and orphaned FIN_WAIT2 of a network namespace. At the limit the new
TIME_WAIT is not made and the connection ends unguarded (see timewait-overflow). By default it
is half the slots of the kernel's table of connections, 131 072 on a host of 24 GB; that many
take 32 to 64 MiB. 0 refuses every TIME_WAIT, -1 none.

A warning from 80 % of the limit on, and where the limit is 0. A myth where a file lowers it to
less than half of the kernel's own value: a low limit neither frees ports sooner nor saves
memory worth naming (512 bytes each), it leaves out what protects the next connection from
segments of the last. The rule is silent while timewait-overflow speaks, and where the setting
could not be read.

Confirm: `grep TCP: /proc/net/sockstat` (tw) against `sysctl net.ipv4.tcp_max_tw_buckets`. A
namespace made while tcp_child_ehash_entries is small gets a small limit by default.
Source: net/ipv4/inet_timewait_sock.c:inet_twsk_alloc; tcp_ipv4.c:tcp_sk_init. Measured:
lowering kills none.
"""#,
        "timewait-overflow": #"""
Connections are closed without their TIME_WAIT, because tcp_max_tw_buckets is reached.

At the limit the kernel evicts nothing: the *new* TIME_WAIT is not made, the socket goes
straight to CLOSE, and TCPTimeWaitOverflow counts one. The connection ends without the minute
that guards it: a lost last ACK is answered with RST, so the peer sees an error on a connection
that ended well; and a connection that waits for the peer's FIN (FIN_WAIT2) vanishes, so data
that the peer still sends meets a RST. Newer kernels write no line to the log.

A warning where the counter grew over the interval. Without an interval, where the counter is
not 0 and nine tenths of the limit are in use. A counter that only stands since some past day is
silent.

Lowering the limit is a known bad advice to "get rid of TIME_WAIT"; it gets rid of the
protection.
Confirm: `nstat -az TcpExtTCPTimeWaitOverflow`, `grep TCP: /proc/net/sockstat` (tw) against
`sysctl net.ipv4.tcp_max_tw_buckets`.
Source: net/ipv4/tcp_minisocks.c:tcp_time_wait; inet_timewait_sock.c:inet_twsk_alloc. Measured:
lowering kills none.
"""#,
    ]
}
