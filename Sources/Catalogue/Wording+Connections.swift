extension Wording {
    /// What programs say in their own words about connections that ended, did not answer or were too many.
    ///
    /// General words count only if the line reports a failure, and not if it is about a device or a setting.
    static let connections: [Wording] = [
        Wording(
            "ECONNRESET",
            phrases: [
                // Oracle's and other databases' drivers, and pools that test what they lend.
                "ora-03113", "ora-03135", "ora-12537", "ora-12547", "ora-17410",
                "no more data to read from socket", "marked as broken because of",
                "failed to validate connection", "driver: bad connection",
                "last packet successfully received from the server",
                "error writing communication packets", "server conn crashed",
                "terminating connection due to", "connection to client lost",
                "connection terminated unexpectedly", "closed in the middle of operation",
                "the server closed the connection", "protocol connection lost",
                "error while reading line from the server",
                // Brokers and clusters.
                "terminated during authentication", "due to node # being disconnected",
                "disconnected (after", "lost the tcp streaming connection",
                "lost tcp streaming connection", "socket error on client", "socketclosed on",
                "send failed,closed", "session lost, hunting", "shut down by peer",
                "seems to have closed", "server terminated abnormally",
                // HTTP, TLS and others.
                "closed abruptly", "message from remote is incomplete", "unexpected end of stream",
                "premature end of content-length", "premature end of chunk", "premature eof",
                "end of file reached", "end of file found", "early eof", "unexpected disconnect",
                "response payload is not completed", "response ended prematurely",
                "0 bytes from the transport stream", "closed the transport stream",
                "peer shut down incorrectly", "no close frame received",
                "error reading server preface", "connect reset error", "err connection closed",
                "pr end of file error", "lost connection after",
            ],
            hints: [
                "und err socket", "incompletemessage", "nodedisconnectedexception",
                "connectionclosedexception", "mongonetworkerror", "connectionloss",
                "error reading status line from remote server", "sqlstate: 08s01",
                "sqlstate: 08006", "error,closed",
            ],
            doubts: documents),
        // What ends, what it is, and that it ought not to.
        Wording(
            "ECONNRESET",
            hints: [
                "closed", "lost", "broken", "dropped", "terminated", "termination", "disconnect",
                "disconnected", "disconnecting", "disconnection", "interrupted",
            ],
            needs: ["connection", "socket", "channel", "peer", "transport", "remote"],
            doubts: ownEnds,
            isOfFailures: true),
        Wording(
            "ECONNRESET", hints: ["unexpected end of"],
            needs: ["request", "response", "connection", "socket", "stream", "http"],
            doubts: ["json", "xml", "yaml", "syntax", "parse", "parsing", "input", "archive"]),
        // Of Go's MySQL driver; a connection string is invalid in another sense.
        Wording(
            "ECONNRESET", hints: ["invalid connection"],
            doubts: [
                "string", "url", "uri", "option", "options", "parameter", "parameters", "settings",
                "name", "id", "type", "pool", "details", "info", "information", "config",
                "configuration", "dsn",
            ]),
        Wording(
            "ETIMEDOUT",
            phrases: [
                "ora-12170", "ora-12535", "ora-12608", "ora-12609", "timeout period elapsed",
                "semaphore timeout period has expired", "timeout during reading attempt",
                "timeout during writing attempt", "timeout performing", "timeout awaiting response",
                "server selection timed out", "idle timeout expired", "have not heard from server",
                "no data nor ping received", "has exceeded timeout, disconnecting",
                "due to request timeout", "due to replication timeout", "due to connection timeout",
                "connection setup timed out", "heartbeat missing", "missed heartbeat",
                "missed heartbeats", "missed server heartbeats", "client connection lost",
                "rpc: timed out", "no pong received", "has been quiet for", "hasn't completed by #",
                "has not responded in", "timeout before authentication", "ping timeout of",
                "heartbeat check: no reply", "in the time allotted", "started{connection timeout",
                "upstream response timeout", "upstream per try timeout", "err timed out",
                "timeout exceeded when trying to connect", "524: a timeout occurred",
            ],
            hints: [
                "httptimeoutexception", "httpconnecttimeoutexception",
                "receivetimeouttransportexception", "serverselectiontimeouterror",
                "operationtimedout", "rediscommandtimeoutexception", "error,timeout",
            ],
            unless: devices),
        Wording(
            "ETIMEDOUT",
            hints: [
                "connect timeout", "connection timeout", "socket timeout", "handshake timeout",
                "login timeout", "headers timeout", "body timeout", "backend timeout",
                "heartbeat timeout", "keepalive timeout", "ping timeout",
            ],
            doubts: ownTimeouts),
        // What took too long, if it can only be the peer.
        Wording(
            "ETIMEDOUT",
            hints: ["timed out"], needs: remotes, doubts: ownTimeouts),
        Wording(
            "ETIMEDOUT",
            hints: ["timeout"], needs: remotes, doubts: ownTimeouts,
            isOfFailures: true),
        Wording(
            "program-connection-limit",
            phrases: [
                "no more connections allowed", "no more connections are allowed",
                "exceeded the 'max user connections' resource",
                "more than 'max user connections' active", "maximum connections exceeded",
                "maximum number of connections from", "maximum number of connections exceeded",
                "maximum number of connections reached", "connection rate limit exceeded",
                "connection concurrency limit exceeded", "limiting connections by zone",
                "request queue full", "ora-12516", "ora-12519", "ora-12520", "ora-00018",
                "ora-00020", "is within minsparethreads of maxrequestworkers", "started{overflow",
                // Pools that have none to lend.
                "because: query wait timeout", "fatal: query wait timeout",
                "error: query wait timeout", "prior to obtaining a connection from the pool",
                "timed out while waiting for an open connection",
                "checking out a connection from connection pool",
                "could not obtain a connection from the pool",
                "could not obtain a database connection", "could not get a resource from the pool",
                "timeout acquiring a connection", "couldn't get a connection after",
                "timed out fetching a new connection", "timed out waiting for connection",
                "connection pool timeout", "connection pool has been exhausted",
                "connection pool exhausted", "connection pool is exhausted",
                "pool empty. unable to fetch a connection", "checkout a connection has timed out",
                "no managed connections available", "acquisition timeout", "all pooled connections",
                "reached max wait queue size", "acquire operation took longer",
                "connection pool are in use", "waiting for a slot to become available",
                "wait millis #, active", "has been pending for more than the configured timeout",
            ],
            hints: [
                "pooltimeout", "poolexhaustedexception", "busypoolexception",
                "connectionacquiretimeouterror", "sequelizeconnectionacquiretimeouterror",
            ]),
        Wording(
            "program-connection-limit",
            hints: ["limit reached", "limit exceeded", "limit (#) reached", "exhausted"],
            needs: ["connection", "connections", "clients", "sockets"],
            doubts: ["memory", "disk", "quota", "retry", "retries", "heap", "bandwidth"]),
        Wording(
            "no-live-upstreams",
            phrases: [
                "started{connection failure", "disabling worker for", "disabled connection for",
                "all workers are in error state", "failed to make connection to backend",
                "failed to pick backend", "none of the configured nodes",
                "all host(s) tried for query failed", "no nodes are available",
                "no upstream connections available",
            ],
            hints: ["failed to connect to backend"]),
        Wording(
            "closed-by-program",
            phrases: [
                "stacklessclosedchannelexception", "tls: use of closed connection",
                "read/write on closed pipe", "system.net.sockets.networkstream'",
                "system.net.sockets.socket'", "client was closed and is not queryable",
            ],
            hints: ["cancelledkeyexception"]),
        // dig(1); with an errno's text behind it, that speaks.
        Wording("udp-timeout", phrases: ["communications error to"]),
        Wording("ECONNREFUSED", phrases: ["ora-12541", "web server is down"], hints: ["l4con"]),
        Wording("EHOSTUNREACH", phrases: ["ora-12543", "origin is unreachable"]),
        Wording(
            "EPIPE",
            phrases: [
                "has been ended by the other party", "writing to a closed pipe/socket/fd",
                "ora-12571",
            ]),
        Wording("EMFILE", phrases: ["out-of-fds", "out of fds"]),
        // What Windows says for the same, as .NET and Docker Desktop print it.
        Wording(
            "ECONNABORTED",
            phrases: ["connection was aborted by the software in your host machine"]),
        Wording("EACCES", phrases: ["in a way forbidden by its access permissions"]),
        Wording(
            "ENOBUFS",
            phrases: ["system lacked sufficient buffer space or because a queue was full"]),
        Wording(
            "EADDRNOTAVAIL", phrases: ["requested address is not valid in its context"]),
        Wording(
            "ENETUNREACH",
            phrases: ["socket operation was attempted to an unreachable network"]),
        Wording(
            "EHOSTUNREACH", phrases: ["socket operation was attempted to an unreachable host"]),
    ]
}
