import Testbed
import Text

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
                "the load used \(size) fixed source ports (--source-ports): ports cannot run out in this run, as they could with the kernel's choice"
            )
        }
        if plan.isOwnPair, plan.link == .loopback {
            notes.append(
                "over loopback (--link): the kernel's default tcp_tw_reuse = 2 reuses TIME_WAIT ports there, and nowhere else; the counters count both ends"
            )
        }
        if let tls = plan.tls {
            notes.append(
                "with TLS, the client does its half of the cryptography: its processor, not the server, may limit handshakes/s; the run is void if the client's processor was fully used"
            )
            if tls.resumes {
                notes.append(
                    "with --tls-resume, a connection offers the session of the previous connection of its thread; the server decides whether to accept it"
                )
            }
        }
        if plan.linger != nil {
            notes.append(
                "with --linger, each close() waits until the server has all data: the client's thread does nothing else meanwhile"
            )
        }
        if plan.isOwnPair, plan.pace == .closed {
            notes.append(
                "client and server both run in tcptune on this machine: the rate is what both can do here"
            )
        }
        if tables.clients > plan.threads {
            notes.append(
                "the client ran on \(tables.clients.counted("thread")), the server on \(tables.servers): one descriptor table has no room for \(plan.connections) connections"
            )
        }
        return notes
    }
}
