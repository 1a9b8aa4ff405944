import Model
import Text

/// What to do about clients that wait for accept(): the program comes before the length of its queue.
enum AcceptRemedies {
    /// One look cannot tell whether the program accepts at all; all else depends on it.
    ///
    /// No profile answers a finding that asks for this first.
    static let lookTwice = Remedy(
        .application,
        "look twice first, because a longer queue does not help a program that accepts no "
            + "connections",
        command: "tcptune audit --interval 2s",
        effect: "shows how many clients the program accepts per second and how long a client waits",
        risk: "none: it only reads", undo: "nothing to revert")

    /// In the order to try them; the application only.
    static func all(for waiting: WaitingClients, in situation: Situation) -> [Remedy] {
        if waiting.owner.isActivator {
            return waiting.needSecondLook ? [lookTwice, service(waiting)] : [service(waiting)]
        }
        if waiting.areUneven {
            return waiting.areStuck || waiting.rate?.least ?? 0 <= 0
                ? [worker(waiting), restart(waiting)] : [worker(waiting)]
        }
        if waiting.areStuck { return [stuck(waiting, in: situation), restart(waiting)] }
        return waiting.needSecondLook ? [lookTwice, faster(waiting)] : [faster(waiting)]
    }

    /// True if a longer queue is a remedy: the program accepts, and all its sockets fill up.
    static func helpsLongerQueue(_ waiting: WaitingClients) -> Bool {
        !waiting.areStuck && !waiting.areUneven
    }

    /// systemd alone holds the socket: the service that it starts for it is not there.
    private static func service(_ waiting: WaitingClients) -> Remedy {
        Remedy(
            .application,
            "find out why the service of this socket does not start or does not take over the "
                + "socket",
            command: "systemctl list-sockets --all",
            effect: "the row with :\(waiting.listener.port) names the service under ACTIVATES; "
                + "systemctl status SERVICE shows why it does not run",
            risk: "none: it only reads", undo: "nothing to revert")
    }

    private static func worker(_ waiting: WaitingClients) -> Remedy {
        let listener = waiting.listener
        return Remedy(
            .application,
            "check the worker of \(waiting.owner.called) that has the fullest socket: the kernel "
                + "still gives it its share of the clients, and the other workers do not take them",
            command: "ss -ltnp 'sport = :\(listener.port)'",
            effect: "the row with the large Recv-Q shows its pid; \(waiting.spread)",
            risk: "none: it only reads", undo: "nothing to revert")
    }

    private static func stuck(_ waiting: WaitingClients, in situation: Situation) -> Remedy {
        let listener = waiting.listener
        // All that hold the socket: strace(1) does not attach to the children that a master has already.
        let pids = waiting.owner.pids
        return Remedy(
            .application,
            "find out why \(waiting.owner.called) does not call accept(): a thread hangs, all "
                + "workers are busy, or no descriptor is left (EMFILE leaves connections in the "
                + "queue)",
            command: pids.isEmpty
                ? "ss -ltnp 'sport = :\(listener.port)'"
                : "timeout 5 strace -f -p \(pids.map(String.init).joined(separator: ",")) "
                    + "-e trace=accept,accept4",
            effect: pids.isEmpty
                ? "shows the process that has the socket open"
                : "no line means that the program does not call accept(); EMFILE means that no "
                    + "descriptor is left",
            risk: pids.isEmpty
                ? "none: it only reads" : "slows the program down for 5 s; needs root",
            undo: "nothing to revert")
    }

    private static func restart(_ waiting: WaitingClients) -> Remedy {
        let count = waiting.count
        return Remedy(
            .application,
            "restart \(waiting.areUneven ? "that worker" : waiting.owner.called)",
            effect: "the program accepts clients again; no kernel setting does that",
            risk: "resets the \(count.grouped) waiting client\(count == 1 ? "" : "s") and the "
                + "program's open connections",
            undo: "none needed")
    }

    private static func faster(_ waiting: WaitingClients) -> Remedy {
        let count = waiting.count
        return Remedy(
            .application,
            "find out why accept() comes too late: all workers are busy, a lock blocks, or no "
                + "descriptor is left (EMFILE leaves connections in the queue); add workers, or "
                + "let several sockets share the port (SO_REUSEPORT)",
            command: "ss -ltnp 'sport = :\(waiting.listener.port)'",
            effect: "the queue, now \(count.grouped) long, empties once the program keeps up",
            risk: "more workers need more memory and put more load on the services behind them",
            undo: "remove the workers")
    }
}

extension Situation {
    /// That a process of this owner has no descriptor left, for a sentence; empty if that is not seen.
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
