import Kernel

/// What is to be known of how a run was measured.
struct LoadNotes {
    private let plan: LoadPlan
    private let tables: DescriptorTables

    init(_ plan: LoadPlan, _ tables: DescriptorTables) {
        self.plan = plan
        self.tables = tables
    }

    var all: [String] {
        var notes: [String] = []
        if case .ring(let size) = plan.ports {
            notes.append(
                "made with \(size) source ports of its own (--source-ports): ports cannot run out in this run, as they would with the kernel's choice"
            )
        }
        if plan.isOwnPair, plan.link == .loopback {
            notes.append(
                "over loopback (--link): the kernel's default tcp_tw_reuse = 2 takes ports in TIME_WAIT again there, and nowhere else; the counters are those of both sides"
            )
        }
        if let tls = plan.tls {
            notes.append(
                "with TLS the client does its half of the cryptography: its processor, and not the server, may be what limits handshakes/s; the run is void where it was the whole of it"
            )
            if tls.resumes {
                notes.append(
                    "with --tls-resume a connection offers the session of the one before it of its thread: whether the server takes it is its own choice"
                )
            }
        }
        if plan.linger != nil {
            notes.append(
                "with --linger each close() waits until the server has all: the client's thread does nothing else meanwhile"
            )
        }
        if plan.isOwnPair, plan.pace == .closed {
            notes.append(
                "client and server are this program's own, on this machine: the rate is what both can do here"
            )
        }
        if tables.clients > plan.threads {
            notes.append(
                "the client ran on \(tables.clients) threads, the server on \(tables.servers): one table of descriptors has not the room for \(plan.connections) connections"
            )
        }
        return notes
    }
}
