import Model

/// What is said of processes whose descriptors or namespaces could not be read.
enum UnreadableProcesses {
    static func unseen(_ what: String, denied: Int, pids: [Int32], root: Root) -> [Unseen] {
        var unseen: [Unseen] = []
        if denied > 0 {
            let processes = denied == 1 ? "process" : "processes"
            unseen.append(
                Unseen(
                    what: "\(what) of \(denied) \(processes) of other users",
                    why: MissingRights.remedy))
        }
        // Every PID namespace has a process 1; where /proc shows none, it was mounted with hidepid=2.
        if root.isHost, pids.first != 1 {
            unseen.append(
                Unseen(
                    what: "\(what) of the processes that /proc hides",
                    why: "/proc is mounted with hidepid; " + MissingRights.remedy))
        }
        return unseen
    }
}
