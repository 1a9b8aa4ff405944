// swift-format-ignore-file
// Written by scripts/rule-texts.sh from the comments in Rules/: change those, and run it again.

import Model

/// The documentation comment of each rule, by id.
enum RuleTexts {
    static let byID: [RuleID: String] = [
        .acceptStalled: #"""
Clients wait because the program accepts too few connections; its queue still has room.

A client that has finished the handshake believes that it is connected: it sends its request and
waits until the program calls accept(). The fill level of the queue says little: 2000 clients
that nobody accepts fill half of a backlog of 4096 but 3 % of one of 65 535. Nothing overflows,
so no counter grows. The waiting time matters: the length of the queue divided by the
connections accepted per second. The queue is first in, first out
(`net/ipv4/inet_connection_sock.c:inet_csk_accept`), so a second look shows that rate: a client
of the first look that still waits was not accepted, and if all of them still wait, nobody was.

With an interval of 1 s or more: critical if 10 or more clients wait and none was accepted, or
if a client waits 10 s or longer; a warning from 1 s on; a notice for fewer than 10 clients,
unless listeners with fewer than 10 each have 50 together. If several sockets share a port
(SO_REUSEPORT), the clients of all of them count, and the finding names the program with the
fullest socket: each socket has its own queue, and a program that accepts from another one is
not to blame. With one look, or with a shorter interval without an accept(): a notice from 50
waiting clients on, at one listener or at many with few each; a notice from 10 on if half or
more of the port's sockets are empty, or if nothing shows that anybody was ever accepted; a
warning if 10 or more clients gave up before anybody accepted them (CLOSE_WAIT without a
process). Silent about full queues: `queue-overflowing` reports those.

Confirm: run `ss -ltn` twice: Recv-Q counts the waiting clients.
`timeout 5 strace -f -p PID,PID -e trace=accept,accept4`, with all processes that hold the
socket, shows whether the program accepts.
"""#,
        .addressGone: #"""
Connections use a local address that this host no longer has: they are dead, and their programs
do not know it.

If an address is removed from an interface (a virtual IP moves to another host, a lease ends, a
script replaces a configuration), the kernel leaves the connections on it as they are. It no
longer delivers packets for the address: they go to the host that has the address now. What is
sent from the address gets no answer. A server's socket stays in ESTABLISHED until the server
sends and gives up, after a quarter of an hour, or for ever if it only waits. A connect() in
progress stays in SYN_SENT.

A warning if 10 or more connections have such an address; a notice from 3 on. tcptune asks the
kernel's routing for the addresses, so that local routes count
(`ip route add local 10.0.0.0/8`), and then the interfaces, VRFs included. It leaves out sockets
with IP_TRANSPARENT: their local address never belonged to this host. Silent about link-local
addresses, about more than 128 local addresses, and before Linux 5.10, which does not mark
transparent sockets.

Confirm: `ss -tan src ADDRESS`, and `ip route get ADDRESS`, which says `local` for an address of
this host. Source: net/ipv4/route.c:ip_route_input_slow delivers by the local table;
devinet.c:inet_del_ifa ends no connection. Measured: data sent to a removed address stays
unacknowledged, and the listener's socket stays ESTABLISHED.
"""#,
        .backlogLimited: #"""
A listener's queue fills up because its program's backlog, or somaxconn, keeps it short.

listen() takes the smaller of its argument and `net.core.somaxconn`, once, at the time of the
call (`net/socket.c:__sys_listen`). So a raised somaxconn does not change a socket that already
listens, and does nothing at all for a program that asks for less. The rule says which of the
two is the limit: a backlog below somaxconn comes from the program (or from a smaller somaxconn
when it started), a backlog equal to it from somaxconn. A backlog above it dates from before
somaxconn was lowered and shrinks at the next restart.

The rule reports only listeners whose queue was half full or more with 10 clients or more in it,
or full after overflows were counted, or that had to resend SYN-ACKs while they were: a short
backlog that is never needed costs nothing, and listen(0) is full with its first client. A
longer queue bridges bursts; it does not help a program that is always too slow.

Confirm: `ss -ltn` shows the backlog as Send-Q; compare it with `sysctl net.core.somaxconn`.
Silent if somaxconn cannot be read, if the interval shows that nobody is accepted, and if most
of several sockets on the port (SO_REUSEPORT) are empty: then the backlog limits nothing (see
`accept-stalled`).
"""#,
        .bindBeforeConnect: #"""
A program binds to a source address with port 0 before it connects, and so uses up ports for all
destinations.

bind(address, 0) must choose a port without knowing the destination, so the port must be free
for every destination. connect() alone, or bind() after IP_BIND_ADDRESS_NO_PORT, shares a port
among destinations. Bound ports stay taken through TIME_WAIT: when they run out, bind() fails
with EADDRINUSE and a plain connect() to any other destination finds no port either. The limit
is then per source address, not per destination.

One of two signs is enough. First: bind(0) starts with the parity that connect() tries last.
Nine tenths of a source's ports have that parity although no destination has used up the first
half, or nine tenths of that half are taken (from 32 ports on; below, chance could explain it).
Second: no port is shared by two destinations although connect() would share 20 or more.
connect() takes the ports of each destination in a run that begins anywhere, so runs overlap; the
rule reports if the chance that they do not is below one in a million.

The rule judges the distinct ports of the source over all destinations: a notice; a warning from
45 % of the usable ports; critical from 95 %. Silent if the range was not read, if nothing
proves bind() (bind-ports-exhausting), and if one destination takes the ports and
ports-exhausting says so. If distinct ports were not counted, only the parity of the listed
destinations decides.

Confirm: `strace -f -e trace=bind,connect -p PID` shows bind(…, sin_port=htons(0)) before
connect(). Source: net/ipv4/inet_connection_sock.c:inet_csk_find_open_port ("offset |= 1");
inet_hashtables.c:__inet_hash_connect. Measured: after 100 such connections on 100 ports, 0 to
any other destination; with IP_BIND_ADDRESS_NO_PORT 100 to each; 50 destinations use up 15 000
of 15 000 ports with 300 each.
"""#,
        .bindPortsExhausting: #"""
bind() with port 0 finds no free port at an address, although connect() may still find one.

bind(address, 0), and listen() without bind(), need a port that no other socket of the address
has, whatever its destination and state; TIME_WAIT counts. An FTP server that opens a listener
for each transfer (passive mode), RPC services and test suites ask for such ports. Each transfer
leaves its port in TIME_WAIT for 60 s if the server closes first, so an address can do as many
transfers per minute as it has ports. When none is left, bind() fails at once with EADDRINUSE
("Address already in use"); bind() to 0.0.0.0 fails too, other addresses are free. No counter
shows it.

The rule compares the distinct ports of a source address with the usable ones. If each port has
one connection, each to another port of a peer, and connect() would have shared many of them: a
warning from 45 %, critical from 95 %; the sockets do not show whether the program listens on
port 0 or binds before connect(). If destinations share ports, connect() continues to work, and
only bind() and listen() with port 0 fail: a notice from 95 %. Silent below, if distinct ports
were not counted, if ports-exhausting or loopback-exhausting reports it for one destination, and
if bind() before connect() is proven (bind-before-connect).

Confirm: `python3 -c 'import socket; socket.socket().bind(("10.0.0.5", 0))'`. Source:
net/ipv4/inet_connection_sock.c:inet_csk_find_open_port, inet_csk_bind_conflict. Measured: 100
ports in TIME_WAIT block bind(0.0.0.0, 0) and bind(their address, 0); another address is free.
"""#,
        .boundIdle: #"""
Sockets that are bound, but neither listen nor connect, hold the local ports.

bind() takes a port at once and keeps it until connect(), listen() or close(). No ordinary
listing shows such a socket, and connect() skips its port for every destination, whatever the
address of the socket: when all ports are taken, connect() to anywhere fails with EADDRNOTAVAIL.
bind() with port 0 fails with EADDRINUSE for the address of the sockets, and for every address
if that is 0.0.0.0. It is a leak: a program gives up between bind() and connect() and does not
call close(), or keeps a pool of such sockets.

A warning from 45 % of the ports that reserved ports and listeners leave; critical from 80 %:
every destination lacks them, and no timer frees one, as TIME_WAIT's does. Silent below, if the
range was not read, and if tcptune did not ask for such sockets.

Confirm: `ss -HBtn | wc -l` (iproute2 6.8 and later), or `sockets: used` in /proc/net/sockstat
far above the number of sockets that ss shows. Source:
net/ipv4/inet_hashtables.c:__inet_hash_connect; inet_diag.c:inet_diag_dump_icsk
(BOUND_INACTIVE). Measured: 600 bound sockets on 2000 ports leave 1400 connections.
"""#,
        .clientsRefused: #"""
This host refuses packets from others: its own firewall drops them, or no program listens on the
port.

A service that "cannot be reached" is often refused by the host it runs on: a rule of nftables
or iptables drops or rejects, or the service has ended and each SYN for its port gets a RST. TCP
never sees the first kind, and counts the second only in `OutRsts`. Both show in what is
missing: packets that came in (`Ip.InReceives`) and were neither delivered (`InDelivers`) nor
forwarded, less those that other counters explain; and RSTs beyond those for connections that
this host itself aborted.

Silent at one look: the rule needs an interval. Packets dropped before TCP: a notice from 5 per
second on if they are a tenth of all received, or from 50 per second; a warning from 10 per
second if they are a quarter. RSTs to segments without a connection: a notice from 10 per second
on if they are a twentieth of the connections opened, or from 100 per second, and from 1 per
second if no connection was opened; a warning from 10 per second if they are half. The rule
subtracts this host's own failed connects (`AttemptFails`), since on loopback it refuses those
itself: programs try `::1` first where a service listens on 127.0.0.1. It may be intended: every public host refuses scans, and that is what a firewall is
for. The rule subtracts broadcasts, and multicasts to groups that a program here joined; no
counter separates multicasts to other groups. No counter says which rule, port or peer it is.
Only on routers does the rule report what a forwarding rule drops: since Linux 6.7 a packet
counts as forwarded before the rule. tcptune cannot see a firewall at a network card's hook
(XDP, tc) or one between the hosts.

Confirm: `nft list ruleset` with counters, `nstat IpInReceives IpInDelivers TcpOutRsts`. Source:
net/ipv4/ip_input.c:ip_rcv_core, ip_protocol_deliver_rcu; net/ipv4/tcp_ipv4.c:tcp_v4_send_reset.
Measured: `reject with tcp reset` of nftables does not count in OutRsts.
"""#,
        .closeWaitLeak: #"""
A program does not close connections that its peers have closed.

CLOSE_WAIT means: the peer's FIN has arrived, the kernel has told the program (read() returns
0), and the program has not called close(). The state lasts until it does, however long; no
sysctl shortens it. Keepalive probes end it only if the program asks for them (SO_KEEPALIVE),
and only once the peer's socket is gone: tcp_fin_timeout after the peer's close(). Each such
socket takes a descriptor and, at the connecting end, a port. Descriptors run out first ("Too
many open files").

A warning in each of these cases: 50 or more sockets of one listener or one destination are in
CLOSE_WAIT, and they are a fifth of those not in TIME_WAIT; one program has 50 or more spread
over several; 200 are spread over sockets that are not listed; or 50 of those belong to a known
process, known from a sample or from `--processes`, which counts the sockets of each process.
Fewer are reported if they are all connections of a listener or a destination, as when a
database has closed a whole pool: at two looks, if the sockets of the first are still there, a
notice from 3 on and a warning from 10 on; at one look a notice from 10 on (from 10 on, nine
tenths are enough). With an earlier snapshot the rule is silent if the number has fallen to less than half (a wave,
not a leak), and if none of a destination's oldest sockets in CLOSE_WAIT is left (the program
closes late, but closes). One look cannot tell this. The finding names a program if it has more
than half of the sockets looked at, and lists the programs if many have few each. Connections
that nobody has accepted also wait in CLOSE_WAIT when their client gives up; the program cannot
close them, it must accept them, and the finding says so. If half of them or more have data that
the program has not read, the program has not reached their end either: it hangs or does not
keep up, and has not forgotten close(). The rule counts Multipath TCP sockets if there are any:
a dump of TCP sockets shows only their subflows, as ESTABLISHED.

The finding says for how long, at least, one of up to sixteen sockets has waited: since the last
acknowledgement of its peer (`lastack` in `ss -ti`), for nothing else comes after a FIN.

Confirm: run `ss -tanp state close-wait` twice: a leak shows the same ports again; `ss -Manp`
for MPTCP. Source: net/ipv4/tcp_input.c:tcp_fin; only close(), shutdown() and a reset end the
state (net/ipv4/tcp.c:tcp_close_state).
"""#,
        .conntrackDropping: #"""
Connection tracking drops packets, or deletes entries to make room.

Three counters show why. `drop`: the kernel dropped a packet because it had no entry for it
(table full, no memory), or because two packets made the same entry at once and could not be
merged. `insert_failed`: the kernel could not put an entry into the table, mostly because of two
packets of one flow on two processors, or because a translated port was taken in the meantime;
it is known from DNS over UDP behind NAT, where a query disappears and is repeated after 5 s.
`early_drop`: the table was full, and the kernel deleted an entry that had not seen an answer
(`net/netfilter/nf_conntrack_core.c:__nf_conntrack_confirm`, `early_drop`). A table with room
can drop because ports are missing: SNAT or masquerading gives each connection to one
destination a port of its few source addresses, tries some
(`net/netfilter/nf_nat_core.c:get_unique_tuple`), and takes a used one if all are used;
`insert_failed` and `drop` count this together. A larger table does not help against that.
`clash_resolve` counts settled races of UDP: if it grows too, the failed entries are likely UDP.

Confirm: `conntrack -S`, or `/proc/net/stat/nf_conntrack` (hexadecimal, one line for each
processor). Drops that grow while the table is 90 % full or more are critical; other growth is a
warning; counts since boot are a notice. Silent if nothing is tracked.
"""#,
        .conntrackNearFull: #"""
The connection tracking table is nearly full: the kernel drops packets of new connections next.

Each namespace counts its own entries, but there is one limit, `nf_conntrack_max`, for the host;
the kernel compares it with each count
(`net/netfilter/nf_conntrack_core.c:__nf_conntrack_alloc`). At the limit the kernel deletes an
entry that never saw an answer; if it finds none, it drops the packet:
`nf_conntrack: table full, dropping packet`. Connections in the table continue; new ones fail,
in both directions, on any port. An entry lives longer than the socket: 120 s after a close,
five days for a connection that went silent.

Confirm: `sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max` in that
namespace. A warning from 75 % on; critical from 90 % on, or if the growth of the interval fills
the table within a minute. Silent if no tracking is loaded, if nothing is counted, or if the
limit is 0, which means no limit.
"""#,
        .conntrackTimewaitLonger: #"""
Connection tracking keeps closed connections longer than TCP does, and the table fills up.

Tracking has its own timer for closed connections, 120 s by default
(`net/netfilter/nf_conntrack_proto_tcp.c`, `nf_conntrack_tcp_timeout_time_wait`), while TCP's
TIME_WAIT lasts 60 s, compiled in. So each closed connection keeps its entry for another minute
after both sockets are gone. The two timers are independent: a lower tracking timeout shortens
no TIME_WAIT, it only frees table entries sooner. 60 s loses nothing: tracking lets a new SYN
through an entry in TIME_WAIT and replaces the entry anyway. A change affects entries that
change state from then on, not existing ones (measured).

Confirm: `conntrack -L -p tcp --state TIME_WAIT | wc -l`, and `ss -tn state time-wait | wc -l`.
Silent if the table is less than a quarter full: then the longer timer costs next to nothing.
Silent too if the TIME_WAIT sockets of this namespace account for less than a tenth of the
entries: the table may hold UDP, or what a gateway forwards, and no socket here shows that.
"""#,
        .descriptorsNearLimit: #"""
A process with sockets of interest has nearly used up its open files.

Every socket takes a descriptor. At the soft limit (RLIMIT_NOFILE) socket() and accept() fail
with EMFILE, `Too many open files`. A connection that accept() could not take stays in the
accept queue (measured), so the listener overflows next, and a program that calls accept() again
at once burns a processor. The limit is per process; `fs.file-max` does not cure EMFILE, and
`fs.nr_open` only caps the limit (`fs/file.c:alloc_fd`).

Confirm: compare `ls /proc/PID/fd | wc -l` with `grep 'open files' /proc/PID/limits`. A warning
from 80 % on; critical from 95 % on, or from 40 % on if the growth of the interval fills the
rest within a minute. Silent about processes whose descriptors tcptune may not count (other
users' processes, without root), and about processes without a limit.
"""#,
        .filesNearLimit: #"""
The whole system has nearly used up its open files.

At `fs.file-max` every open(), socket() and accept() of an unprivileged process fails with
ENFILE, `Too many open files in system`, whatever its own limit is
(`fs/file_table.c:alloc_empty_file`); processes with CAP_SYS_ADMIN may continue. The kernel's
default is about a tenth of memory in KiB; systemd raises it to the largest possible number. So
on most hosts only a local setting can be reached, often one copied from an older and smaller
host.

Confirm: `cat /proc/sys/fs/file-nr`: allocated, always 0, limit. A warning from 80 % on;
critical from 95 % on. The limit is one for the host, and tcptune reports it once, for the
host's own namespace. Silent if the limit is far away, or if the table could not be read.
"""#,
        .finTimeoutTrap: #"""
tcp_fin_timeout has a value that does not do what people set it for.

It sets how long a socket stays in FIN_WAIT2 after its program closed it and before the peer
closes: nothing else. TIME_WAIT is 60 s, compiled in, and follows no setting. The default of
tcp_fin_timeout is 60 too, hence the confusion.

A myth for any value from 5 to 59, with the file and line that sets it: it does not shorten
TIME_WAIT, it frees orphaned FIN_WAIT2 sockets sooner, and the finding says how many there are.
A warning for 61 to 89: above 60 the kernel waits for the excess twice, so the lifetime is 2 ×
(value − 60), and 61 gives 2 s. A warning below 5 as well: data or a FIN that the peer sends
later gets a RST. Silent at 60 and from 90 on, and if the setting could not be read.

Confirm: `sysctl net.ipv4.tcp_fin_timeout`; `ss -tano state fin-wait-2` shows the time left.
Source: include/net/tcp.h:TCP_TIMEWAIT_LEN; tcp.h:tcp_fin_time;
net/ipv4/tcp_timer.c:tcp_keepalive_timer. Measured: TIME_WAIT 61.4 to 61.7 s with 1, 5, 60 and
120; FIN_WAIT2 60 s with 60, 2.1 s with 61, 62.5 s with 90.
"""#,
        .finWait1Stuck: #"""
Closed connections cannot deliver their last data: sockets stay in FIN_WAIT1 and CLOSING.

After close() the kernel still sends what is in the send buffer, then a FIN, and waits for the
acknowledgement: in FIN_WAIT1, or in CLOSING if the peer's FIN came first. That takes one round
trip. It lasts if the peer is gone, if something on the path drops what is sent, or if the peer
is there and does not read: its window is closed, and the kernel asks again and again whether it
has opened (zero window probes). Usually no process has the socket open any more, but its buffer
and its port stay in use: such sockets count as orphans (see `orphans-near-limit`).

The rule estimates how long a socket stays there: their number divided by those that leave per
second, which are the closes of the last 10 s that reached TIME_WAIT and the sockets that wait
for peers in FIN_WAIT2. A notice from 50 sockets on that have retransmitted their data or FIN,
or that stay for 10 s and longer by that estimate; a warning from 1000. With an earlier snapshot
the rule is silent if the number has fallen to less than half. Silent about any number of
sockets that pass within seconds.

Confirm: `ss -tano state fin-wait-1`: Send-Q is what the peer has not taken; `timer:(persist,…)`
is a closed window, `timer:(on,…)` a peer that does not answer. Source:
net/ipv4/tcp.c:__tcp_close; tcp_timer.c:tcp_probe_timer, tcp_orphan_retries.
"""#,
        .finWait2Held: #"""
A program has called shutdown() and waits for peers that do not close: its sockets stay in
FIN_WAIT2 without a time limit.

shutdown(SHUT_WR) sends a FIN and keeps the socket: the program still wants to read what the
peer sends. The socket stays in FIN_WAIT2 until the peer closes. tcp_fin_timeout does not end
it: that timer is for sockets without a process (see `fin-wait2-orphans`; measured: 96 s and
longer with a timeout of 5 s). Each such socket takes a descriptor and, at the connecting end, a
port.

A notice if 50 or more sockets of one listener or one destination are open in FIN_WAIT2 and they
are a fifth of those not in TIME_WAIT; a warning from 200 on, or if they grew over the interval.
From 200 sockets on that are spread over more than is listed, one finding for all. With an
earlier snapshot the rule is silent if the number has fallen to less than half. Some protocols
use half-closed connections, a few at a time; silent below, and if sockets without a process
were not counted separately.

Confirm: `ss -tanp state fin-wait-2`: sockets of a program show its name and no timer. Source:
net/ipv4/tcp.c:tcp_shutdown, __tcp_close (only there the kernel sets the timer).
"""#,
        .finWait2Orphans: #"""
This host has closed, the peer has not: many sockets without a program wait in FIN_WAIT2.

After close() the kernel sends a FIN and, once that is acknowledged, waits in FIN_WAIT2 for the
peer's FIN. No program has the socket open any more. If the peer never closes (it leaks
connections, see close-wait-leak, or is gone), the state lasts tcp_fin_timeout. The port is
taken for that time, and tcp_tw_reuse does not free it: reuse is for TIME_WAIT only. Sockets
that a program keeps open after shutdown() are not orphans and have no such timer.

A warning if a destination has a tenth of its usable ports in orphaned FIN_WAIT2; a notice if
the namespace has 1000 or more. Orphans have no inode. Silent below, because every close spends
a second in this state.

This is the one thing that tcp_fin_timeout is for: the lifetime is its value up to 60, and 2 ×
(value − 60) above. Confirm: `ss -tanop state fin-wait-2`: orphans show timer:(timewait,…) and
no process. Source: net/ipv4/tcp.c:__tcp_close; tcp_input.c:tcp_rcv_state_process. Measured: 100
ports in FIN_WAIT2, reuse 1: no new connection.
"""#,
        .kernelUpgradeHelps: #"""
A newer kernel makes a problem of this host cheaper.

The kernel itself has moved some limits that audits find, farther than any setting can: since
6.8 a socket with its own port range searches without the jump at half the ports; since 6.14 the
delay before a port in TIME_WAIT may be reused can be set; since 6.15 the search for a free port
takes no lock for ports in use, which made connect() several times faster with many ports in
use. The rule names the releases that are newer than this one and answer a finding about ports
in the same audit.

Confirm: `uname -r`; distributions take single changes over into older releases, their release
notes say which. Silent if ports are no problem, if the release is not known, and if nothing
newer helps.
"""#,
        .lastAckStuck: #"""
Many sockets wait in LAST_ACK for an acknowledgement that does not come.

The peer closed, this host closed after it, and the peer does not acknowledge this host's FIN.
Normally that takes one round trip; many sockets in LAST_ACK mean that the peers are gone or
that something on the path drops the FIN or its answer: a firewall or a NAT that forgot the
connection with the first FIN, a load balancer that does not wait, a peer that was reset. The
socket has no program any more; the kernel sends the FIN again tcp_orphan_retries times (0 acts
as 8) and gives up.

A notice from 100 such sockets on if they are a tenth of those not in TIME_WAIT; a warning from
1000. With an earlier snapshot the rule is silent if the number has fallen to less than half.

They count as orphans (see orphans-near-limit) and hold their ports. Confirm:
`ss -tano state last-ack`: the timer shows (on,…) with a growing number of tries. Source:
net/ipv4/tcp_timer.c:tcp_orphan_retries, tcp_write_timeout. Measured: 1 try ends after 2.2 s, 2
after 5.1 s, 4 after 9.8 s; with 0 the last FIN went out at 78 s.
"""#,
        .loopbackDown: #"""
The loopback interface is down: nothing on this host reaches 127.0.0.1 or ::1.

Programs on one host talk to each other over `lo`: to a database, a proxy beside them, a local
name server. If `lo` is down, the kernel drops what is sent to 127.0.0.1 without an error, and
connect() waits until its time limit; if `lo` was never up, as in a new network namespace,
connect() fails at once with ENETUNREACH. Traffic to this host's other addresses goes through
`lo` as well, when the host talks to itself. No counter shows it.

Critical if a listener or a connection has a loopback address; a notice if anything listens.
Silent if nothing does, as in a namespace without services.

Confirm: `ip link show lo` says DOWN. Source: net/core/dev.c:dev_open; drivers/net/loopback.c.
Measured: after `ip link set lo down` a SYN to 127.0.0.1 counts as sent (`Ip.OutTransmits`) and
never arrives.
"""#,
        .loopbackExhausting: #"""
Connections between two programs of this host use up the local ports.

Both ends are on this host, so each closed connection leaves a TIME_WAIT here, whoever closes
first; but only the TIME_WAIT of the connecting end holds an ephemeral port. By default
(tcp_tw_reuse 2, timestamps on) connect() reuses such a port after 1 s if an address is in 127/8
or is ::1. It does not if a program uses another address of the host: those packets cross the
loopback device too, but the kernel's rule looks at the addresses.

Critical if 95 % of the usable ports are taken and not reusable, or half of them with less than
60 s left; a warning from 45 %; a notice for half of them after a burst that is over. Silent
below, about remote destinations, and if no port is usable at all (port-range-narrow,
bound-idle).

The remedy is in the programs: a Unix socket needs no port, a connection that stays open needs
one. Confirm: `ss -tan state time-wait dst 127.0.0.1 | wc -l`. Source:
net/ipv4/tcp_ipv4.c:tcp_twsk_unique. Measured: 100 ports gave 200 connections in 1.1 s to
127.0.0.1 and 100 to the host's own other address.
"""#,
        .memoryPressure: #"""
TCP runs short of memory: it drops received data, or the host waits for memory.

`tcp_mem` has three numbers in pages, for all TCP sockets of the host together. From the second
on the kernel enters memory pressure, shrinks windows and refuses larger buffers
(`TCPMemoryPressures`); at the third it drops and resets (`TCPAbortOnMemory`, log line
`TCP: out of memory -- consider tuning tcp_mem`; `net/core/sock.c:__sk_mem_raise_allocated`).
The same counter also counts too many orphans: below the first number and without pressure
orphans are the reason, and orphans-near-limit reports them. Apart from that, a single socket
can run out: `PruneCalled`, `OfoPruned`, `RcvPruned` and `TCPRcvQDrop` count data that the
kernel squeezed or dropped because a receive buffer was full, in rising severity; usually a
program reads slowly (`net/ipv4/tcp_input.c:tcp_prune_queue`).

Confirm: compare `mem` in `/proc/net/sockstat` (pages) with `sysctl net.ipv4.tcp_mem`; see
`/proc/pressure/memory`. tcptune reports what is one for the host once, for the host's own
namespace. Silent about squeezed buffers without an interval: every server that has run for long
has some.
"""#,
        .namespaceDiffers: #"""
A namespace has other values than the host: settings of the host do not apply to it.

Each network namespace has its own `net.ipv4` and most of its own `net.core`; a new one starts
from the kernel's defaults, never from its creator's values (measured; the kernel copies only
`tcp_rmem`, `tcp_wmem` and `tcp_congestion_control` from the host, once, at creation;
`net/ipv4/tcp_ipv4.c:tcp_sk_init`). So a changed somaxconn or port range on the host changes
nothing for a container with its own network.

Confirm: compare `nsenter -t PID -n sysctl KEY` with `sysctl KEY`. The rule reports settings
that were changed on the host while the namespace still has the kernel's default, or whose
default is not known. It leaves alone a namespace that was changed on purpose while the host has
the default, a namespace without a single socket, and everything if tcptune did not look at the
host's own namespace. Silent in the host's own namespace.
"""#,
        .orphansNearLimit: #"""
The sockets without a program come near tcp_max_orphans; above it, the kernel resets connections
instead of closing them.

An orphan was closed by its program while data or a FIN was still on its way: FIN_WAIT1,
LAST_ACK, CLOSING, and FIN_WAIT2 only if tcp_fin_timeout is above 60. TIME_WAIT and other
FIN_WAIT2 sockets are minisockets and do not count. Above the limit, close() sends a RST and
drops what was not delivered (TCPAbortOnMemory counts it). Already from half and from a quarter
of the limit on, the kernel drops an orphan whose peer takes nothing when its timer fires.

The limit, and the count in sockstat, cover the whole system, not a namespace. A notice from 25
% on, a warning from 50 % or while the kernel resets orphans, critical from 95 %. Silent if
either number cannot be read, as in a container, which does not have the setting.

Orphans accumulate if peers vanish without a FIN, or stop reading. Confirm:
`grep TCP: /proc/net/sockstat` (orphan), `ss -tanop state fin-wait-1`. Source:
net/ipv4/tcp.c:tcp_check_oom, called by __tcp_close; tcp_timer.c:tcp_out_of_resources.
"""#,
        .ownRangeExhausting: #"""
A program chooses its local ports from its own range, and that range looks used up.

A program can limit itself: by bind() to ports that it counts through
(`source 10.0.0.1:10000-10999` of HAProxy), or by IP_LOCAL_PORT_RANGE (Linux 6.3 and later).
When its range is used up, connect() or bind() fails with EADDRNOTAVAIL or EADDRINUSE while
ip_local_port_range is nearly free, so no sysctl helps. No dump of sockets shows either kind of
range; it shows a block of consecutive ports without a gap. connect() leaves gaps: it takes
every second port until half of the range is used.

A warning if 64 or more consecutive ports are all in use, inside ip_local_port_range and to one
destination; or outside of it, above 1023, if the block begins and ends at round numbers
(multiples of 50, or 32; the end may be one less). The finding always says "looks": only the
program's configuration says whether the block ends there because the range does. Silent about
blocks outside the range with other ends: a program that takes ports one after another, and has
more of them, looks the same. Silent if connect() has begun with the second half of the range
(ports-slow).

Confirm: the program's configuration; `ss -Htan 'sport >= :10000 and sport <= :10999' | wc -l`.
Source: net/ipv4/inet_connection_sock.c:inet_sk_get_local_port_range;
net/ipv4/inet_hashtables.c:__inet_hash_connect. Measured: with IP_LOCAL_PORT_RANGE 40000 to
40099 the 101st connect() to one destination fails with EADDRNOTAVAIL, on a host with 28 132
free ports.
"""#,
        .pawsRejecting: #"""
The kernel refuses segments with a timestamp older than one seen before: usually NAT in front is
the cause.

PAWS (RFC 7323 §5) refuses a segment whose timestamp is older than the last one of its
connection. Behind NAT, clients with different clocks share an address, and a port that one
client's connection used a moment ago goes to another client. If the old connection is still in
TIME_WAIT on this host, the new client's SYN has an older timestamp: it gets an ACK and no
SYN-ACK, TIME_WAIT starts again at 60 s, and the client waits (`PAWSTimewait`, measured;
`net/ipv4/tcp_minisocks.c:tcp_timewait_state_process`). `PAWSEstab` counts the same on live
connections, `TSEcrRejected` the last ACK of a handshake that echoes an impossible timestamp. A
kernel without `PAWSTimewait` (before about 6.16) counts both kinds in `PAWSEstab`; there, SYNs
over TIME_WAIT are likely if a listener has TIME_WAIT sockets.

Confirm: `nstat -az 'TcpExtPAWS*' TcpExtTSEcrRejected`; look for the peers with most TIME_WAIT
sockets at the listener. A few on live connections are normal (reordered packets): those are a
warning from 1 per second on. Counts since boot are a notice from 100 on. Silent about a counter
that the kernel does not report.
"""#,
        .peersNotReading: #"""
A peer's program does not read: what this host sends stays in this host's own buffers.

A program that hangs leaves what it gets in its receive queue; its window closes, and this host
may send nothing more than a probe (the persist timer), after 0.2, 0.4, 0.8 … s up to 120 s. The
peer's kernel answers each probe, so the connection lives for ever: no counter grows, no segment
is lost, and what the program here writes fills its send buffer, until write() blocks or returns
EAGAIN. Do not confuse it with `TCPWantZeroWindowAdv` and `TCPToZeroWindowAdv`, which count
windows that this host closes.

The rule judges outgoing connections, by destination, at one look: a warning if two or more have
had a closed window for 3 s and they are half of the ESTABLISHED connections there; a notice if
10 or more have. The doublings of the timer show for how long (`tcpi_backoff` of up to eight
sockets of a destination); a window that opens resets them, so the rule does not report a peer
that reads slowly. It does not judge a listener's connections: consumers pause by design. Silent
if the kernel's rows were not read by sock_diag.

Confirm: `ss -tnoi state established`: `timer:(persist,…)` and `backoff:` of 4 or more. Source:
net/ipv4/tcp_timer.c:tcp_probe_timer, net/ipv4/tcp_input.c:tcp_ack_probe. Measured: a peer that
does not read is at `backoff:4` after 6 s.
"""#,
        .peersSilent: #"""
Open connections retransmit and get no answer: their peers are gone, or the path is cut.

A peer that vanishes (a crash, a failover, a firewall or NAT that forgot the connection) sends
no FIN and no RST. The connection stays ESTABLISHED, and the kernel retransmits what is sent on
it, after 0.2, 0.4, 0.8 … s up to 120 s, for as long as `tcp_retries2` allows: with its default
of 15 that is a quarter of an hour (924 s at least). The program sees nothing until then; a pool
hands such connections out, and each request on them hangs. No counter separates it from loss:
the sockets do.

If 10 or more connections of a listener or a destination retransmit and they are half of its
ESTABLISHED connections: a warning; if 20 or more do and they are a fifth: a notice. From 50 in
the namespace, if they are a tenth of ESTABLISHED, a notice as well. For outgoing connections
also a warning if a destination has two or more connections and every one has retransmitted
three times or more: a small pool. Loss on the path makes a few connections retransmit at any
moment, and more if more send; silent below, and if the kernel's rows were not read.

With an interval the rule also judges connections that the kernel gave up in it
(`TCPAbortOnTimeout`, without those that never opened): their programs got ETIMEDOUT, after
tcp_retries2, TCP_USER_TIMEOUT or keepalive. A warning from 10 on, if they are a tenth of those
that were open or opened; a notice from 3 on, under the same condition.

The finding says for how long, at least, one of them has had no answer: the time-outs that are
over, by `tcpi_rto` and `tcpi_backoff` of the sockets that were asked.

`peers-not-reading` reports a peer that is there and has no room.

Confirm: run `ss -tno state established` twice: `timer:(on,…,N)` with a growing N. Source:
net/ipv4/tcp_timer.c:tcp_retransmit_timer, tcp_write_timeout.
"""#,
        .portRangeNarrow: #"""
The range of local ports is much narrower than the kernel's default, or leaves no port.

connect() chooses from ip_local_port_range, without ip_local_reserved_ports and without ports on
which a program listens on any local address. The kernel's default range, 32768 to 60999, has 28
232 ports; each pair of source and destination has all of them. Copied tuning files, too many
reserved ports, and container runtimes make ranges narrow.

A notice if fewer than half of 28 232 ports are usable; a warning if in addition a destination
has a quarter of them taken and not reusable; critical if none is usable, because then every
connect() that chooses its port fails with EADDRNOTAVAIL. Ports that idle bound sockets hold do
not count against the range (bound-idle), nor does what a program leaks (close-wait-leak).
Silent if the range was not read, and if only demand is high (ports-slow reports that).

Confirm: `sysctl net.ipv4.ip_local_port_range net.ipv4.ip_local_reserved_ports`. Neither setting
affects an explicit bind(); SNAT of a container host has its own ranges. Source:
net/ipv4/inet_hashtables.c:__inet_hash_connect; include/net/ip.h:inet_is_local_reserved_port.
Measured: 50 listeners in a range of 100 ports left 50 connections to each destination.
"""#,
        .portRangeOverlapsListener: #"""
A service listens on a port that connect() may choose: after a restart the service may find its
port taken.

While the service listens, connect() skips its port. While it restarts, any outgoing connection
of the host may get the port, and then the service's bind() fails with EADDRINUSE, even with
SO_REUSEADDR if that connection is open. It happens rarely, and never in a test.
ip_local_reserved_ports excludes a port from the automatic choice; explicit bind() still works.

A warning for listeners below 32768, if a range was widened over them; a notice for those within
the kernel's default range. Of the latter the rule names only ports of the parity that bind()
with port 0 avoids: the others are, more often than not, ports that the kernel chose for
programs that do not care. Reserved ports are fine. Silent if the range or the reserved ports
were not read.

Confirm: compare `ss -Htln` with
`sysctl net.ipv4.ip_local_port_range net.ipv4.ip_local_reserved_ports`. Source:
include/net/ip.h:inet_is_local_reserved_port, called from
net/ipv4/inet_hashtables.c:__inet_hash_connect; measured: a program can still bind a reserved
port explicitly, and a write replaces the whole list.
"""#,
        .portsExhausting: #"""
A destination has no local port left, or will have none within a minute.

connect() needs a local port that no other socket with the same source address, destination
address and destination port holds. When none is left, it fails at once with EADDRNOTAVAIL
("Cannot assign requested address"); no packet leaves, and no kernel counter counts it.
TIME_WAIT holds a port for 60 s, so N usable ports allow N/60 connections per second to one
destination: 470/s with the default 28 232.

A destination counts as exhausting if 95 % of its usable ports are taken and not reusable, or if
half of them are taken and the rest will be gone within 60 s at the measured rate: the rate of
the interval, or of the last 5 s without one. The rule makes no forecast for traffic that has
ended. Usable are the ports of ip_local_port_range, without ip_local_reserved_ports and without
ports that listening or bound sockets hold.

With tcp_tw_reuse on, ports in TIME_WAIT count as free only if the peer uses timestamps too: a
live connection shows it, or TWRecycled counts. If more ports are in TIME_WAIT than working
reuse would leave there, they count as taken: critical if TWRecycled is 0, otherwise a warning.
A warning also if 95 % are taken and nothing shows whether they can be reused.

Silent if tcp_tw_reuse frees the ports in time, if no port is usable at all (port-range-narrow,
bound-idle), and about destinations on this host (loopback-exhausting).

Confirm: compare `ss -Htan dst 10.0.0.9:5432 | wc -l` with
`sysctl net.ipv4.ip_local_port_range`. Source: net/ipv4/inet_hashtables.c:__inet_hash_connect;
tcp_ipv4.c:tcp_twsk_unique. Measured: 100 ports gave 100 connections to each destination, and 60
ports gave 0.98 per second over three minutes.
"""#,
        .portsForecast: #"""
A destination will use up half or all of its local ports if its traffic continues at this rate.

TIME_WAIT sockets show when they were closed, so one snapshot reconstructs the last minute. The
forecast adds the rate of the interval (of the last 5 s without one), subtracts ports that
become free 60 s after they were closed (or after the reuse delay), and adds the growth of open
connections between two snapshots if that is more than chance. Traffic at a steady rate levels
off after a minute, at rate × 61 ports; the forecast knows that and is silent if that level
fits.

The rule reports below the thresholds of ports-slow and ports-exhausting: a warning if ports
will run out, a notice if only the slow half will be reached. Silent below a tenth of the ports,
where a burst of a few seconds looks like a trend; if no connection closed in the last two
seconds (the traffic has ended); and if the socket table showed no ages.

Confirm: run `tcptune audit --interval 10s` now and in a minute. The forecast cannot see
connections that the peer closes first, resets, and how the traffic changes over the day.
Source: include/net/tcp.h:TCP_TIMEWAIT_LEN; measured: a port is free again after 61.4 to 61.9 s.
"""#,
        .portsSlow: #"""
Nearly half of a destination's local ports are taken, and connect() becomes slow at half.

connect() first tries the ports with the parity of the range's low end, by default the even
ones, and tries the others only when all of those are taken. From then on each connect()
searches the whole first half, and takes a lock for each port. The kernel of this host spends
that time, without an error and without a counter.

The rule reports from 45 % of the usable ports on, taken and not reusable, or when the half that
connect() tries first is used up; from 95 % on ports-exhausting reports instead. bind() with
port 0 starts from the other half and slows down in the same way. For a burst that is over the
rule says only, as a notice, that connect() is slow until the ports are free again. Silent about
destinations on this host (loopback-exhausting).

Confirm: `strace -T -e trace=connect` or `perf top` (the time is in __inet_check_established). A
program can avoid the slowdown if it sets IP_LOCAL_PORT_RANGE on its socket, on Linux 6.8 and
later: then the search goes port by port. Measured with 14 000 ports: connect() took 14 µs up to
49 % and about 1000 µs from 50 % on; with IP_LOCAL_PORT_RANGE 11 to 18 µs at 95 %. Source:
net/ipv4/inet_hashtables.c:__inet_hash_connect.
"""#,
        .privilegedPortsNearLimit: #"""
The privileged ports that clients choose from run out: for NFS mounts, rsh and rlogin, rpc.

Some servers trust only connections from a port below 1024, and their clients choose such a port
themselves: the kernel's NFS client from 665 to 1023 (sunrpc.min_resvport, max_resvport),
glibc's bindresvport(3) from 600 to 1023 and then from 512, rresvport(3) from 1023 down to 512.
Each port is taken for all destinations, and TIME_WAIT holds it for 60 s. When none is left,
mount fails ("Cannot assign requested address", or EADDRINUSE), and bindresvport() fails with
EADDRINUSE.

The rule judges the distinct local ports from 512 to 1023 of a source address, without those of
listeners. A warning from 70 % of the 359 that an NFS client has; critical from 95 % of the 512,
or of the 359 if connections to port 2049 or 111 show that it is an NFS client. Silent below,
and if ports were not counted.

Confirm: `ss -Htan 'sport >= :512 and sport < :1024' | wc -l`. Source:
net/sunrpc/xprtsock.c:xs_get_random_port, include/linux/sunrpc/xprtsock.h (RPC_DEF_MIN_RESVPORT
665); glibc sunrpc/bindrsvprt.c (STARTPORT 600, LOWPORT 512), inet/rcmd.c:rresvport_af.
"""#,
        .queueOverflowing: #"""
A listener's accept queue is full, or overflowed during the audit.

A connection that has finished its handshake waits in its listener's accept queue until the
program calls accept(). The queue takes one more than its backlog, which is the smaller of
listen()'s argument and `net.core.somaxconn` at that time. Once it is full, the kernel silently
drops new SYNs, so the client hangs in SYN_SENT and tries again after 1, 2, 3, 4, 5, 7, 11 … s
(before Linux 6.5: 1, 3, 7 … s); it also drops the last ACK of a handshake in progress, so the
client believes that it is connected while the server resends its SYN-ACK (with
`tcp_abort_on_overflow` it sends a RST). Each drop counts in `ListenOverflows` and `ListenDrops`
(`net/ipv4/tcp_input.c:tcp_conn_request`, `net/ipv4/tcp_ipv4.c:tcp_v4_syn_recv_sock`).

A listener's `sk_drops` counts how many of them it dropped itself since listen(): the finding
names the listener and that number if the kernel reports it. `sk_drops` also counts drops for
other reasons (a full SYN queue with cookies off, no memory), so the rule reports only if
`ListenOverflows` counted too.

Critical if the queue of a listener is full and it drops clients in the interval; if nobody is
accepted in the interval and 10 or more clients wait, or the full queue has dropped some; if one
look finds it full with 10 or more clients, or with drops since listen(). A warning if 10 or
more clients wait and one place is left, or nobody was dropped in the interval. A notice with
fewer clients and no drops, because listen(0) is full with its first client. After a burst that
is over: critical from five drops per second on, else a warning.

Confirm: in `ss -ltn`, Recv-Q above Send-Q is a full queue; `nstat -az TcpExtListenOverflows`
must grow. Two looks show most: `tcptune audit --interval 2s`. With one look the counter says
only that an overflow happened at some time since boot, which is no more than a notice. Silent
if no queue is full and the counter does not grow.
"""#,
        .rfc1337: #"""
`tcp_rfc1337` is set: TIME_WAIT ignores resets, and clients that meet it are stuck.

RFC 1337 describes how a RST that meets TIME_WAIT ends it early. With 1 the kernel ignores such
a RST; with 0, the default, a RST with exactly the expected sequence number ends TIME_WAIT
(`net/ipv4/tcp_minisocks.c:tcp_timewait_state_process`). The kernel's documentation states the
opposite. Hardening guides set it as a protection. It has a price: a client that reuses the same
port while this host has it in TIME_WAIT may get an ACK for its SYN (old timestamp, or none and
a lower sequence number). It answers with a RST, which should end the TIME_WAIT, and sends its
SYN again 10 ms later (measured). With 1 the kernel ignores the RST, and the client waits until
TIME_WAIT ends.

Confirm: `sysctl net.ipv4.tcp_rfc1337`. A value other than 0 acts like 1. In most places a myth,
also if only a file sets it and boot has not applied it yet; a warning if listeners have many
TIME_WAIT sockets and timestamps are off. Silent if it is 0 or could not be read.
"""#,
        .readStalled: #"""
A program accepts connections but does not read what its peers send on them.

A client with an accepted connection sends its request and waits. If the program never reads (a
deadlock, all threads busy, an event loop that hangs), the request stays in the receive queue,
the window closes, and no counter grows: the accept queue is empty, no segment is lost. The same
is true for answers that a client program does not read.

With an interval of 1 s or more the rule compares the connections that had unread data at the
first look with the second. If 10 or more have exactly as many bytes unread, and they are four
fifths of those that had some, and half of the listener's connections: critical. A warning if
they are fewer than half but 50 or more, a notice if they are fewer. A notice from 3 on if they
are all connections of a listener, as of a process that was stopped (SIGSTOP). A notice too if 20 or more
have as many unread bytes or more and none has fewer: the program reads more slowly than its
peers send. With one look, a notice if 50 or more have unread data and they are half of the
ESTABLISHED connections: a burst looks the same. For outgoing connections the same, by
destination, but never more than a warning: a program may leave an answer unread by design, like
a consumer that pauses. A notice if this host has sent nothing on those looked at and has 1 KiB
or less on each: nobody waits for the answers (a server said `408 Request Timeout` on idle
connections). Silent if the kernel's rows were not read.

Confirm: run `ss -tn state established` twice: Recv-Q of the same rows does not shrink. A stack
of each thread of the program shows what it waits for. Source:
net/ipv4/tcp_diag.c:tcp_diag_get_info (rcv_nxt - copied_seq).
"""#,
        .resetsHigh: #"""
Many connections end by a reset instead of a close.

`EstabResets` counts connections that went from ESTABLISHED or CLOSE_WAIT straight to CLOSE: by
a RST from the peer, by a RST of this host, or because the kernel gave up; on loopback both ends
count (`net/ipv4/tcp.c:tcp_set_state`). A reset discards data in transit in both directions.
Some programs do it on purpose (SO_LINGER 0, health checks). Otherwise the `TCPAbort…` counters
show the part of this host: `OnClose`, close() with unread data; `OnData`, SO_LINGER 0 or data
after close(); `OnTimeout`, the peer fell silent; `OnMemory`, too many orphans or no memory. The
rest came from peers: crashed programs, or idle timeouts of load balancers and NAT that are
shorter than those of the programs.

Confirm: `nstat -az TcpEstabResets 'TcpExtTCPAbort*' TcpOutRsts`;
`tcpdump 'tcp[tcpflags] & tcp-rst != 0'`. The rule compares resets with the connections opened
and accepted in the same time; if more ended than were opened, those open at the first look
count too: a pool that loses all its connections. Silent below a tenth of them, and for a
handful; without an interval silent below a thousand, and then a notice at most. A notice also
if the resets look intended: if each connection brought no more segments than SYN, ACK and RST,
so that they carried no data (load balancer checks, scans), or if nine in ten are this host's
own SO_LINGER 0. Silent if a load balancer checks the service beside the traffic: if this host
opened no connections and sent no RSTs, and as many connections carried no data as were reset
(`InSegs` less `TCPPureAcks`, `TCPHPAcks` and two for each connection). Requests on keep-alive
connections hide that sum: then a notice at most.

If this host sent as many RSTs (`OutRsts`) as connections were reset and no `TCPAbort…` counter
grew, the resets are its own: a closed listener resets the clients that wait in its queue
(`net/ipv4/inet_connection_sock.c:inet_csk_listen_stop`), and so does `ss -K` to connections.

A refused connect() ends by a reset too, before a connection exists: nothing listens on the
port. `AttemptFails` counts it, and also counts connects that an ICMP message ends (no route,
filtered) and clients' own resets during the handshake, which `EmbryonicRsts` counts as well.
The rule reports it from 20 on if more than one in ten connects fail at once, not counting as
many failures as this host sent IPv6 packets, up to half of the connects: half of them fail if
each connect tries IPv6 first and the service has only IPv4. A warning if more than six in ten
fail, or if ten connects were made and nine in ten fail. If all fail, two are a notice.
"""#,
        .retransmitting: #"""
This host retransmits a large share of the segments it sends.

The kernel sends a segment again if its acknowledgement does not come: the segment was lost on
the path, the answer was lost, or it only came late. Each loss slows the sender down (CUBIC by
30 %), and a loss at the end of a request costs 200 ms or more, so a small share shows first in
the slowest requests. `RetransSegs` counts resent SYNs and SYN-ACKs as well; the rule subtracts
those (`TCPSynRetrans`), because they mean something else (`syn-retransmitting`,
`queue-overflowing`). `OutSegs` does not contain resent segments
(`net/ipv4/tcp_output.c:__tcp_transmit_skb`, `__tcp_retransmit_skb`). `TCPTimeouts` counts those
that waited for the timer: the expensive ones.

Confirm: run `nstat TcpRetransSegs TcpOutSegs` twice; `ss -ti` shows `retrans:` for each
connection. Silent below 1.5 %, and if the host sent too few segments for a share: fewer than a
thousand, unless 20 or more were resent in an interval and they are a tenth or more, and no more
than were sent once. Since boot: a notice at most.
"""#,
        .reuseDisabled: #"""
connect() could reuse ports in TIME_WAIT, but a setting prevents it.

connect() may reuse a port in TIME_WAIT 1 s after it was closed, if tcp_tw_reuse is 1 (or 2, its
default, and one of the addresses is a loopback address) and the old connection used timestamps.
Three things go wrong. With tcp_timestamps 0, tcp_tw_reuse does nothing at all, although it is
set. The default 2 does nothing for other hosts, where ports are scarce. And if the peer uses no
timestamps, tcp_tw_reuse does nothing, whatever is set on this host.

The rule reports timestamps if tcp_tw_reuse is 1 and tcp_timestamps is 0: a notice, and a
warning if a quarter of the ports of some destination are in TIME_WAIT. It reports tcp_tw_reuse
0 or 2, as a notice, if that many ports towards another host (or, with 0, towards this one) are
in TIME_WAIT. A warning if it is 1, that many ports are in TIME_WAIT, and a live connection
shows that the peer uses no timestamps, or TWRecycled is 0 although more ports are in TIME_WAIT
than working reuse leaves. Otherwise the defaults are right, and the rule is silent; also if a
setting could not be read.

tcp_tw_reuse does nothing for the accepting end, and nothing for ports in FIN_WAIT2. Confirm:
`sysctl net.ipv4.tcp_tw_reuse net.ipv4.tcp_timestamps`; `nstat -az TcpExtTWRecycled` grows if
reuse works. Source: net/ipv4/tcp_ipv4.c:tcp_twsk_unique. Measured: 100 ports, reuse 1: 200
connections in 1.1 s with timestamps, 100 without.
"""#,
        .segmentsDropped: #"""
This host drops segments, packets or connects, and a counter that no other rule judges grows.

The kernel counts what it drops, by reason: a route back that leads elsewhere (rp_filter), a
wrong checksum, a missing signature, a TTL below what a program demands, no route, no room. To
the peer all of them look alike: no answer. This rule judges each counter that means a drop by
how fast it grows; the counters of queues, memory, tracking and timestamps have their own rules
(queue-overflowing, syn-queue-full, memory-pressure, conntrack-dropping, paws-rejecting). It
also reports what listeners drop without a counter that explains it: a socket filter (BPF), an
IPsec policy.

The rule needs an interval, because every host that has run for long has dropped something: a
notice from two counts on, or from one or ten per second if a few are usual; a warning from 1
per second on if a healthy host counts none, from 10 per second if a few are usual. Drops that
may be intended, or are seldom a fault, are never more than a notice. Silent at one look, and
about counters that this kernel does not report. tcptune does not read what a network card or a
packet queue drops: see `ip -s link`.

Confirm: run `nstat` twice: the counter that the finding names grows. `tcptune explain COUNTER`
says where the kernel raises it. Source: net/ipv4/proc.c (snmp4_net_list,
snmp4_ipextstats_list), net/ipv6/proc.c.
"""#,
        .selfConnected: #"""
A socket is connected to itself: connect() to a local port without a listener met its own SYN.

connect() to a port of this host takes a local port from `ip_local_port_range`. If nothing
listens on the destination's port and that port is in the range, sooner or later the kernel
chooses it as the source as well: the SYN arrives at the socket that sent it, and by
simultaneous open (RFC 9293 §3.5) the socket is connected to itself. The program believes that
the server is there, and reads what it wrote. The server cannot start: bind() fails with
EADDRINUSE as long as the connection is open.

A warning for each such address and port; it happens if a client tries again and again while its
server is down. Silent if tcptune found none, or did not look for it.

Confirm: `ss -tnp state established`: Local and Peer are the same. Source:
net/ipv4/tcp_input.c:tcp_rcv_synsent_state_process (SYN without ACK).
"""#,
        .settingDrifted: #"""
A setting is not what tcptune applied, or not what boot will set: somebody changed it since, or
the next reboot changes the host.

Somebody wrote the value by hand, or a program did (a container engine, tuned, a driver), and
the files under /etc/sysctl.d say another. It may be a test that nobody ended, or the fix for an
outage that the next reboot reverts. The rule compares the two as the kernel stores them: `0x10`
and `16` are the same, so are `4096 87380` with tabs or blanks; if a line has fewer numbers than
the setting, only those are compared; values that the kernel rounds (milliseconds to its tick,
table sizes to a power of two) may differ by that much.

What `tcptune apply` set is read from `/run/tcptune/status.json`, in the network namespace in
which it was applied.

Confirm: compare `sysctl KEY` with the line that wins; `tcptune status --drift`. Silent about
boot if no file names the key, if tuned's active profile, ufw or the kernel's command line sets
the value, if the kernel refuses the line (see `setting-misread`), and in namespaces other than
the host's, to which boot-time files do not apply.
"""#,
        .settingHarmful: #"""
A setting makes every connection slower, weaker or shorter-lived than necessary.

Such settings help nobody and are set all the same: by a guide, by a test that nobody ended, or
by mistake. The rule judges each by its consequence, with the figures that follow from the
value: SACK or window scaling off, buffers that autotuning cannot raise, so few retries that a
short outage ends connections, an accept queue cut for all programs, memory limits beyond the
memory of the host. A warning if connections suffer under ordinary loss or load; a notice if it
takes more than that, or if the setting wastes something.

The rule judges what is set now first; a line that boot, tuned or ufw will set counts as well.

Confirm: `sysctl KEY`. Silent at the default of every kernel from 5.10 to 7.3, if a setting
could not be read, and about settings that have their own rule: tcp_syncookies=0
(`syncookies-off`), tcp_fin_timeout, tcp_max_tw_buckets, tcp_rfc1337, the port range.
"""#,
        .settingMisread: #"""
The kernel reads a line of a boot-time file in another way than its author meant, or refuses it.

The programs that read these files pass the text on unchanged; the kernel parses it
(`kernel/sysctl.c:proc_get_long`). A leading zero makes a number octal: `010` is 8. The kernel
refuses `08`, `60s`, `16M`, `1,2`, quotes and an empty value with EINVAL, and the old value
stays. A line may give fewer numbers than the setting has: the others stay. The kernel ignores
what follows the last number: `72 # x` stores 72, which works, but it refuses `4096 131072 # x`
for three numbers, after it has stored the first two. All measured on 6.18. In these files
comments need their own line. The kernel refuses a congestion control or queueing discipline
with ENOENT if it has it neither loaded nor as a module. A refused line leaves what was written
before: `sysctl --system` writes every line, so that is an earlier line of the same key;
systemd-sysctl writes only the last line, so that is the kernel's own value.

Confirm: `sysctl -w KEY="TEXT"; sysctl KEY`, in `unshare -rn` so that the host does not change.
Silent about hexadecimal numbers, and about keys whose form is not known. Ignored text is a
notice, the rest a myth. Silent in namespaces other than the host's.
"""#,
        .settingRemoved: #"""
A boot-time file sets something that the kernel no longer has, or no longer reads.

At boot one program skips the line with a warning, the other silently, so it does nothing, and
readers of the file believe that it does. The one that matters is `net.ipv4.tcp_tw_recycle`,
which guides still recommend: Linux 4.12 removed it, because it refused clients behind NAT at
random. It kept one timestamp for each peer address and dropped SYNs older than that, and
clients that share an address share no clock. On a kernel that still has it and has it on,
connections are failing now. Other keys still exist as files that nothing reads
(`tcp_low_latency`, `tcp_fack`), or were never in mainline (`tcp_tw_timeout`).

Confirm: `ls /proc/sys/net/ipv4/tcp_tw_recycle`, and
`grep -rn tw_recycle /etc/sysctl.conf /etc/sysctl.d`. Silent in namespaces other than the
host's: boot-time files do not apply to them. Also silent if tcptune looked at a kernel whose
release is not known; the rule judges boot-time files without a kernel, like a configuration in
a repository, by the current release.
"""#,
        .settingShadowed: #"""
A line of a boot-time file loses to another line, or the two programs at boot disagree.

All files of the sysctl.d directories are sorted by their name, whatever directory they are in,
and the last line that names a key wins: `/usr/lib/sysctl.d/90-b.conf` beats
`/etc/sysctl.d/10-a.conf`. A file of the same name in a higher directory hides the whole lower
one. And there are two programs: systemd-sysctl at boot does not read `/etc/sysctl.conf` unless
a link leads there, while `sysctl --system`, run by hand, reads it last, so it beats everything
(measured). Then the host changes with the next reboot, or with the next `sysctl --system`.

Confirm: `systemd-analyze cat-config sysctl.d | grep -n KEY`, and
`grep -n KEY /etc/sysctl.conf`. Silent if both lines say the same, and if another line overrules
a line of the distribution (below /usr/lib or /lib): that is what /etc is for. Silent in
namespaces other than the host's.
"""#,
        .settingUnknown: #"""
A boot-time file sets a key that this kernel does not have: the line does nothing.

At boot the programs skip such a line: systemd-sysctl prints a warning into a log that nobody
reads, `sysctl --system` says nothing, and both end without an error. Frequent reasons: a name
that guides copy from one another and that no current kernel has (`tcp_westwood`,
`hot_list_length`), a socket option taken for a setting (`tcp_nodelay`), a name from BSD,
swapped letters, `net.core/somaxconn`, where the first separator decides and the other one
becomes part of the name; a missing `net.ipv4.`; a missing `=`; a byte-order mark that an editor
wrote before the first key. Keys of modules (connection tracking, br_netfilter) exist only while
the module is loaded. That is later than boot sets them, unless modules-load.d loads it first.

The file system decides: a key whose file exists under /proc/sys is never unknown. If tcptune
cannot ask it (a captured tree without it; a container, which does not show settings of the
whole host), the rule names a key only if no Linux from 5.10 to 7.3 has it. It suggests only
settings that this kernel has.

Confirm: `ls /proc/sys/net/ipv4/NAME`, or `journalctl -b -u systemd-sysctl`. Silent about keys
of interfaces that may appear later, and in namespaces other than the host's, to which boot-time
files do not apply.
"""#,
        .synCookiesSent: #"""
The kernel answers SYNs with cookies: a SYN queue is full, or tcp_syncookies = 2 always sends
them.

A cookie puts the connection's parameters into the sequence number, so that the kernel needs to
store nothing until the last ACK comes. It works, at a price: without timestamps a connection
made with a cookie has no window scaling and no SACK, and the server never repeats a lost last
ACK (`net/ipv4/syncookies.c:cookie_v4_check`). The share of cookies that come back valid tells a
flood from real clients: `SyncookiesRecv` close to `SyncookiesSent` means that the backlog is
too small for real clients; far below it, the senders never answer. With `tcp_syncookies = 2`
the kernel always sends cookies, and no SYN_RECV row ever exists: then the rule reports only if
100 or more cookies were sent in the interval and less than half of them came back.

Confirm: `nstat -az 'TcpExtSyncookies*'`, and the kernel's log: it says
`Possible SYN flooding on port` once for each listener. Silent if the counter does not grow;
with one look, cookies sent since boot are only a notice.
"""#,
        .synQueueFull: #"""
Half-open connections fill a listener's SYN queue, so the kernel answers further SYNs with
cookies or drops them.

Each listening socket can have as many half-open connections (SYN_RECV) as its accept backlog,
and one more. `tcp_max_syn_backlog` is not that limit: it matters only with
`tcp_syncookies = 0`, when the kernel drops SYNs of unproven peers once less than a quarter of
it is free: with 16, from the 14th on. If that comes first, the rule judges by it, and only
`ListenDrops` counts what it drops. At the limit the kernel sends cookies
(`TCPReqQFullDoCookies`) or, with cookies off, drops the SYN (`TCPReqQFullDrop`)
(`net/ipv4/tcp_input.c:tcp_conn_request`, `tcp_syn_flood_action`). The queue fills because of a
flood of SYNs whose senders never answer, because answers get lost, or because the accept queue
behind it is full, so that finished handshakes cannot leave (see `queue-overflowing`).

Confirm: compare `ss -tn state syn-recv | wc -l` with Send-Q of `ss -ltn`;
`nstat -az 'TcpExtTCPReqQFull*'`. With `tcp_syncookies = 2` there are never such rows, and
`TCPReqQFullDoCookies` counts every SYN on a healthy host: the rule ignores it there. Rows of
TCP_DEFER_ACCEPT (nginx: `listen … deferred`) are clients that are connected and have sent
nothing yet. `TCPDeferAcceptDrop`, and SYN-ACKs that are not resent, show them; they are a
notice as long as the queue is not really full. Counts since boot alone are a notice.

The rule also reports handshakes that do not end, below the limit: if 50 or more half-open
connections had their SYN-ACK resent, and they are most of the half-open ones and a tenth as
many as the established ones. A path that loses one direction locks clients out long before a
queue is full. A notice at one look, a warning if it was so at the earlier one. A warning too if
10 or more are half open at both looks and not one handshake ended between them: SYN-ACKs that a
filter of this host blocks do not count as resent. Otherwise silent below three quarters of the
limit if the counters do not grow.
"""#,
        .synRetransmitting: #"""
Connections that this host opens get no answer, and it resends its SYNs.

connect() sends a SYN and waits in SYN_SENT. Without an answer the kernel repeats it, after 1, 2,
3, 4, 5, 7, 11 … s (before Linux 6.5: 1, 3, 7 … s), as often as `tcp_syn_retries` says: with 6,
the default, it gives up with ETIMEDOUT after two minutes (measured: 131 to 136 s). No answer means that a firewall drops, that the
address does not exist, or that the peer's accept or SYN queue is full: a full queue drops
silently. A closed port is another case, it answers with a RST at once. `TCPSynRetrans` counts
resent SYN-ACKs as well (`net/ipv4/tcp_output.c:tcp_rtx_synack`), so the rule reports only if it
sees sockets in SYN_SENT beside it, or if no listener has resent SYN-ACKs.

Confirm: `ss -tno state syn-sent` (the last number of `timer:` counts repetitions),
`nstat -az TcpExtTCPSynRetrans`. For each destination only connects that have resent their SYN
count: a long path to the peer is no failure, however many handshakes are in progress. With an
interval: critical if none got further and at least 3 connects or a tenth of the outgoing
connections wait, otherwise a warning; also if no SYN was due in it, but both looks met such a
connect. More than 5 destinations with a connect or two each are one finding. Programs that give up within a second resend no SYN: if fewer
segments arrived than connections were opened, the difference got no answer at all; 10 such
connects are a warning, and if nothing arrived 2 are a notice. Other traffic hides that
difference: then a notice if all sockets to a destination, 3 or more, were in SYN_SENT at both
looks and fewer connects failed at once. With one look a notice if none
got further, or if many have resent their SYN, to one destination or to many; and if two or more
connects in progress are the only connections. Silent otherwise.

Two looks show whether a filter of this host is the cause: packets of its own that IP got and
that did not leave (`Ip.OutRequests` less `OutTransmits`, since Linux 6.7), or packets that came
in and were not delivered. They also show a destination that answers without a SYN-ACK: this host
sends a RST for each resent SYN, because the peer still has an old connection of the same port.
"""#,
        .syncookiesOff: #"""
SYN cookies are off while others reach a listener: a small SYN flood locks clients out.

With `tcp_syncookies = 0` a listener with a full SYN queue drops every further SYN
(`TCPReqQFullDrop`). Long before that, the kernel drops SYNs of peers it has not spoken with,
once less than a quarter of `tcp_max_syn_backlog` is free (only `ListenDrops` counts those;
measured: with 16, it refuses the 14th half-open connection). With 1, the default, nothing
differs until the queue is full; then cookies answer (`net/ipv4/tcp_input.c:tcp_conn_request`,
`tcp_syn_flood_action`). Cookies used to be called slow, or were said to break options; today
timestamps carry the options.

Confirm: `sysctl net.ipv4.tcp_syncookies`. Silent if nothing listens on an address that others
reach, and if the setting could not be read.
"""#,
        .timewaitCapNear: #"""
The sockets in TIME_WAIT come near tcp_max_tw_buckets, or somebody lowered that limit to get rid
of them.

The limit counts TIME_WAIT and orphaned FIN_WAIT2 sockets of a network namespace. At the limit
the kernel does not create the new TIME_WAIT, and the connection ends unprotected (see
timewait-overflow). By default it is half the slots of the kernel's connection table, 131 072 on
a host with 24 GB; that many take 32 to 64 MiB. 0 refuses every TIME_WAIT, -1 refuses none.

A warning from 80 % of the limit on, and if the limit is 0. A myth if the limit is lowered to
less than half of the kernel's default, now or by what boot will set: a low limit neither frees
ports sooner nor saves memory worth mentioning (256 to 512 bytes each); it removes what protects the
next connection from segments of the last. Silent while timewait-overflow reports, and if the
setting could not be read.

Confirm: compare `grep TCP: /proc/net/sockstat` (tw) with `sysctl net.ipv4.tcp_max_tw_buckets`.
A namespace created while tcp_child_ehash_entries is small has a small limit by default. Source:
net/ipv4/inet_timewait_sock.c:inet_twsk_alloc; tcp_ipv4.c:tcp_sk_init. Measured: a lower limit
kills no existing TIME_WAIT.
"""#,
        .timewaitOverflow: #"""
Connections end without their TIME_WAIT, because tcp_max_tw_buckets is reached.

At the limit the kernel evicts nothing: it does not create the *new* TIME_WAIT, the socket goes
straight to CLOSE, and TCPTimeWaitOverflow counts one. The connection ends without the minute
that protects it: the kernel answers a repeated FIN after a lost last ACK with a RST, so the
peer sees an error on a connection that ended well; and a connection that waits for the peer's
FIN (FIN_WAIT2) disappears, so data that the peer still sends gets a RST. Newer kernels write no
line to the log.

A warning if the counter grew over the interval; without an interval, if the counter is not 0
and nine tenths of the limit are in use. Silent about a counter that has not grown since some
past day. While it counts, rates derived from TIME_WAIT are lower bounds, and the report says
"at least".

Lowering the limit is common but bad advice to "get rid of TIME_WAIT"; it gets rid of the
protection. Confirm: `nstat -az TcpExtTCPTimeWaitOverflow`; compare
`grep TCP: /proc/net/sockstat` (tw) with `sysctl net.ipv4.tcp_max_tw_buckets`. Source:
net/ipv4/tcp_minisocks.c:tcp_time_wait; inet_timewait_sock.c:inet_twsk_alloc. Measured: a lower
limit kills no existing TIME_WAIT.
"""#,
        .unixQueueOverflowing: #"""
A Unix socket's accept queue is full or does not move: connect() fails with EAGAIN, or waits.

Proxies reach their backends over Unix sockets: nginx to php-fpm, gunicorn, uWSGI, puma. Such a
listener has an accept queue like a TCP listener: the smaller of listen()'s argument and
`net.core.somaxconn`, and one more (`net/unix/af_unix.c:unix_recvq_full`). If it is full,
connect() waits; on a non-blocking socket, as proxies use, it fails at once with EAGAIN:
`connect() to unix:/run/php-fpm.sock failed (11: Resource temporarily unavailable)`
(`unix_stream_connect`). No counter counts it.

Critical if a queue is full with 10 clients or more; a warning if it is full with 5 or more
(listen(5) is a common choice), if it is nine tenths full with 10 or more, and if 10 or more
wait at both looks of an interval of 1 s or longer and no fewer at the second; a notice if 50 or
more wait at one look, and if a queue with fewer than 5 is full: listen(0) is full with its
first client. Silent if tcptune could not ask the kernel for Unix sockets (CONFIG_UNIX_DIAG).

Confirm: `ss -xl`: Recv-Q counts the waiting clients, Send-Q is the backlog.
"""#,
    ]
}
