extension Wording {
    /// Sentences of programs that name no errno.
    static let programs: [Wording] = [
        Wording(
            "program-connection-limit",
            texts: [
                "connection refused because too many open connections",
                "connection slots are reserved", "too many clients already",
                "max number of clients reached", "reached pm.max children setting",
            ],
            phrases: [
                "worker connections are not enough", "too many connections",
                "too many open connections", "server reached maxclients",
                "server reached maxrequestworkers", "reached maxrequestworkers setting",
                "maximum connection limit", "reached max children", "max children setting",
                "seems busy (you may need to increase", "too many connected users",
                "past maxstartups", "maxstartups throttling", "too many incoming connections",
                "timeout waiting for connection from pool",
                "timeout waiting for idle object", "connection is not available, request timed out",
                "pending acquire queue has reached its maximum size",
                "too many pending requests", "reset reason: overflow", "maxclients reached",
                "all workers are busy", "scoreboard is full", "connection limit exceeded",
                "queuepool limit of size", "reached the configured maximum",
            ]),
        Wording(
            "no-live-upstreams",
            texts: ["no live upstreams"],
            phrases: [
                "has no server available", "no healthy upstream", "no healthy upstreams",
                "no backend connection", "no destination available", "no healthy host",
                "reset reason: connection failure", "no servers available",
                "no server is available to handle this request", "no healthy backends",
                "all backends failed or unhealthy", "no available server",
                "remote connection failure",
            ]),
        Wording(
            "closed-by-program",
            texts: ["use of closed network connection"],
            phrases: [
                "socketexception: socket closed", "socketexception: socket is closed",
                "socketexception: closed", "asynchronouscloseexception", "closedchannelexception",
                "operation on closed socket",
            ]),
        Wording(
            "TcpExt.ListenOverflows",
            phrases: [
                "listen queue of socket", "accept queue is full", "accept queue full",
                "listen queue overflow",
            ]),
        Wording(
            "peer-shrunk-window", texts: ["treason uncloaked", "shrinks window"]),
        Wording("syn-flooding", texts: ["possible syn flooding"]),
        Wording(
            "conntrack-table-full",
            texts: ["nf conntrack: nf conntrack: table full", "conntrack table full"]),
        Wording(
            "tcp-out-of-memory", texts: ["tcp: out of memory"]),
        Wording(
            "too-many-orphans", texts: ["tcp: too many orphaned sockets"]),
    ]
}
