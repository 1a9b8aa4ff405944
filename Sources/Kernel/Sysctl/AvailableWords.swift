import Model

/// Which congestion controls and queueing disciplines the kernel could take: loaded, built in, or as a module.
///
/// A write of another name fails with ENOENT, by either program (measured): net/ipv4/tcp_cong.c and
/// net/sched/sch_api.c ask for the module and refuse what is not there after it.
struct AvailableWords {
    static let congestionControl = "net/ipv4/tcp_congestion_control"
    static let discipline = "net/core/default_qdisc"

    private let root: Root

    init(root: Root) { self.root = root }

    /// Those of the words that the kernel cannot have; nil where that cannot be told.
    func missing(among words: [String], for path: String, present: String?) -> [String]? {
        switch path {
        case Self.congestionControl:
            var reader = SysctlReader(root: root)
            guard let key = SysctlKey("net.ipv4.tcp_available_congestion_control"),
                case .value(let text) = reader.read(key)
            else { return nil }
            let loaded = text.split(separator: " ").map(String.init)
            let others = words.filter { !loaded.contains($0) && $0 != present }
            if others.isEmpty { return [] }
            // Without modules what is not built in is nowhere.
            if root.isHost, !root.exists("/proc/modules") { return others }
            return withoutModule(others, prefix: "tcp_")
        case Self.discipline:
            // Part of every kernel that has disciplines at all (net/sched/sch_api.c:pktsched_init).
            let always = ["pfifo_fast", "pfifo", "bfifo", "mq", "noqueue", present]
            let others = words.filter { !always.contains($0) }
            return others.isEmpty ? [] : withoutModule(others, prefix: "sch_")
        default: return nil
        }
    }

    /// Those for which the modules of the running release have no file; nil where the modules are not to be seen.
    private func withoutModule(_ words: [String], prefix: String) -> [String]? {
        guard
            let release = try? root.text("/proc/sys/kernel/osrelease").split(separator: "\n").first,
            !release.contains("/"), release != ".", release != "..",
            let folder = ["/lib/modules/\(release)", "/usr/lib/modules/\(release)"]
                .first(where: { root.exists($0 + "/modules.dep") }),
            let files = try? root.text(folder + "/modules.dep"),
            // Without it what is built in is not known.
            let builtIn = try? root.text(folder + "/modules.builtin")
        else { return nil }
        return words.filter { word in
            let file = "/\(prefix)\(word).ko"
            return !files.contains(file) && !builtIn.contains(file)
        }
    }
}
