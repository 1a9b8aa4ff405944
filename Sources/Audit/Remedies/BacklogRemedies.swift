import Model
import Text

/// How a listener gets a longer queue: first by its program, then by somaxconn.
enum BacklogRemedies {
    static let somaxconnKey = "net.core.somaxconn"
    /// One request socket is 320 B, one waiting connection 2.4 KiB and its inode 0.8 KiB (measured
    /// on 6.18, slab sizes).
    static let waitingConnectionBytes: Int64 = 2368 + 832

    /// In the order to try them.
    ///
    /// A program that asks for less than somaxconn can get as much as somaxconn allows by asking: somaxconn is raised
    /// only if it limits the backlog.
    static func all(for queue: AcceptQueue, in situation: Situation) -> [Remedy] {
        let backlog = queue.backlog
        let limit = situation.number(somaxconnKey)
        let isByApplication = BacklogLimit(of: queue.listener, somaxconn: limit) == .application
        let wanted =
            isByApplication
            ? min(queue.roomyBacklog, Int(clamping: limit ?? .max)) : queue.roomyBacklog
        // At 65 535 the queue is as long as older kernels allow; beyond, only a faster program helps.
        guard wanted > backlog else {
            return [
                Remedy(
                    .application,
                    "accept faster: more workers, or several sockets on the port (SO_REUSEPORT)",
                    effect: "fewer than the current \(queue.listener.queue.grouped) connections "
                        + "wait",
                    risk: "more workers need more memory and put more load on the services behind "
                        + "them",
                    undo: "remove the workers")
            ]
        }
        let somaxconn = limit
        let memory = (Int64(wanted) * waitingConnectionBytes).bytes
        var remedies = [
            Remedy(
                .application,
                "make the program ask for a backlog of \(wanted.grouped), and restart it"
                    + ((somaxconn ?? .max) < Int64(wanted)
                        ? ", once somaxconn allows as much (see the next remedy)" : ""),
                effect: "room for \(wanted.grouped) waiting connections instead of "
                    + "\(backlog.grouped): it bridges bursts and pauses, but does not help if the "
                    + "program accepts fewer than arrive",
                risk: "a longer queue hides a slow program: its clients wait longer; up to "
                    + "\(memory) of memory when full",
                undo: "set the old backlog again and restart the program",
                snippets: BacklogSnippets.all(backlog: wanted))
        ]
        guard let somaxconn, somaxconn < Int64(wanted) else { return remedies }
        let raise = Remedy.writing(
            somaxconnKey, String(wanted), in: situation,
            text: "raise somaxconn to \(wanted.grouped), then make the program call listen() "
                + "again: restart it, because a reload keeps the old socket in most programs",
            effect: "backlogs of new listen() calls may be \(wanted.grouped) instead of "
                + "\(somaxconn.grouped); sockets that already listen keep their backlog",
            risk: "only memory, up to \(memory) for this listener when its queue is full")
        remedies.append(raise)
        return remedies
    }
}
