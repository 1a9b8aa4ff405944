// swift-format-ignore-file
// Written by scripts/rule-texts.sh from the comments in Rules/: change those, and run it again.

/// The documentation comment of each rule, by id.
enum RuleTexts {
    static let byID: [String: String] = [
        "accept-stalled": #"""
Clients wait to be accepted: the program accepts nobody, or too slowly, though its queue has room.

A client whose handshake is over believes that it is connected, sends its request and waits,
until the program calls accept(). How full the queue is says little: 2000 clients that nobody
accepts are half of a backlog of 4096 and 3 % of one of 65 535, and nothing overflows, so no
counter counts. What counts is how long a client waits: the queue divided by the connections
accepted per second. The queue is first in, first out
(`net/ipv4/inet_connection_sock.c:inet_csk_accept`), so a second look tells that rate: who of
the first look still waits was not accepted, and where all of them wait nobody was.

With an interval of a second or more: critical where 10 or more wait and none was accepted, or
where a client waits 10 s or longer; a warning from 1 s on; fewer than 10 clients are a notice,
unless listeners with fewer each have 50 together. Where several sockets share a port
(SO_REUSEPORT) the clients of all of them count, and the program named is the one that holds the
fullest socket: each has a queue of its own, and who accepts from another is not to blame.
With one look, or a shorter interval without an accept(): a notice from 50 waiting clients on,
of one listener or of many with few each; from 10 where half of the port's sockets or more are
empty, or where nothing shows that anybody was ever accepted; a warning where 10 or more clients
have given up before anybody accepted them (CLOSE_WAIT without a process). Silent about full
queues: `queue-overflowing` speaks of those.

Confirm: `ss -ltn` twice: Recv-Q is the clients that wait. `timeout 5 strace -f -p PID -e
trace=accept,accept4` shows whether the program accepts.
"""#,
        "address-gone": #"""
Connections have a local address that this host no longer has: they are dead, and nobody tells their programs.

When an address is taken from an interface (a virtual IP moves to another host, a lease ends, a
script replaces a configuration), the kernel leaves the connections on it as they are. What comes
for the address is no longer delivered, and goes to whoever has the address now; what is sent from
it gets no answer. A server's side waits in ESTABLISHED until it sends and gives up, after a
quarter of an hour, or for ever where it only waits. A connect() under way stays in SYN_SENT.

A warning where 10 or more connections have such an address; a notice from 3 on. The addresses are
asked of the kernel's routing, so that local routes count (`ip route add local 10.0.0.0/8`), and
then of the interfaces, VRFs included. Sockets with IP_TRANSPARENT are left out: their local
address never was this host's. Silent about link-local addresses, about more than 128 local
addresses, and before Linux 5.10, which does not tell transparent sockets.

Confirm: `ss -tan src ADDRESS`, and `ip route get ADDRESS`, which says `local` of an own address.
Source: net/ipv4/route.c:ip_route_input_slow delivers by the local table; devinet.c:inet_del_ifa
ends no connection. Measured: data sent to a removed address stays unacknowledged, and the
listener's side stays ESTABLISHED.
"""#,
        "backlog-limited": #"""
A listener's queue fills up, and what keeps it short is its program's backlog or somaxconn.

listen() takes the smaller of its argument and `net.core.somaxconn`, once, when it is called
(`net/socket.c:__sys_listen`). So a raised somaxconn changes no socket that listens already, and
does nothing at all for a program that asks for less. The rule tells which of the two it is: a
backlog below somaxconn comes from the program (or from a smaller somaxconn at the time it
started), a backlog equal to it from somaxconn. A backlog above it was taken before somaxconn
was lowered and shrinks at the next restart.

It speaks only of listeners whose queue was seen half full or more with 10 clients or more in
it, or full after overflows were counted, or that had to send SYN-ACKs again while they were: a
short backlog that is never needed costs nothing, and listen(0) is full with its first client. A
longer queue bridges bursts; it does not help a program that is always too slow.

Confirm: `ss -ltn` shows the backlog as Send-Q; compare `sysctl net.core.somaxconn`.
Silent where somaxconn cannot be read, where the interval shows that nobody is accepted, and
where of several sockets on the port (SO_REUSEPORT) most are empty: there the backlog limits
nothing (see `accept-stalled`).
"""#,
        "bind-before-connect": #"""
A program binds to a source address with port 0 before it connects, and so burns ports for all
destinations.

bind(address, 0) must choose a port without knowing the destination, so the port must be free
for every one. connect() alone, or bind() after IP_BIND_ADDRESS_NO_PORT, shares a port among
destinations. Bound ports stay burnt through TIME_WAIT: when they run out, bind() fails with
EADDRINUSE and plain connect() to any other destination finds no port either. The limit is then
per source address, not per destination.

Two signs, of which one is enough. bind(0) tries the parity first that connect() tries last: nine
tenths of a source's ports have that parity while no destination has used up the first half, or
nine tenths of that half are taken (from 32 ports on; below, chance could do it). Or no port is
shared by two destinations though connect() would share 20 or more: connect() takes the ports of
each destination in a run that begins anywhere, and that D runs of S ports in all do not meet on U
usable ports has the chance (U − S + 1)/U × … × (U − S + D − 1)/U; the rule speaks below one in a
million.

Judged by the distinct ports of the source over all destinations: a notice; a warning from 45 % of
the usable ports; critical from 95 %. Silent where the range was not read, where nothing proves
bind() (bind-ports-exhausting), and where one destination holds the ports and ports-exhausting says
so. Where distinct ports were not counted, only the parity of the listed destinations tells.

Confirm: `strace -f -e trace=bind,connect -p PID` shows bind(…, sin_port=htons(0)) before
connect().
Source: net/ipv4/inet_connection_sock.c:inet_csk_find_open_port ("offset |= 1");
inet_hashtables.c:__inet_hash_connect.
Measured: after 100 such connections on 100 ports, 0 to any other destination; with
IP_BIND_ADDRESS_NO_PORT 100 to each; 50 destinations use up 15 000 of 15 000 ports with 300 each.
"""#,
        "bind-ports-exhausting": #"""
bind() with port 0 finds no free port at an address, though connect() may still find one.

bind(address, 0), and listen() without bind(), need a port that no other socket of the address
has, whatever its destination and state; TIME_WAIT counts. An FTP server that opens a listener for
each transfer (passive mode), RPC services and test suites ask for such ports. Each transfer leaves
its port in TIME_WAIT for 60 s where the server closes first, so an address bears as many transfers
a minute as there are ports. When none is left, bind() fails at once with EADDRINUSE ("Address
already in use"); bind() to 0.0.0.0 fails with it, other addresses are free. No counter counts it.

Judged by the distinct ports of a source address against the usable ones. Where each port has one
connection, to another port of a peer each, and connect() would have shared many of them: a warning
from 45 %, critical from 95 %; whether the program listens on port 0 or binds before connect(), the
sockets do not tell. Where ports are shared among destinations connect() goes on, and only bind()
and listen() with port 0 fail: a notice from 95 %. Silent below, where distinct ports were not
counted, where ports-exhausting or loopback-exhausting tells it of one destination, and where
bind() before connect() is proven (bind-before-connect).

Confirm: `python3 -c 'import socket; socket.socket().bind(("10.0.0.5", 0))'`.
Source: net/ipv4/inet_connection_sock.c:inet_csk_find_open_port, inet_csk_bind_conflict. Measured:
100 ports in TIME_WAIT block bind(0.0.0.0, 0) and bind(their address, 0); another address is free.
"""#,
        "bound-idle": #"""
Sockets that are bound and neither listen nor are connected hold the local ports.

bind() takes a port at once, and keeps it until connect(), listen() or close(). Such a socket is in
no ordinary listing, and connect() passes over its port for every destination, whatever the address
it is bound to: when all are taken, connect() to anywhere fails with EADDRNOTAVAIL. bind() with port
0 fails with EADDRINUSE for the address they are bound to, and for every address where that is
0.0.0.0. It is a leak: of a program that gives up between bind() and connect() and does not close(),
or of a pool of such sockets.

A warning from 45 % of the ports that reserved ports and listeners leave; critical from 80 %: every
destination lacks them, and no timer gives one back, as TIME_WAIT's does. Silent below, where the
range was not read, and where such sockets were not asked for.

Confirm: `ss -HBtn | wc -l` (iproute2 6.8 and later), or `sockets: used` in /proc/net/sockstat well
above the sockets that ss shows.
Source: net/ipv4/inet_hashtables.c:__inet_hash_connect; inet_diag.c:inet_diag_dump_icsk
(BOUND_INACTIVE). Measured: 600 bound sockets on 2000 ports leave 1400 connections.
"""#,
        "clients-refused": #"""
Others are refused by this host: its own firewall takes what they send, or nothing listens there.

A service that "cannot be reached" is often refused by the host it runs on: a rule of nftables or
iptables drops or rejects, or the service has ended and each SYN for its port gets an RST. TCP never
sees the first, and counts the second nowhere but in `OutRsts`. Both can be told by what is missing:
packets that came in (`Ip.InReceives`) and were neither delivered (`InDelivers`) nor forwarded, less
what other counters explain; and RSTs beyond those of connections that this host itself aborted.

With an interval only, and silent at one look. Packets taken before TCP: a notice from 5 a second on where they are a tenth
of all received, or from 50 a second; a warning from 10 a second where they are a quarter. RSTs to
segments that no connection has: a notice from 10 a second on where they are a twentieth of the
connections opened, or from 100; a warning where they are half. It may be meant: scans are refused
on every public host, and that is what a firewall is for. Broadcasts, and multicasts of groups that
somebody here joined, are taken off; of other groups no counter tells them apart. Which rule, which port, which peer no
counter says. What a rule for forwarding drops is told of routers only: since Linux 6.7 a packet
counts as forwarded before the rule. A firewall that drops at a network card's hook (XDP, tc) is not seen, nor one on the
way.

Confirm: `nft list ruleset` with counters, `nstat IpInReceives IpInDelivers TcpOutRsts`.
Source: net/ipv4/ip_input.c:ip_rcv_core, ip_protocol_deliver_rcu; net/ipv4/tcp_ipv4.c:
tcp_v4_send_reset. Measured: `reject with tcp reset` of nftables does not count in OutRsts.
"""#,
        "close-wait-leak": #"""
A program does not close connections that its peers have closed.

CLOSE_WAIT means: the peer's FIN has arrived, the kernel has told the program (read() returns
0), and the program has not called close(). It lasts until it does, however long; no sysctl
shortens it. Keepalive probes end it only where the program asks for them (SO_KEEPALIVE), and
only once the peer's socket is gone: tcp_fin_timeout after the peer's close(). Each holds a
descriptor, and on the connecting side a port. Descriptors run out first ("Too many open files").

A warning where 50 or more sockets of a listener or of a tuple are in CLOSE_WAIT and they are a
fifth of those not in TIME_WAIT; where one program has 50 or more spread over several; and where
200 are spread over what is not listed, or 50 there whose process is known: by a sample of them,
or by `--processes`, which counts each process's own. With an earlier snapshot it is silent where
they have fallen to less than half: that was a wave, not a leak; and where none of a tuple's
oldest sockets in CLOSE_WAIT is there any more: a program that closes late, but closes. With one
look that is not known. A program is named where it holds more than half of those looked at;
where many hold few each, they are listed. Connections that nobody has
accepted also wait in CLOSE_WAIT when their client gives up; then the program cannot close them,
it must accept, and the finding says so. Where half of them or more have data that the program
has not read, it has not met their end either: it hangs or does not keep up, and forgets no
close(). Sockets of Multipath TCP are counted where there are any: a dump of TCP sockets shows
their subflows only, as ESTABLISHED.

Confirm: `ss -tanp state close-wait`, twice: a leak shows the same ports again; `ss -Manp` for
MPTCP. Source:
net/ipv4/tcp_input.c:tcp_fin; the only ways out are close(), shutdown() and a reset
(net/ipv4/tcp.c:tcp_close_state).
"""#,
        "conntrack-dropping": #"""
Connection tracking drops packets, or throws entries away to make room.

Three counters tell why. `drop`: a packet was dropped for want of an entry (table full, no
memory) or because two packets made the same entry at once and could not be merged.
`insert_failed`: an entry could not be put into the table, mostly two packets of one flow on two
processors, or a translated port that was taken meanwhile; known from DNS over UDP behind NAT,
where a query vanishes and is repeated after 5 s. `early_drop`: the table was full and an entry
that had not seen an answer was thrown away
(`net/netfilter/nf_conntrack_core.c:__nf_conntrack_confirm`, `early_drop`). A table with room
drops for want of ports: SNAT or masquerading gives each connection to one destination a port of
its few source addresses, tries some (`net/netfilter/nf_nat_core.c:get_unique_tuple`), and takes
a used one where all are, which `insert_failed` and `drop` count together. A larger table does
not help that. `clash_resolve` counts races of UDP that were settled: where it grows as well, the
failed ones are likely of UDP.

Confirm: `conntrack -S`, or `/proc/net/stat/nf_conntrack` (hexadecimal, a line for each
processor). Growing drops with a table from 90 % on are critical; other growth warns; what was
counted since boot is a notice. Silent where nothing is tracked.
"""#,
        "conntrack-near-full": #"""
The connection tracking table is nearly full; packets of new connections are dropped next.

Each namespace counts its own entries, while the limit `nf_conntrack_max` is one for the host
and is compared with each count (`net/netfilter/nf_conntrack_core.c:__nf_conntrack_alloc`). At
the limit the kernel throws away an entry that never saw an answer, and where it finds none
drops the packet: `nf_conntrack: table full, dropping packet`. Connections that are in the table
go on, new ones fail, in both directions, on whatever port. An entry lives longer than the
socket: 120 s after a close, five days for a connection that went silent.

Confirm: `sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max` in
that namespace. Warns from 75 % on, is critical from 90 % on or when the growth of the interval
fills it within a minute. Silent where no tracking is loaded, nothing is counted, or the limit
is 0, which means none.
"""#,
        "conntrack-timewait-longer": #"""
Connection tracking keeps closed connections longer than TCP does, and the table is in real use.

Tracking has a timer of its own for closed connections, 120 s by default
(`net/netfilter/nf_conntrack_proto_tcp.c`, `nf_conntrack_tcp_timeout_time_wait`), while TCP's
TIME_WAIT lasts 60 s, compiled in. So each closed connection holds its entry another minute
after both sockets have gone. The two do not touch each other: lowering this timeout shortens no
TIME_WAIT, it only frees table entries sooner. At 60 s it loses nothing: a new SYN over an entry
in TIME_WAIT is let through and the entry replaced anyway. A change acts on entries that change
state from then on, not on those that are there (measured).

Confirm: `conntrack -L -p tcp --state TIME_WAIT | wc -l`, and `ss -tn state time-wait |
wc -l`. Silent where the table is less than a quarter full: then the longer timer costs next to
nothing. Silent, too, where the TIME_WAIT of this namespace stand for less than a tenth of the
entries: the table may hold UDP, or what a gateway forwards, which no socket here tells of.
"""#,
        "descriptors-near-limit": #"""
A process with sockets of interest has nearly used up its open files.

Every socket is a descriptor. At the soft limit (RLIMIT_NOFILE) socket() and accept() fail with
EMFILE, `Too many open files`. A connection that accept() could not take stays in the accept
queue (measured), so the listener overflows next, and a program that calls accept() again at
once burns a processor. The limit is per process; `fs.file-max` does not cure EMFILE, and
`fs.nr_open` is only the ceiling for the limit (`fs/file.c:alloc_fd`).

Confirm: `ls /proc/PID/fd | wc -l` against `grep 'open files' /proc/PID/limits`. Warns
from 80 % on; is critical from 95 % on, or from 40 % on where the growth of the interval fills
the rest within a minute. Silent for processes whose descriptors may not be counted (other users', without root),
and without a limit.
"""#,
        "files-near-limit": #"""
The whole system has nearly used up its open files.

At `fs.file-max` every open(), socket() and accept() of an unprivileged process fails with
ENFILE, `Too many open files in system`, whatever its own limit is
(`fs/file_table.c:alloc_empty_file`); processes with CAP_SYS_ADMIN may go on. The kernel's
default is about a tenth of memory in KiB; systemd raises it to the largest number there is, so
that on most hosts only somebody's own setting, often copied from an older and smaller host, can
be reached.

Confirm: `cat /proc/sys/fs/file-nr`: allocated, always 0, limit. Warns from 80 % on, is
critical from 95 % on. It is one for the host and said once, for the host's own namespace.
Silent where the limit is far, or the table could not be read.
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
        "fin-wait1-stuck": #"""
Closed connections do not get rid of their last data: FIN_WAIT1 and CLOSING that last.

After close() the kernel still sends what is in the send buffer, then FIN, and waits for the
acknowledgement: FIN_WAIT1, or CLOSING where the peer's FIN came first. That takes a round trip.
It lasts where the peer is gone, where something on the way drops what is sent, or where the peer
is there and does not read: its window is closed, and the kernel asks again and again whether it
has opened (zero window probes). Mostly no process holds the socket any more, but its buffer and
its port are held: they count as orphans (see `orphans-near-limit`).

How long a socket stays there is their number divided by those that leave per second: the closes
of the last 10 s that reached TIME_WAIT, and the peers waited for in FIN_WAIT2. A notice from 50
sockets on that have sent their data or FIN again, or that stay for 10 s and longer by that
count; a warning from 1000. With an earlier snapshot it is silent where they have fallen to less
than half. Silent for a crowd that passes within seconds, however large.

Confirm: `ss -tano state fin-wait-1`: Send-Q is what the peer has not taken; `timer:(persist,…)`
is a closed window, `timer:(on,…)` a peer that does not answer.
Source: net/ipv4/tcp.c:__tcp_close; tcp_timer.c:tcp_probe_timer, tcp_orphan_retries.
"""#,
        "fin-wait2-held": #"""
A program has called shutdown() and waits for peers that do not close: FIN_WAIT2 without end.

shutdown(SHUT_WR) sends FIN and keeps the socket: the program still wants to read what the peer
sends. Until the peer closes, the socket stays in FIN_WAIT2. tcp_fin_timeout does not end it:
that timer is for sockets that no process holds any more (see `fin-wait2-orphans`; measured: held
for 96 s and longer with a timeout of 5 s). Each holds a descriptor and, on the connecting side,
a port.

A notice where 50 or more sockets of a listener or of a tuple are held in FIN_WAIT2 and they are
a fifth of those not in TIME_WAIT; a warning from 200 on, or where they grew over the interval.
From 200 spread over what is not listed, one finding for all. With an earlier snapshot it is
silent where they have fallen to less than half. Half-closed connections are a part of some
protocols, a few at a time; silent below, and where sockets without a process were not told
apart.

Confirm: `ss -tanp state fin-wait-2`: those that a program holds show its name and no timer.
Source: net/ipv4/tcp.c:tcp_shutdown, __tcp_close (only there the timer is set).
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
        "kernel-upgrade-helps": #"""
What hurts here is cheaper in a newer kernel.

Some limits that audits find were moved by the kernel itself, farther than any setting can:
since 6.8 a socket with its own port range searches without the jump at half the ports; since
6.14 the delay before a port in TIME_WAIT may be taken again can be set; since 6.15 the search
for a free port takes no lock for those in use, which made connect() with many ports in use
several times faster. The rule names the releases that are newer than this one and answer a
finding about ports that this very audit makes.

Confirm: `uname -r`; distributions take single changes over into older releases, their
notes tell. Silent where ports are no problem, where the release is not known, and where nothing
newer helps.
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
        "loopback-down": #"""
The loopback interface is down: nothing on this host reaches 127.0.0.1 or ::1.

Programs of one host talk to each other over `lo`: to a database, a proxy beside them, a local
name server. Where `lo` is down, what is sent to 127.0.0.1 is dropped without a word, and connect()
waits until its time limit; where it never was up, as in a network namespace just made, connect()
fails at once with ENETUNREACH. This host's other addresses go through `lo` as well, when it talks
to itself. No counter shows it.

Critical where a listener or a connection has a loopback address; a notice where anything listens.
Silent where nothing does, as in a namespace without services.

Confirm: `ip link show lo` says DOWN.
Source: net/core/dev.c:dev_open; drivers/net/loopback.c. Measured: after `ip link set lo down` a
SYN to 127.0.0.1 counts as sent (`Ip.OutTransmits`) and never arrives.
"""#,
        "loopback-exhausting": #"""
Connections between two programs of this host use up the local ports.

Both ends are here, so each closed connection leaves a TIME_WAIT on this host whoever closes
first, though only that of the connecting side holds an ephemeral port. By default (tcp_tw_reuse
2, timestamps on) connect() takes such a port again after a second when an address is in 127/8
or is ::1. It does not when a program uses another own address of the host: those packets cross
the loopback device too, but the rule of the kernel looks at the addresses.

Critical at 95 % of the usable ports taken and not reusable, or half of them with less than 60 s
to go; a warning from 45 %; a notice for half of them after a burst that is over. It is silent
below, for remote destinations, and where no port is usable at all (port-range-narrow, bound-idle).

The cure is in the programs: a Unix socket needs no port, a kept connection needs one.
Confirm: `ss -tan state time-wait dst 127.0.0.1 | wc -l`.
Source: net/ipv4/tcp_ipv4.c:tcp_twsk_unique. Measured: 100 ports gave 200 connections in 1.1 s
to 127.0.0.1 and 100 to the host's own other address.
"""#,
        "memory-pressure": #"""
TCP is short of memory, drops received data for want of it, or the host waits for memory.

`tcp_mem` has three numbers in pages, for all TCP of the host together: from the second on the
kernel enters memory pressure, shrinks windows and refuses larger buffers
(`TCPMemoryPressures`); at the third it drops and resets (`TCPAbortOnMemory`, log line `TCP: out
of memory -- consider tuning tcp_mem`; `net/core/sock.c:__sk_mem_raise_allocated`). The same
counter tells of too many orphans: below the first number and without pressure it is they, and
orphans-near-limit speaks of them. Apart from that one socket can run out: `PruneCalled`,
`OfoPruned`, `RcvPruned` and `TCPRcvQDrop` count data that was squeezed or thrown away because a
receive buffer was full, in rising severity; mostly a program that reads slowly
(`net/ipv4/tcp_input.c:tcp_prune_queue`).

Confirm: `mem` in `/proc/net/sockstat` (pages) against `sysctl net.ipv4.tcp_mem`, and
`/proc/pressure/memory`. What is one for the host is said once, for the host's own namespace.
Silent about squeezed buffers without an interval: every server that has run for long has some.
"""#,
        "namespace-differs": #"""
A namespace has other values than the host: what was set on the host does not reach it.

Each network namespace has its own `net.ipv4` and most of its own `net.core`; a new one starts
from the kernel's defaults, never from its creator's values (measured; copied from the host are
only `tcp_rmem`, `tcp_wmem` and `tcp_congestion_control`, once, when it is made;
`net/ipv4/tcp_ipv4.c:tcp_sk_init`). So somaxconn or the port range tuned on the host changes
nothing for a container with a network of its own.

Confirm: `nsenter -t PID -n sysctl KEY` against `sysctl KEY`. Told are the settings
where the host was changed and the namespace still has the kernel's default, or where the
default is not known. A namespace that was set on purpose while the host has the default is left
alone; so is one without a single socket, and everything where the host's own namespace was not
looked at.
Silent in the host's own namespace.
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
25 % on, a warning from 50 % or while orphans are being reset, critical from 95 %. Silent where
either number is not to be seen, as in a container, where the setting does not exist.

Orphans pile up where peers vanish without a word, or stop reading. Confirm: `grep TCP:
/proc/net/sockstat` (orphan), `ss -tanop state fin-wait-1`. Source:
net/ipv4/tcp.c:tcp_check_oom, called by __tcp_close; tcp_timer.c:tcp_out_of_resources.
"""#,
        "own-range-exhausting": #"""
A program chooses its local ports from a range of its own, and that range looks used up.

A program can limit itself: by bind() to ports that it counts through (`source 10.0.0.1:10000-10999`
of HAProxy), or by IP_LOCAL_PORT_RANGE (Linux 6.3 and later). When its range is used up, connect()
or bind() fails with EADDRNOTAVAIL or EADDRINUSE, while ip_local_port_range is nearly free, so
that no sysctl helps. No dump of sockets shows either kind of range: what shows is a block of
consecutive ports without a gap. connect() leaves gaps: it takes every second port until half of
the range is used.

A warning where 64 or more consecutive ports are in use to the last, inside ip_local_port_range and
to one destination; or outside of it, above 1023, where the block begins and ends at round numbers
(multiples of 50, or 32; the end may be one before). Always "looks": whether the block ends there
because the range does, only the program's configuration says. Silent about blocks outside the
range with other ends: a program that takes ports one after another, and has more of them, looks
the same. Silent where connect() has begun with the second half of the range (ports-slow).

Confirm: the program's configuration; `ss -Htan 'sport >= :10000 and sport <= :10999' | wc -l`.
Source: net/ipv4/inet_connection_sock.c:inet_sk_get_local_port_range;
net/ipv4/inet_hashtables.c:__inet_hash_connect. Measured: with IP_LOCAL_PORT_RANGE 40000 to 40099
the 101st connect() to one destination fails with EADDRNOTAVAIL, on a host with 28 132 free ports.
"""#,
        "paws-rejecting": #"""
Segments are refused for a timestamp older than one seen before: NAT in front, mostly.

PAWS (RFC 7323 §5) refuses a segment whose timestamp lies before the last one of its connection.
Behind NAT, clients with different clocks share an address, and a port that one client's
connection held a moment ago goes to another. If the old connection is still in TIME_WAIT here,
the new client's SYN has an older timestamp: it gets an ACK and not a SYN-ACK, TIME_WAIT starts
again at 60 s, and the client waits (`PAWSTimewait`, measured;
`net/ipv4/tcp_minisocks.c:tcp_timewait_state_process`). `PAWSEstab` counts the same on live
connections, `TSEcrRejected` a last ACK of a handshake that echoes an impossible timestamp. A
kernel without `PAWSTimewait` (before about 6.16) counts both kinds in `PAWSEstab`; there, SYNs
over TIME_WAIT are likely where a listener holds TIME_WAIT.

Confirm: `nstat -az 'TcpExtPAWS*' TcpExtTSEcrRejected`; the peers are those with most
TIME_WAIT at the listener. A few on live connections are normal (packets overtaken on the way):
those warn from one a second on. Counts since boot are a notice from a hundred on. Kernels that
do not report a counter are silent about it.
"""#,
        "peers-not-reading": #"""
What this host sends lies in its own buffers: the peer is there, and its program does not read.

A program that hangs leaves what it gets in its receive queue; its window closes, and this host
may send nothing more but a probe (the persist timer), after 0.2, 0.4, 0.8 … s up to 120 s. The
peer's kernel answers each probe, so that the connection lives for ever: no counter grows, no
segment is lost, and what the program here writes fills its send buffer, until write() blocks or
gives EAGAIN. Not to be confused with `TCPWantZeroWindowAdv` and `TCPToZeroWindowAdv`, which count
windows that this host closes.

Told of outgoing connections, by destination, at one look: a warning where two or more have met
a closed window for three seconds and they are half of the ESTABLISHED there; a notice where 10 or
more have. How long, the doublings of the timer tell (`tcpi_backoff` of up to eight sockets of a
destination); a window that opens sets them back, so that a peer which reads slowly is not told.
Of a listener's side it is not told: consumers pause by design. Silent where the kernel's rows
were not read by sock_diag.

Confirm: `ss -tnoi state established`: `timer:(persist,…)` and `backoff:` of 4 or more.
Source: net/ipv4/tcp_timer.c:tcp_probe_timer, net/ipv4/tcp_input.c:tcp_ack_probe. Measured: a
peer that does not read is at `backoff:4` after 6 s.
"""#,
        "peers-silent": #"""
Open connections send again and again and get no answer: their peers are gone, or the path is cut.

A peer that vanishes (a crash, a failover, a firewall or NAT that forgot the connection) sends no
FIN and no RST. The connection stays ESTABLISHED, and what is sent on it is sent again, after 0.2,
0.4, 0.8 … s up to 120 s, for as long as `tcp_retries2` allows: with its default of 15 that is a
quarter of an hour (924 s at least). The program sees nothing until then; a pool hands such
connections out, and each request on them hangs. No counter tells it from loss: the sockets do.

Where 10 or more of a listener's or a tuple's connections send again and they are half of its
ESTABLISHED: a warning; where 20 or more do and they are a fifth: a notice. From 50 in the
namespace, if a tenth of ESTABLISHED, a notice as well. Of outgoing connections a warning also where
two or more are all there are to a destination, and each has sent again three times or more: a small
pool. Loss on the path makes a few send again at any moment, more where more send; silent below, and
where the kernel's rows were not read.

With an interval, connections that the kernel gave up in it (`TCPAbortOnTimeout`, those that never
opened aside): their programs got ETIMEDOUT, after tcp_retries2, TCP_USER_TIMEOUT or keepalive. A
warning from 10 on, if a tenth of those that were open or opened; a notice from 3 on, if so.

A peer that is there and has no room is not meant: see `peers-not-reading`.

Confirm: `ss -tno state established`, twice: `timer:(on,…,N)` with a growing N.
Source: net/ipv4/tcp_timer.c:tcp_retransmit_timer, tcp_write_timeout.
"""#,
        "port-range-narrow": #"""
The range of local ports is much narrower than the kernel's own, or leaves none.

connect() chooses from ip_local_port_range, less ip_local_reserved_ports, less ports on which
something listens on any local address. The kernel's own range, 32768 to 60999, has 28 232
ports; each source and destination has them anew. Ranges get narrow by copied tuning files, by
reserving too much, and in containers by their runtime.

A notice where fewer than half of 28 232 ports are usable; a warning where a destination also has
a quarter of them taken and not reusable; critical where none is usable, for then every connect()
that chooses its port fails with EADDRNOTAVAIL. Ports that idle bound sockets hold are not counted
against the range (bound-idle), nor is what a program leaks (close-wait-leak). Silent where the range was not read, and where only demand is
high (that is ports-slow).

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

A destination counts as exhausting with 95 % of its usable ports taken and not reusable, or with
half of them taken and the rest gone within 60 s at the measured rate: that of the interval, or of
the last 5 s without one. Traffic that has ended is not forecast. Usable are the ports of
ip_local_port_range, less ip_local_reserved_ports, less ports that listening or bound sockets
hold.

With tcp_tw_reuse on, ports in TIME_WAIT count as free only where the peer uses timestamps, too:
where a live connection says so, or TWRecycled counts. Where more ports are in TIME_WAIT than
working reuse would leave there, they count as taken: critical where TWRecycled is 0, otherwise a
warning. A warning also where 95 % are taken and nothing tells whether they can be reused.

Silent where tcp_tw_reuse frees the ports in time, where none is usable at all (port-range-narrow,
bound-idle), and for destinations on this host (loopback-exhausting).

Confirm: `ss -Htan dst 10.0.0.9:5432 | wc -l` against
`sysctl net.ipv4.ip_local_port_range`.
Source: net/ipv4/inet_hashtables.c:__inet_hash_connect; tcp_ipv4.c:tcp_twsk_unique. Measured:
100 ports gave 100 connections to each destination, and 60 ports 0.98 a second over three
minutes.
"""#,
        "ports-forecast": #"""
A destination's local ports will be half or wholly used up if its traffic goes on as it is now.

TIME_WAIT sockets tell when they were closed, so one snapshot redraws the last minute. The
forecast adds the rate of the interval (of the last 5 s without one), takes off what comes free 60 s after it was closed
(or after the reuse delay), and adds the growth of open connections between two snapshots where
that is more than chance. Traffic at a steady rate is level after a minute, at rate × 61 ports;
the forecast knows that and is silent where that level fits.

It speaks below the thresholds of ports-slow and ports-exhausting: a warning where ports will
run out, a notice where only the slow half is reached. It is silent below a tenth of the ports,
where a burst of a few seconds looks like a trend, where the last two seconds saw no closing (the
traffic has ended), and where the socket table showed no ages.

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
the same from the other half, and slows in the same way. Of a burst that is over it says only, as
a notice, that connect() is slow until the ports come free. Silent for destinations on this host
(loopback-exhausting).

Confirm: `strace -T -e trace=connect` or `perf top` (the time is in __inet_check_established). A
program can avoid the cliff by setting IP_LOCAL_PORT_RANGE on its socket, on Linux 6.8 and
later: then the search goes port by port.
Measured with 14 000 ports: connect() took 14 µs up to 49 % and about 1000 µs from 50 % on; with
IP_LOCAL_PORT_RANGE 11 to 18 µs at 95 %. Source: net/ipv4/inet_hashtables.c:__inet_hash_connect.
"""#,
        "privileged-ports-near-limit": #"""
The privileged ports that clients choose from run out: NFS mounts, rsh and rlogin, rpc.

Some servers trust only connections from a port below 1024, and their clients take such a port
themselves: the kernel's NFS client from 665 to 1023 (sunrpc.min_resvport, max_resvport), glibc's
bindresvport(3) from 600 to 1023 and then from 512, rresvport(3) from 1023 down to 512. Each is taken
for all destinations, and TIME_WAIT holds it for 60 s. When none is left, mount fails ("Cannot
assign requested address", or EADDRINUSE), and bindresvport() with EADDRINUSE.

Judged by the distinct local ports from 512 to 1023 of a source address, those of no listener. A
warning from 70 % of the 359 that an NFS client has; critical from 95 % of the 512, or of the 359
where connections to port 2049 or 111 show that it is one. Silent below, and where ports were not
counted.

Confirm: `ss -Htan 'sport >= :512 and sport < :1024' | wc -l`.
Source: net/sunrpc/xprtsock.c:xs_get_random_port, include/linux/sunrpc/xprtsock.h
(RPC_DEF_MIN_RESVPORT 665); glibc sunrpc/bindrsvprt.c (STARTPORT 600, LOWPORT 512),
inet/rcmd.c:rresvport_af.
"""#,
        "queue-overflowing": #"""
A listener's accept queue is full, or overflowed while we looked.

A connection whose handshake is over waits in its listener's accept queue until the program
calls accept(). The queue takes one more than its backlog, which is the smaller of listen()'s
argument and `net.core.somaxconn` at that time. Once it is full the kernel drops new SYNs
without a word, so the client hangs in SYN_SENT and tries again after 1, 3, 7 … s; the last ACK
of a handshake that is under way is dropped as well, so the client believes it is connected
while the server sends its SYN-ACK again (with `tcp_abort_on_overflow` it sends RST). Each drop
counts in `ListenOverflows` and `ListenDrops` (`net/ipv4/tcp_input.c:tcp_conn_request`,
`net/ipv4/tcp_ipv4.c:tcp_v4_syn_recv_sock`).

How many of them a listener dropped itself is its `sk_drops`, counted from listen() on: the
finding names the listener and that number where the kernel reports it. It counts drops for
other reasons as well (a full SYN queue with cookies off, no memory), so the rule speaks only
where `ListenOverflows` counted too.

Critical where a queue with 10 or more clients is full and overflows, or nobody was accepted in
the interval, or one look shows it; a warning where one place is left, or a full queue dropped
nobody in the interval. Fewer than 10 clients and nobody dropped are a notice, from three on where
one place is left: listen(0) is full with its first client. After a burst that is over: critical from five drops per second on.

Confirm: in `ss -ltn`, Recv-Q above Send-Q is a full queue; `nstat -az
TcpExtListenOverflows` must grow. Two looks tell most: `tcptune audit --interval 2s`. From one
look the counter says only that it happened some time since boot, which is no more than a
notice. Silent where no queue is full and the counter stands still.
"""#,
        "rfc1337": #"""
`tcp_rfc1337` is set: TIME_WAIT ignores resets, and clients that meet one are stuck.

RFC 1337 describes how a RST that meets TIME_WAIT ends it early. With 1 the kernel ignores such
a RST; with 0, the default, one with exactly the expected sequence number ends TIME_WAIT
(`net/ipv4/tcp_minisocks.c:tcp_timewait_state_process`). The sentence in the kernel's
documentation says it the wrong way round. Hardening guides set it as a protection. What it
costs: a client that takes the same port again while this host holds TIME_WAIT may get an ACK
for its SYN (old timestamp, or none and a lower sequence number). It answers that with RST,
which should clear the way, and sends its SYN again 10 ms later (measured). With 1 the RST is
ignored, and the client waits until TIME_WAIT is over.

Confirm: `sysctl net.ipv4.tcp_rfc1337`. A value other than 0 acts like 1. It is a myth
in most places, also where only a file says so and boot has not set it yet; where listeners hold many TIME_WAIT and timestamps are off, it warns.
Silent where it is 0 or could not be read.
"""#,
        "read-stalled": #"""
A program accepts connections, and does not read what its peers send on them.

A client whose connection was accepted sends its request and waits. Where the program never reads
(a deadlock, all threads busy, an event loop that hangs), the request lies in the receive queue,
the window closes, and nothing counts: the accept queue is empty, no segment is lost. The same goes
for answers that a client program does not read.

With an interval of a second or more: the connections that had unread data at the first look are
looked for at the second. Where 10 or more have exactly as many bytes unread, they are four fifths
of those that had some, and half of the listener's connections: critical. A warning where they are
fewer than half but 50 or more, a notice where they are fewer; a notice, too, where 20 or more have
as many bytes unread or more and none has fewer: the program reads more slowly than its peers send. With one look, a notice where 50 or more
hold unread data and they are half of the ESTABLISHED: a burst looks the same. For outgoing
connections the same, by destination, never more than a warning: a program may let an answer lie by
design, as a consumer that pauses. Silent where the kernel's rows were not read.

Confirm: `ss -tn state established`, twice: Recv-Q of the same rows does not shrink. A stack of
each thread of the program shows what it waits for.
Source: net/ipv4/tcp_diag.c:tcp_diag_get_info (rcv_nxt - copied_seq).
"""#,
        "resets-high": #"""
Many connections end by a reset instead of a close.

`EstabResets` counts connections that went from ESTABLISHED or CLOSE_WAIT straight to CLOSE: by
a RST from the peer, by one of this side, or by giving up; on loopback both ends count
(`net/ipv4/tcp.c:tcp_set_state`). A reset throws away what was under way in either direction.
Some programs mean it (SO_LINGER 0, health checks). Otherwise the `TCPAbort…` counters tell this
side's part: `OnClose`, close() with data unread; `OnData`, SO_LINGER 0 or data after close();
`OnTimeout`, the peer fell silent; `OnMemory`, too many orphans or no memory. The rest came from
peers: crashed programs, idle timeouts of balancers and NAT that are shorter than those of the
programs.

Confirm: `nstat -az TcpEstabResets 'TcpExtTCPAbort*' TcpOutRsts`; `tcpdump
'tcp[tcpflags] & tcp-rst != 0'`. Judged against the connections opened and accepted meanwhile;
where more ended than were opened, those that stood at the first look count, too: a pool that
loses all it has. Silent below a tenth of them, for a handful, and without an interval for less
than a thousand: then it is a notice at most. A notice also where resets look meant: where no
more segments came than SYN, ACK and RST of each connection, so that they carried no data (checks
of a balancer, scans), and where nine in ten are this side's own SO_LINGER 0. Silent below a
quarter where as many connections carried no data as were reset: a balancer checks so, beside the
traffic.

A connect that is refused ends by a reset too, before anything stood: nothing listens there.
`AttemptFails` counts it, as it counts connects that an ICMP message ends (no route, filtered),
and clients' own resets half way, which `EmbryonicRsts` counts as well. Told where more than
six in ten connects fail at once, or ten of which nine in ten fail; half fail where each tries
IPv6 first and the service has IPv4 only.
"""#,
        "retransmitting": #"""
A large share of the segments that this host sends is sent again.

A segment is sent again when its acknowledgement does not come: it was lost on the way, the
answer was lost, or it only came late. Each loss slows what a connection sends (CUBIC by 30 %),
and a loss at the end of a request costs 200 ms or more, so a small share shows in the slowest requests first.
`RetransSegs` counts resent SYNs and SYN-ACKs as well; those are taken off here
(`TCPSynRetrans`), they tell of something else (`syn-retransmitting`, `queue-overflowing`).
`OutSegs` does not contain what was resent (`net/ipv4/tcp_output.c:__tcp_transmit_skb`,
`__tcp_retransmit_skb`). `TCPTimeouts` among them are those that waited for the timer: the
expensive ones.

Confirm: `nstat TcpRetransSegs TcpOutSegs` twice; `ss -ti` shows `retrans:` for each
connection. Silent below 1.5 %, and where too few segments were sent to speak of shares: fewer
than a thousand, unless 20 or more were sent again in an interval and they are a tenth or more, and
no more than were sent once. Since boot: a notice at most.
"""#,
        "reuse-disabled": #"""
Ports in TIME_WAIT could be reused, but a setting prevents it.

connect() may take a port in TIME_WAIT again a second after it was closed, if tcp_tw_reuse is 1
(or 2, its default, and an end is a loopback address) and the old connection used timestamps.
Two things go wrong. With tcp_timestamps 0, tcp_tw_reuse does nothing at all, though it is set.
And the default 2 does nothing for other hosts, where ports are scarce.

And a peer without timestamps makes it do nothing whatever is set here.

The rule speaks of timestamps where tcp_tw_reuse is 1 and tcp_timestamps 0: a notice, and a
warning where TIME_WAIT holds a quarter of the ports of some destination. Of tcp_tw_reuse 0 or 2
it speaks, as a notice, where TIME_WAIT holds that much towards another host (or, with 0, towards
this one). A warning where it is 1, that much is held, and a live connection shows that the peer
uses no timestamps, or TWRecycled is 0 though more ports are held than working reuse leaves.
Otherwise the defaults are right, and it is silent; also where a setting could not be read.

tcp_tw_reuse does nothing for the accepting side, and nothing for ports in FIN_WAIT2.
Confirm: `sysctl net.ipv4.tcp_tw_reuse net.ipv4.tcp_timestamps`; `nstat -az TcpExtTWRecycled`
grows where reuse works.
Source: net/ipv4/tcp_ipv4.c:tcp_twsk_unique. Measured: 100 ports, reuse 1: 200 connections in
1.1 s with timestamps, 100 without.
"""#,
        "segments-dropped": #"""
This host drops segments, packets or connects, and a counter that no other rule judges grows.

The kernel counts what it drops, by reason: a route back that leads elsewhere (rp_filter), a wrong
checksum, a signature that is missing, a TTL below what a program demands, no route, no room. For
the peer all of them look alike: no answer. Each counter that means a drop is judged here by how
fast it grows; those of queues, memory, tracking and timestamps have rules of their own
(queue-overflowing, syn-queue-full, memory-pressure, conntrack-dropping, paws-rejecting). What
listeners drop and no counter explains is told too: a socket filter (BPF), an IPsec policy.

With an interval only, for every host that has run for long has dropped something: a notice from
two counts on, or from one or ten a second where a few are usual; a warning from 1 a second on
where a healthy host counts none, from 10 a second where a few are usual. What may be meant, or
is seldom a fault, is never more than a notice. Silent at one look, and about counters that this
kernel does not report. What a network card or a queue of packets drops is not read: `ip -s link`.

Confirm: `nstat` twice: the counter named grows. `tcptune explain COUNTER` says where the kernel
raises it.
Source: net/ipv4/proc.c (snmp4_net_list, snmp4_ipextstats_list), net/ipv6/proc.c.
"""#,
        "self-connected": #"""
A connection leads to itself: connect() to a local port on which nobody listens met its own SYN.

connect() to a port of this host takes a local port from `ip_local_port_range`. Where nothing
listens on the destination's port and that port lies in the range, sooner or later the kernel
chooses it as the source as well: the SYN arrives at the socket that sent it, and by simultaneous
open (RFC 9293 §3.5) the socket is connected to itself. The program believes that the server is
there, and reads what it wrote. The server cannot start: bind() fails with EADDRINUSE as long as
the connection stands.

A warning for each such address and port; it happens where a client tries again and again while
its server is down. Silent where none was found, or the sockets were not looked at for it.

Confirm: `ss -tnp state established`: Local and Peer are the same. Source:
net/ipv4/tcp_input.c:tcp_rcv_synsent_state_process (SYN without ACK).
"""#,
        "setting-drifted": #"""
A setting is not what boot will make of it: the next reboot changes the host.

Somebody wrote the value by hand, or a program did (a container engine, tuned, a driver), and
the files under /etc/sysctl.d say another. It may be a trial that nobody ended, or the cure for
an outage that the next reboot takes back. The two are compared as the kernel stores them:
`0x10` and `16` are the same, so are `4096  87380` with tabs or blanks; a line with fewer
numbers than the setting has is compared in those; values that the kernel rounds (milliseconds
to its tick, table sizes to a power of two) may differ by that much.

Confirm: `sysctl KEY` against the line that wins. Silent where no file names the key, where the
value is what tuned's active profile, ufw or the kernel's command line sets,
where the line is refused by the kernel (see `setting-misread`), and in namespaces other than
the host's, which boot-time files do not reach.
"""#,
        "setting-harmful": #"""
A setting makes every connection slower, weaker or shorter-lived than it need be.

Settings that help nobody and are set all the same, by a guide, by a test that nobody ended, or
by mistake. Each is judged by its consequence, with the figures that follow from the value: SACK
or window scaling off, buffers that autotuning cannot raise, so few repetitions that a short
outage ends connections, an accept queue cut for all programs, memory limits beyond the memory
there is. A warning where connections suffer under ordinary loss or load, a notice where it
takes more, or where it wastes something.

What is set now is judged first; a line that boot, tuned or ufw will set counts as well.

Confirm: `sysctl KEY`. Silent at the default of every kernel from 5.10 to 7.3, where a setting
could not be read, and about settings that have a rule of their own: tcp_syncookies=0
(`syncookies-off`), tcp_fin_timeout, tcp_max_tw_buckets, tcp_rfc1337, the port range.
"""#,
        "setting-misread": #"""
The kernel reads a line of a boot-time file otherwise than its author meant, or refuses it.

The programs that read these files pass the text on as it is; the kernel takes it apart
(`kernel/sysctl.c:proc_get_long`). A leading zero makes a number octal: `010` is 8. `08`, `60s`,
`16M`, `1,2`, quotes and an empty value are refused by EINVAL, and the old value stays. Of a
setting with several numbers fewer may be given: the others stay. What follows the last number
is passed over: `72 # x` stores 72, which works, but `4096 131072 # x` for three numbers is
refused, after the first two have been stored. All measured on 6.18. Comments have a line of
their own in these files. A congestion control or queueing discipline that this kernel has
neither loaded nor as a module is refused by ENOENT. What is refused leaves what was written
before: `sysctl --system` writes every line, so an earlier one of the same key; systemd-sysctl
writes the last line alone, so what the kernel had.

Confirm: `sysctl -w KEY="TEXT"; sysctl KEY`, in `unshare -rn` to leave the host alone.
Silent about hexadecimal numbers, and about keys whose form is not known. What is passed over is
a notice, the rest a myth. Silent in namespaces other than the host's.
"""#,
        "setting-removed": #"""
A boot-time file sets something that the kernel no longer has, or no longer reads.

The line is skipped at boot, by one program with a warning and by the other without a word, so
it does nothing, and whoever reads the file believes that it does. The one that matters is
`net.ipv4.tcp_tw_recycle`, which guides still recommend: it was removed in Linux 4.12, because
it refused clients behind NAT at random. It kept one timestamp for each peer address and dropped
SYNs older than that, and clients that share an address share no clock. On a kernel that still
has it and has it on, connections are failing now. Others are still there as files that nothing
reads (`tcp_low_latency`, `tcp_fack`), or were never in mainline (`tcp_tw_timeout`).

Confirm: `ls /proc/sys/net/ipv4/tcp_tw_recycle`, and `grep -rn tw_recycle
/etc/sysctl.conf /etc/sysctl.d`. Silent in namespaces other than the host's: boot-time files do
not reach them. Also silent where a kernel was looked at and its release is not known; boot-time
files without a kernel, as of a configuration in a repository, are judged by the current one.
"""#,
        "setting-shadowed": #"""
A line of a boot-time file loses to another, or the two programs at boot disagree.

All files of the sysctl.d directories are sorted by their name, whatever directory they are in,
and the last line that names a key wins: `/usr/lib/sysctl.d/90-b.conf` beats
`/etc/sysctl.d/10-a.conf`. A file of the same name in a higher directory hides the lower one as
a whole. And there are two programs: systemd-sysctl at boot does not read `/etc/sysctl.conf`
unless a link leads there, while `sysctl --system`, run by hand, reads it last, so it beats
everything (measured). Then a host changes with the next reboot, or with the next `sysctl
--system`.

Confirm: `systemd-analyze cat-config sysctl.d | grep -n KEY`, and `grep -n KEY
/etc/sysctl.conf`. Silent where both lines say the same, and where a line of the distribution
(below /usr/lib or /lib) is overruled: that is what /etc is for. Silent in namespaces other than
the host's.
"""#,
        "setting-unknown": #"""
A boot-time file sets a key that this kernel does not have: the line does nothing.

At boot such a line is skipped: systemd-sysctl prints a warning into a log that nobody reads,
`sysctl --system` says nothing, and both end without an error. Frequent reasons: a name that
guides copy from one another and no kernel of today has (`tcp_westwood`, `hot_list_length`), a
socket option taken for a setting (`tcp_nodelay`), a name of BSD, letters swapped,
`net.core/somaxconn`, where the first separator decides and the other one becomes part of the
name; the `net.ipv4.` left out; a missing `=`; a byte-order mark that an editor wrote before the
first key. Keys of modules (connection tracking, br_netfilter) are there only while the module
is loaded, which is later than boot sets them, unless modules-load.d loads it first.

The file system decides: a key whose file exists under /proc/sys is never unknown. Where that
cannot be asked (a captured tree without it, a container, which does not show settings of the
whole host), a key is named only if no Linux from 5.10 to 7.3 has it. Only settings that this
kernel has are suggested.

Confirm: `ls /proc/sys/net/ipv4/NAME`, or `journalctl -b -u systemd-sysctl`. Silent about keys of
interfaces that may come, and in namespaces other than the host's, which boot-time files do not
reach.
"""#,
        "syn-cookies-sent": #"""
The kernel answers SYNs by cookies: a SYN queue is full, or it is told to do so always.

A cookie puts the connection's parameters into the sequence number, so that nothing need be kept
until the last ACK comes. It works, at a price: without timestamps a connection made by cookie
has no window scaling and no SACK, and a lost last ACK is never repeated by the server
(`net/ipv4/syncookies.c:cookie_v4_check`). The share of cookies that come back valid tells a
flood from real clients: `SyncookiesRecv` close to `SyncookiesSent` means real clients meet too
small a backlog; far below it, senders that never answer. With `tcp_syncookies = 2` cookies are
sent always, by setting, and no SYN_RECV row ever exists: there the rule speaks only where 100 or
more cookies were sent in the interval and less than half of them came back.

Confirm: `nstat -az 'TcpExtSyncookies*'`, and the kernel's log: `Possible SYN flooding
on port` stands there once for each listener. Silent while the counter stands still; from one
look, what was sent since boot is only a notice.
"""#,
        "syn-queue-full": #"""
Half-open connections fill a listener's SYN queue, so further SYNs get cookies or are dropped.

Each listening socket keeps as many half-open connections (SYN_RECV) as its accept backlog, and
one more; `tcp_max_syn_backlog` is not that limit: it matters only with `tcp_syncookies = 0`,
where SYNs of unproven peers are dropped once less than a quarter of it is free: with 16, from
the 14th on. Where that comes first it is the limit judged by, and only `ListenDrops` counts what
it drops. At the limit
the kernel sends cookies (`TCPReqQFullDoCookies`) or, with cookies off, drops the SYN
(`TCPReqQFullDrop`) (`net/ipv4/tcp_input.c:tcp_conn_request`, `tcp_syn_flood_action`). The queue
fills by a flood of SYNs whose senders never answer, by answers that get lost, or because the
accept queue behind it is full, so that finished handshakes cannot leave (see
`queue-overflowing`).

Confirm: `ss -tn state syn-recv | wc -l` against Send-Q of `ss -ltn`, and `nstat -az
'TcpExtTCPReqQFull*'`. With `tcp_syncookies = 2` there are never such rows, and
`TCPReqQFullDoCookies` counts every SYN on a healthy host: it is passed over there. Rows of
TCP_DEFER_ACCEPT (nginx: `listen … deferred`) are clients that are connected and have sent
nothing yet: known by `TCPDeferAcceptDrop` and by SYN-ACKs that are not sent again; they are a
notice as long as the queue is not really full. Counts since boot alone are a notice.

Handshakes that do not end are told below the limit, too: where 50 SYN-ACKs or more were sent
again, to most of the half-open connections and a tenth as many as are established: a path that
loses one direction shuts clients out long before a queue is full. A notice at one look, a
warning where it was so at the earlier one. A warning, too, where 10 or more are half open at both
looks and not one handshake ended between them: SYN-ACKs that a filter of this host does not let
out count nowhere as sent again. Silent else below three quarters of the limit while
the counters stand still.
"""#,
        "syn-retransmitting": #"""
Connections that this host opens get no answer, and its SYNs are sent again.

connect() sends a SYN and waits in SYN_SENT. Without an answer the kernel repeats it after about
1, 3, 7 … s, as often as `tcp_syn_retries` says: 6, the default, gives up with ETIMEDOUT after
two minutes (measured: 131 to 136 s). No answer means that a firewall drops, that the address is
not there, or that the peer's accept or SYN queue is full: a full queue drops silently. A closed
port is not it, that answers RST at once. `TCPSynRetrans` counts SYN-ACKs sent again as well
(`net/ipv4/tcp_output.c:tcp_rtx_synack`), so the rule speaks only where sockets in SYN_SENT are
seen beside it, or where no listener has resent SYN-ACKs.

Confirm: `ss -tno state syn-sent` (the last number of `timer:` counts repetitions),
`nstat -az TcpExtTCPSynRetrans`. Of each destination only connects that have sent their SYN again
count: a long way to the peer is no failure, however many handshakes are under way. With an
interval: critical where none got further, otherwise a warning; also where no SYN fell due in it,
but both looks met such a connect. Programs that give up within a second send no SYN again: where
fewer segments arrived than connections were opened, the difference got no answer at all; 10 such
connects are a warning, and where nothing arrived 2 are a notice. With one look a notice, where none got further, or a crowd
has sent its SYN again, to one destination or to many; and where two or more connects under way are
all the connections there are.

Whether a filter of this host is at work, two looks tell: packets of its own that IP got and that
did not leave (`Ip.OutRequests` less `OutTransmits`, since Linux 6.7), or packets that came in and
were not delivered.
"""#,
        "syncookies-off": #"""
SYN cookies are off while others reach a listener: a small flood of SYNs locks clients out.

With `tcp_syncookies = 0` a listener whose SYN queue is full drops every further SYN
(`TCPReqQFullDrop`), and long before that the kernel drops SYNs of peers it has not spoken with,
once less than a quarter of `tcp_max_syn_backlog` is free (only `ListenDrops` counts those;
measured: with 16, the 14th half-open connection is refused). With 1, the default, nothing
differs until the queue is full; then cookies answer (`net/ipv4/tcp_input.c:tcp_conn_request`,
`tcp_syn_flood_action`). Cookies were said to be slow or to break options; today timestamps
carry the options.

Confirm: `sysctl net.ipv4.tcp_syncookies`. Silent where nothing listens on an address
that others reach, and where the setting could not be read.
"""#,
        "timewait-cap-near": #"""
The sockets in TIME_WAIT come near tcp_max_tw_buckets, or that limit was lowered to be rid of
them.

The limit counts TIME_WAIT and orphaned FIN_WAIT2 of a network namespace. At the limit the new
TIME_WAIT is not made and the connection ends unguarded (see timewait-overflow). By default it
is half the slots of the kernel's table of connections, 131 072 on a host of 24 GB; that many
take 32 to 64 MiB. 0 refuses every TIME_WAIT, -1 none.

A warning from 80 % of the limit on, and where the limit is 0. A myth where it is lowered to
less than half of the kernel's own value, now or by what boot will set: a low limit neither frees ports sooner nor saves
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
silent. While it counts, rates that come from TIME_WAIT are lower bounds, and the report says "at
least".

Lowering the limit is a known bad advice to "get rid of TIME_WAIT"; it gets rid of the
protection.
Confirm: `nstat -az TcpExtTCPTimeWaitOverflow`, `grep TCP: /proc/net/sockstat` (tw) against
`sysctl net.ipv4.tcp_max_tw_buckets`.
Source: net/ipv4/tcp_minisocks.c:tcp_time_wait; inet_timewait_sock.c:inet_twsk_alloc. Measured:
lowering kills none.
"""#,
        "unix-queue-overflowing": #"""
A Unix socket's accept queue is full or does not move: connect() fails with EAGAIN, or waits.

Proxies reach their backends by Unix sockets: nginx to php-fpm, gunicorn, uWSGI, puma. Such a
listener has an accept queue as a TCP listener has: the smaller of listen()'s argument and
`net.core.somaxconn`, and one more (`net/unix/af_unix.c:unix_recvq_full`). Where it is full,
connect() waits, and on a non-blocking socket, as proxies use, fails at once with EAGAIN:
`connect() to unix:/run/php-fpm.sock failed (11: Resource temporarily unavailable)`
(`unix_stream_connect`). No counter counts it.

Critical where a queue is full with 10 clients or more; a warning where it is full with 5 or
more (listen(5) is a common choice), where it is nine tenths full with 10 or more, and where 10 or
more wait at both looks of an interval of a second or longer and no fewer at the second; a notice where 50 or more
wait at one look, and where a queue with fewer than 5 is full: listen(0) is, with its first client. Silent where the kernel could not be asked for Unix sockets (CONFIG_UNIX_DIAG).

Confirm: `ss -xl`: Recv-Q is the clients that wait, Send-Q the backlog.
"""#,
    ]
}
