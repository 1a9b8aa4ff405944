import Testing

@testable import Kernel
@testable import Testbed

@Suite struct `A signal by eventfd` {
    @Test func `wakes who waits once it is set, and stays so`() throws {
        let signal = try EventSignal()
        #expect(!signal.wait(nanoseconds: 0) && !signal.wait(nanoseconds: 2_000_000))
        let thread = try SystemThread.start { () throws(KernelError) in
            signal.wait(nanoseconds: 10_000_000_000)
        }
        signal.set()
        #expect(try thread.join())
        #expect(signal.wait(nanoseconds: 0))
    }

    @Test func `is heard by a thread with descriptors of its own`() throws {
        let signal = try EventSignal()
        let thread = try SystemThread.start(ownDescriptors: true) { () throws(KernelError) in
            signal.wait(nanoseconds: 10_000_000_000)
        }
        signal.set()
        #expect(try thread.join())
    }
}

@Suite struct `The clock of a thread` {
    @Test func `is read by others while it works`() throws {
        let (found, mayEnd) = (try EventSignal(), try EventSignal())
        let worker = try SystemThread.start { () throws(KernelError) in
            let before = LoadClock.usedByThread
            while LoadClock.usedByThread - before < 20_000_000 {}
            let clock = ThreadClock.own
            let other = try SystemThread.start { () throws(KernelError) in clock.used }
            let used = try other.join()
            found.set()
            _ = mayEnd.wait(nanoseconds: 5_000_000_000)
            return (clock, used)
        }
        #expect(found.wait(nanoseconds: 10_000_000_000))
        mayEnd.set()
        let (clock, used) = try worker.join()
        #expect(try #require(used) >= 20_000_000)
        #expect(clock.used == nil)
    }
}
