import HostState

/// What is said of processes whose descriptors could not be read.
enum UnreadableProcesses {
    static func unseen(denied: Int, pids: [Int32], root: Root) -> [Unseen] {
        var unseen: [Unseen] = []
        if denied > 0 {
            unseen.append(
                Unseen(
                    what:
                        "descriptors of \(denied) \(denied == 1 ? "process" : "processes") of other users",
                    why: MissingRights.remedy))
        }
        // Every PID namespace has a process 1; where /proc shows none, it was mounted with hidepid=2.
        if root.isHost, pids.first != 1 {
            unseen.append(
                Unseen(
                    what: "processes of other users",
                    why: "/proc is mounted with hidepid; " + MissingRights.remedy))
        }
        return unseen
    }
}
