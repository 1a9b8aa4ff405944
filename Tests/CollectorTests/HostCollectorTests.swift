import Collector
import Glibc
import Kernel
import Model
import Testing
import Watching

/// With processes of other network namespaces, which root alone may make without more.
@Suite(.serialized, .enabled(if: geteuid() == 0, "needs root"))
struct `A collector` {
    /// A process in a network namespace of its own.
    private static func sleeper() throws -> pid_t {
        var pid: pid_t = 0
        let words = ["unshare", "-n", "sleep", "300"]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for word in arguments { free(word) } }
        let code = posix_spawnp(&pid, words[0], nil, nil, &arguments, nil)
        #expect(code == 0)
        return pid
    }

    private static func end(_ pid: pid_t) {
        kill(pid, SIGKILL)
        var status: Int32 = 0
        _ = waitpid(pid, &status, 0)
    }

    /// Looks until something is so, ten seconds at most.
    private static func look(
        _ collector: HostCollector, until isSo: () -> Bool
    ) throws -> Bool {
        for _ in 0..<100 {
            try collector.look()
            if isSo() { return true }
            usleep(100_000)
        }
        return false
    }

    @Test func `picks up a namespace that comes, and lets go of one that goes`() throws {
        var request = HostCollector.Request("all", pace: NamespaceCollector.Pace(share: 0.5))
        request.betweenLists = 0.1
        let collector = try HostCollector(request)
        let names = { Set(collector.namespaces.map(\.place.namespace.name)) }
        #expect(names().contains("init") || !names().isEmpty)
        let pid = try Self.sleeper()
        defer { Self.end(pid) }
        #expect(try Self.look(collector) { names().contains("sleep \(pid)") })
        #expect(
            try Self.look(collector) {
                collector.namespaces.first { $0.place.namespace.name == "sleep \(pid)" }?
                    .watched.assessment != nil
            })
        // What is kept open of it would keep it: it goes with the list.
        Self.end(pid)
        #expect(try Self.look(collector) { !names().contains("sleep \(pid)") })
        let shares = collector.namespaces.map(\.watched.schedule.budget.share).reduce(0, +)
        #expect(abs(shares - 0.5) < 1e-9)
    }

    @Test func `watches no more namespaces than it may, and counts the others`() throws {
        let pids = [try Self.sleeper(), try Self.sleeper()]
        defer { pids.forEach(Self.end) }
        usleep(300_000)
        var request = HostCollector.Request("all", pace: NamespaceCollector.Pace(share: 0.5))
        request.mostNamespaces = 1
        let collector = try HostCollector(request)
        #expect(collector.namespaces.count == 1)
        #expect(collector.unseen.contains { $0.why.contains("no more than 1") })
    }

    @Test func `looks at its own namespace without a name`() throws {
        let collector = try HostCollector(
            HostCollector.Request(nil, pace: NamespaceCollector.Pace(share: 0.5)))
        try collector.look()
        #expect(collector.isComplete && collector.host != nil)
        #expect(collector.namespaces.count == 1)
    }

    @Test func `refuses a namespace that is not there`() {
        #expect(throws: KernelError.self) {
            try HostCollector(
                HostCollector.Request("nobody-made-this", pace: NamespaceCollector.Pace(share: 1)))
        }
    }
}
