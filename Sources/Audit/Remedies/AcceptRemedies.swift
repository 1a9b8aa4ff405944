import Model
import Text

/// What to do about clients that wait to be accepted: what the program does comes before the length of its queue.
enum AcceptRemedies {
    /// One look cannot tell whether the program accepts at all; all else depends on it.
    ///
    /// A finding that asks for this first is answered by no profile.
    static let lookTwice = Remedy(
        .application,
        "look twice: a longer queue helps a program that accepts too slowly for a burst, and does "
            + "nothing for one that accepts nobody",
        command: "tcptune audit --interval 2s",
        effect: "shows how many clients are accepted per second and how long one waits",
        risk: "none: it only reads", undo: "nothing to undo")

    /// In the order to try them; the application only.
    static func all(for waiting: WaitingClients, in situation: Situation) -> [Remedy] {
        if waiting.areUneven {
            return waiting.areStuck || waiting.rate?.least ?? 0 <= 0
                ? [worker(waiting), restart(waiting)] : [worker(waiting)]
        }
        if waiting.areStuck { return [stuck(waiting, in: situation), restart(waiting)] }
        return waiting.needSecondLook ? [lookTwice, faster(waiting)] : [faster(waiting)]
    }

    /// True where a longer queue is a remedy: the program accepts, and all its sockets fill up.
    static func helpsLongerQueue(_ waiting: WaitingClients) -> Bool {
        !waiting.areStuck && !waiting.areUneven
    }

    private static func worker(_ waiting: WaitingClients) -> Remedy {
        let listener = waiting.listener
        return Remedy(
            .application,
            "look at the worker of \(waiting.owner.called) that holds the fullest socket: the kernel "
                + "goes on giving it its share of the clients, the other workers do not take them",
            command: "ss -ltnp 'sport = :\(listener.port)'",
            effect: "the row with the large Recv-Q names its pid; \(waiting.spread)",
            risk: "none: it only reads", undo: "nothing to undo")
    }

    private static func stuck(_ waiting: WaitingClients, in situation: Situation) -> Remedy {
        let listener = waiting.listener
        let pid = waiting.owner.pids.first
        return Remedy(
            .application,
            "see why \(waiting.owner.called) does not call accept(): a thread that hangs, all workers "
                + "busy, or no descriptor left (EMFILE leaves connections in the queue)",
            command: pid.map { "timeout 5 strace -f -p \($0) -e trace=accept,accept4" }
                ?? "ss -ltnp 'sport = :\(listener.port)'",
            effect: pid == nil
                ? "names the process that holds the socket"
                : "no line: accept() is not called; EMFILE: no descriptor is left",
            risk: pid == nil ? "none: it only reads" : "slows the program down for 5 s; needs root",
            undo: "nothing to undo")
    }

    private static func restart(_ waiting: WaitingClients) -> Remedy {
        let count = waiting.count
        return Remedy(
            .application,
            "restart \(waiting.areUneven ? "that worker" : waiting.owner.called)",
            effect: "clients are accepted again; no setting of the kernel does that",
            risk: "the \(count.grouped) waiting client\(count == 1 ? "" : "s") "
                + "and its open connections are reset",
            undo: "none needed")
    }

    private static func faster(_ waiting: WaitingClients) -> Remedy {
        let count = waiting.count
        return Remedy(
            .application,
            "see why accept() comes too late: all workers busy, a lock, or no descriptor left "
                + "(EMFILE leaves connections in the queue); add workers, or let several sockets "
                + "share the port (SO_REUSEPORT)",
            command: "ss -ltnp 'sport = :\(waiting.listener.port)'",
            effect: "the \(count.grouped) waiting connection\(count == 1 ? "" : "s") "
                + "go\(count == 1 ? "es" : "") down to about none",
            risk: "more workers need more memory and put more load on what lies behind them",
            undo: "take the workers away again")
    }
}

extension Situation {
    /// That a process of this owner has no descriptor left, for a sentence; empty where that is not seen.
    func withoutDescriptors(_ owner: Owner) -> String {
        guard
            let process = now.processes.first(where: {
                guard owner.pids.contains($0.pid), let open = $0.openFiles,
                    let limit = $0.openFilesLimit, limit > 0
                else { return false }
                return open >= limit
            })
        else { return "" }
        return
            "\(process.name) (\(process.pid)) has used up its \((process.openFilesLimit ?? 0).grouped) "
            + "open files: accept() fails with EMFILE"
    }
}
