import Model
import ScratchFiles
import Testing

@testable import Kernel

@Suite struct `The times of processors` {
    /// Recorded on Linux 6.18.
    private static let recorded = """
        cpu  2614778 20671 749640 1638660 10729 0 66665 2701 0 0
        cpu0 1306862 10390 371987 820163 5378 0 34560 1364 0 0
        """

    @Test func `are those of the first line`() throws {
        let text = Array(Self.recorded.utf8)
        let parsed = ProcessorTimes.parse(text.span)
        let times = try #require(parsed)
        #expect(times.softirq == 66665)
        #expect(times.total == 2_614_778 + 20671 + 749_640 + 1_638_660 + 10729 + 66665 + 2701)
        var later = times
        later.total += 200
        later.softirq += 50
        #expect(later.softirqRatio(since: times) == 0.25)
        #expect(times.softirqRatio(since: times) == nil)
        later.steal += 20
        #expect(times.steal == 2701 && later.stealRatio(since: times) == 0.1)
    }

    @Test(arguments: ["", "cpu 1 2", "cpu0 1 2 3 4 5 6 7 8", "cpu 1 2 3 4 5 6 x 8"])
    func `of something else are none`(text: String) {
        let bytes = Array(text.utf8)
        let parsed = ProcessorTimes.parse(bytes.span)
        #expect(parsed == nil)
    }

    @Test func `of this machine can be read`() throws {
        let times = try #require(try ProcessorTimes.read())
        #expect(times.total > times.softirq && times.softirq >= 0)
    }
}

@Suite struct `What keeps this program from running` {
    @Test(
        arguments: [
            ("75673 2428382 1\n", 75673, 2_428_382), ("0 0 0\n", 0, 0), ("", nil, nil),
            ("1 2\n", nil, nil), ("1 x 3\n", nil, nil), ("1 -2 3\n", nil, nil),
        ] as [(String, Int64?, Int64?)])
    func `is read from schedstat`(text: String, ran: Int64?, waited: Int64?) {
        let bytes = Array(text.utf8)
        let stat = ThreadSchedstat.parse(bytes.span)
        #expect(stat?.ran == ran && stat?.waited == waited)
    }

    @Test(
        arguments: [
            ("Cpus_allowed:\t3\nCpus_allowed_list:\t0-1\n", 2), ("Cpus_allowed_list:\t0-3,8\n", 5),
            ("Cpus_allowed_list:\t7\n", 1), ("Cpus_allowed_list:\t3-1\n", nil),
            ("Cpus_allowed_list:\t\n", nil), ("Name:\tx\n", nil),
        ] as [(String, Int?)])
    func `is told by the processors that it may use`(text: String, count: Int?) {
        let bytes = Array(text.utf8)
        let counted = ProcessorsAllowed.count(bytes.span)
        #expect(counted == count)
    }

    @Test func `grows with what this thread does`() throws {
        let before = try #require(ThreadSchedstat.own)
        let end = MonotonicClock.now + 0.02
        while MonotonicClock.now < end {}
        let after = try #require(ThreadSchedstat.own)
        // Whatever else ran on the processor in that time, all of it was spent running or waiting.
        #expect(after.ran - before.ran + after.waited - before.waited > 15_000_000)
        #expect(after.ran > before.ran)
    }

    @Test func `is a quota of its control group, or of one above`() throws {
        let scratch = try SysctlScratch()
        try scratch.write("/proc/self/cgroup", "0::/a/b\n")
        #expect(ProcessorQuota.throttledSeconds(root: Root(path: scratch.path)) == nil)
        try scratch.write(
            "/sys/fs/cgroup/a/b/cpu.stat", "usage_usec 5\nnr_throttled 0\nthrottled_usec 0\n")
        #expect(ProcessorQuota.throttledSeconds(root: Root(path: scratch.path)) == 0)
        try scratch.write("/sys/fs/cgroup/a/cpu.stat", "nr_throttled 2\nthrottled_usec 2500000\n")
        #expect(ProcessorQuota.throttledSeconds(root: Root(path: scratch.path)) == 2.5)
    }

    @Test func `is found in hierarchies of version 1`() throws {
        let scratch = try SysctlScratch()
        try scratch.write("/proc/self/cgroup", "9:name=systemd:/\n2:cpu,cpuacct:/c\n0::/\n")
        try scratch.write(
            "/sys/fs/cgroup/cpu,cpuacct/c/cpu.stat",
            "nr_periods 9\nnr_throttled 2\nthrottled_time 750000000\n")
        #expect(ProcessorQuota.throttledSeconds(root: Root(path: scratch.path)) == 0.75)
    }
}
