import Glibc
import Model
import Synchronization
import Testing

@testable import Kernel

@Suite struct `Low descriptors` {
    @Test func `are the same read by two threads as by one`() throws {
        // Their standard streams are sockets.
        let children = try (0..<6).map { _ in try ChildProcess(["cat"]) }
        defer { withExtendedLifetime(children) {} }
        let pids = Set(children.map(\.pid))
        func of(_ low: LowDescriptors) -> [Int32: [UInt32]] {
            var held: [Int32: [UInt32]] = [:]
            for one in low.held where pids.contains(one.pid) {
                held[one.pid, default: []].append(one.inode)
            }
            return held
        }
        let alone = of(try LowDescriptors.read(root: .host, budget: nil))
        #expect(Set(alone.keys) == pids)
        for _ in 0..<20 {
            let reading = LowDescriptorReading(root: .host, budget: nil)
            let helper = try SystemThread.start { () throws(KernelError) in reading.helpOut() }
            let both = try reading.value()
            try helper.join()
            #expect(of(both) == alone)
            #expect(both.processes == both.processes.sorted())
            #expect(both.unfinished.map(\.pid) == both.unfinished.map(\.pid).sorted())
        }
    }

    @Test func `are read by a helper that comes first, and by none that comes late`() throws {
        let reading = LowDescriptorReading(root: .host, budget: nil)
        reading.helpOut()
        let low = try reading.value()
        #expect(low.linksRead > 0)
        reading.helpOut()
        #expect(try reading.value().linksRead == low.linksRead)
    }

    @Test func `are left where they are not wanted any more`() throws {
        let reading = LowDescriptorReading(root: .host, budget: nil)
        reading.abandon()
        reading.helpOut()
        #expect(try reading.value().held.isEmpty)
    }

    @Test func `stay within the budget`() throws {
        let low = try LowDescriptors.read(root: .host, budget: 5)
        #expect(low.linksRead <= 5 + 1)
        #expect(low.isBudgetSpent)
    }
}

@Suite struct `Deferred work` {
    @Test func `is done once, by whoever comes first`() throws {
        for _ in 0..<50 {
            let times = Mutex(0)
            let deferred = Deferred {
                usleep(200)
                return times.withLock { times -> Int in
                    times += 1
                    return times
                }
            }
            let other = try SystemThread.start { () throws(KernelError) in deferred.value }
            #expect(deferred.value == 1)
            #expect(try other.join() == 1)
        }
    }
}
