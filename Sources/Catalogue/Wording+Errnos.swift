extension Wording {
    /// The errnos' numbers, and their texts by musl, curl, Java and others; glibc's are with the symptom.
    ///
    /// Numbers: `include/uapi/asm-generic/errno.h`, the same on x86, ARM, RISC-V, POWER and s390; texts of musl:
    /// `src/errno/__strerror.h`.
    static let errnos: [Wording] = [
        Wording(
            "EADDRNOTAVAIL", number: 99,
            texts: ["address not available"],
            phrases: [
                "no free ports", "invalid address: (", "cannot bind to source address",
                "no more free ports", "local port exhaustion", "ephemeral port exhaustion",
                "out of ephemeral ports",
            ],
            hints: ["addrnotavailable"]),
        Wording(
            "EADDRINUSE", number: 98,
            texts: ["address in use"],
            phrases: [
                "port is already allocated", "connection in use: (", "still could not bind()",
                "port # is already in use", "port # was already in use", "port is already in use",
                "port already in use", "port # already in use", "port # is in use",
                "only one usage of each socket address", "local address already in use",
                "maximum number of attempts to find a listening port exceeded",
            ],
            hints: ["addrinuse"]),
        Wording(
            "ECONNREFUSED", number: 111,
            phrases: [
                "actively refused", "connection was refused", "connect failed: refused",
                "accepting tcp/ip connections?", "broker may not be available",
                "node may not be available", "connect call failed", "connect: refused",
                "was refused - did you specify",
                "refused our connection", "refused the connection",
            ],
            hints: [
                "connectionrefused", "connectionrefusederror", "couldn't connect to server",
                "could not connect to server", "curl: (7)", "curl error 7",
            ],
            // An MQTT broker that was reached and says no.
            unless: [
                "not authorised", "not authorized", "bad user name or password",
                "identifier rejected", "unacceptable protocol version", "broker unavailable",
            ]),
        Wording(
            "ECONNRESET", number: 104,
            phrases: [
                "socket hang up", "connection reset", "reset by peer", "connection termination",
                "prematurely closed", "empty reply from server", "unexpectedly closed",
                "remote end closed connection", "closed the connection unexpectedly",
                "closed connection unexpectedly", "forcibly closed by the remote host",
                "unexpected end of file from server", "unexpected eof on client connection",
                "unexpected eof while reading", "server has gone away", "server went away",
                "server gone away", "lost connection to mysql server", "lost connection to server",
                "got an error reading communication packets", "server disconnected without",
                "closed connection during handshake", "terminated the handshake",
                "closed by remote host", "connection unexpectedly closed", "transport is closing",
                "error reading from server: eof", "server closed idle connection",
                "peer closed connection", "peer closed the connection", "other side closed",
                "ssl error syscall", "transfer closed with", "likely client has closed socket",
                "read error on connection", "err empty response", "lost connection with",
                "client unexpectedly closed tcp connection", "connection closed by peer",
                "ssl connection has been closed unexpectedly", "http first read error: eof",
                "connection closed before", "connection prematurely closed",
                "connection closed prematurely", "connection was closed before",
                "client has closed the connection", "premature close", "read: eof",
                "socket closed (con state", "badstatusline", "hung up unexpectedly",
                "disconnected before secure tls connection", "non-properly terminated",
                "connection was forcibly closed",
            ],
            hints: [
                "connectionreset", "connectionreseterror", "curl: (52)", "curl error 52",
                "prematurecloseexception", "nohttpresponseexception", "failed to respond",
                "remotedisconnected", "incompleteread", "unexpected eof",
                "server disconnected", "connection broken", "transport connection broken",
            ],
            doubts: [
                "looking for", "syntax", "parsing", "parse", "archive", "gzip", "yaml",
                "compressed", "script", "no error", "usb",
            ]),
        // The end of a stream, if a line shows that it was a network stream.
        Wording(
            "ECONNRESET", hints: ["eof", "eofexception"],
            needs: [
                "http", "https", "dial", "dialing", "rpc", "ssl", "tls", "socket", "backend",
                "connection", "upstream", "unable to connect", "bad gateway",
            ],
            doubts: ["looking for", "syntax", "parsing", "parse", "json", "yaml", "heredoc"]),
        Wording(
            "ETIMEDOUT", number: 110,
            texts: ["operation timed out"],
            phrases: [
                "connect timed out", "read timed out", "write timed out", "i/o timeout",
                "context deadline exceeded", "client.timeout exceeded",
                "timeout awaiting response headers", "tls handshake timeout",
                "request canceled while waiting for connection", "deadline exceeded",
                "reset reason: connection timeout", "connection timeout expired",
                "layer4 timeout", "layer6 timeout", "layer7 timeout", "l4tout",
                "failed: timeout expired", "got timeout reading communication packets",
                "timeout of #ms exceeded", "timed out. (connect timeout",
                "net::opentimeout", "net::readtimeout", "execution expired",
                "client timed out", "upstream timed out", "socket connection setup timeout",
                "due to timeout", "keepalive ping failed", "httpclient.timeout",
                "did not properly respond after a period of time",
                "while waiting for reply from server", "connection attempt timed out",
                "missed heartbeats from client", "not responding, timed out",
                "not responding, still trying", "i/o deadline reached",
                "upstream request timeout", "timeout was reached", "connect timeout error",
                "headers timeout error", "timeout specified has expired", "download timed out",
                "timeout, server", "timed out connecting",
                "timed out while connecting",
                "timeout connecting", "timeout while connecting", "timed out trying to connect",
                "err connection timed out", "timed out waiting for a connection",
                "network timeout", "pingack did not arrive in time", "timed out while receiving",
                "timed out while sending", "timed out while waiting for",
                "tls key negotiation failed to occur within", "ssl connection timeout",
                "timed out waiting for a node assignment", "urlopen error timed out",
                "timeouterror: timed out", "socket.timeout: timed out", "connect timeout[",
                "connection timed out",
            ],
            hints: [
                "timedout", "esockettimedout", "curl: (28)", "curl error 28", "connecttimeout",
                "readtimeout", "sockettimeoutexception", "connecttimeoutexception",
                "readtimeoutexception", "deadlineexceeded", "networktimeout",
            ],
            unless: otherTimeouts),
        Wording(
            "EMFILE", number: 24,
            texts: ["no file descriptors available"],
            phrases: [
                "reached process fd limit",
                "worker connections exceed open file resource limit",
                "could not increase number of max open files", "changed limits: max open files",
                "requiring at least # max file descriptors", "file descriptor limit alarm set",
                "running out of filedescriptors", "running out of file descriptors",
                "out of file descriptors", "to compensate for low ulimit",
                "max file descriptors [#] for elasticsearch", "no more file descriptors",
                "open files limit reached",
            ],
            // inotify's own limit, by the same errno.
            unless: [
                "inotify", "fsnotify", "directory watch", "watcher", "watchers", "files, watch",
            ]),
        Wording(
            "ENFILE", number: 23,
            texts: ["too many open files in system"],
            phrases: ["reached system fd limit"]),
        Wording(
            "ENOBUFS", number: 105, phrases: ["reached system memory limit"]),
        Wording(
            "ENOMEM", number: 12,
            // musl's text is that of the OOM killer too.
            phrases: [
                "accept: out of memory", "socket: out of memory", "connect: out of memory",
                "send: out of memory", "receive failure: out of memory",
            ],
            unless: [
                "fork", "clone", "thread", "pthread", "spawn", "mmap", "malloc", "vmalloc",
                "mremap", "mlock", "shmget", "jvm", "java heap", "os::commit memory",
                "shared object", "timeout on",
            ]),
        Wording(
            "EPIPE", number: 32, hints: ["brokenpipe", "brokenpipeerror"],
            unless: ["standard output", "stdout", "write error: broken pipe", "usb", "hci#"]),
        Wording(
            "EHOSTUNREACH", number: 113,
            texts: ["host is unreachable"],
            phrases: [
                "host unreachable", "destination host unreachable", "err address unreachable",
                "sender cannot be reached", "layer4 connection problem, info: \"no route to host",
            ],
            hints: ["hostunreachable", "noroutetohostexception", "cannot be reached"],
            unless: ["icmp_seq"]),
        Wording(
            "ENETUNREACH", number: 101,
            texts: ["network unreachable"],
            phrases: ["err internet disconnected", "destination net unreachable"],
            hints: ["networkunreachable"], unless: ["icmp_seq"]),
        Wording(
            "ECONNABORTED", number: 103,
            hints: ["connection aborted", "connectionaborted", "connectionabortederror"]),
        Wording("EINPROGRESS", number: 115, phrases: ["connect: operation in progress"]),
        Wording(
            "EAGAIN", number: 11,
            hints: ["wouldblock", "blockingioerror"],
            unless: [
                "fork", "vfork", "clone", "thread", "pthread", "spawn", "lock", "flock", "setuid",
                "su:", "sudo", "exec", "execve", "process limit", "dpkg", "mmap", "mlock",
            ]),
        Wording(
            "EACCES", number: 13,
            needs: [
                "connect", "connecting", "bind", "listen", "socket", "dial", "sendto", "sendmsg",
                "accept", "make sock",
            ],
            unless: [
                "publickey", "password", "keyboard-interactive", "opening", "open()", "exec",
                "listing", "unlink",
            ]),
        Wording(
            "EPERM", number: 1,
            needs: [
                "connect", "connecting", "sendmsg", "sendto", "send", "bind", "dial", "ping",
                "socket", "tcp", "udp", "udpv4",
            ],
            unless: [
                "chown", "chmod", "kill", "mount", "setrlimit", "ptrace", "unlink", "mkdir",
                "rmdir", "setuid", "prctl", "nice", "sched", "open", "setsockopt",
            ]),
        Wording("ENETDOWN", number: 100),
        Wording("EISCONN", number: 106, texts: ["socket is connected"]),
        Wording(
            "ENOTCONN", number: 107, texts: ["socket not connected", "socket is not connected"],
            hints: ["notconnected", "notyetconnectedexception"],
            unless: ["cannot access", "mount", "fuse", "statfs", "stat", "ls:", "df:", "cd:"]),
        Wording("EHOSTDOWN", number: 112),
        Wording("EALREADY", number: 114),
        Wording(
            "EPROTO", number: 71,
            needs: ["accept", "accept4", "connect", "socket"]),
        Wording("EAFNOSUPPORT", number: 97, texts: ["address family not supported"]),
        Wording(
            "ENOENT", phrases: ["can't connect to local mysql server through socket"],
            needs: ["unix", "sock", "socket"], unless: ["open()", "stat()", "ls:"]),
    ]
}
