import Testing

@testable import Kernel

@Suite struct `A bell` {
    @Test func `is waited for until it is rung, and stays so`() throws {
        let bell = try Bell()
        #expect(!bell.wait(nanoseconds: 0) && !bell.wait(nanoseconds: 2_000_000))
        let thread = try SystemThread.start { () throws(KernelError) in
            bell.wait(nanoseconds: 10_000_000_000)
        }
        bell.ring()
        #expect(try thread.join())
        #expect(bell.wait(nanoseconds: 0))
    }

    @Test func `is heard by a thread with descriptors of its own`() throws {
        let bell = try Bell()
        let thread = try SystemThread.start(ownDescriptors: true) { () throws(KernelError) in
            bell.wait(nanoseconds: 10_000_000_000)
        }
        bell.ring()
        #expect(try thread.join())
    }
}

@Suite struct `The clock of a thread` {
    @Test func `is read by others while it works`() throws {
        let (found, mayEnd) = (try Bell(), try Bell())
        let worker = try SystemThread.start { () throws(KernelError) in
            let before = LoadClock.usedByThread
            while LoadClock.usedByThread - before < 20_000_000 {}
            let clock = ThreadClock.own
            let other = try SystemThread.start { () throws(KernelError) in clock.used }
            let used = try other.join()
            found.ring()
            _ = mayEnd.wait(nanoseconds: 5_000_000_000)
            return (clock, used)
        }
        #expect(found.wait(nanoseconds: 10_000_000_000))
        mayEnd.ring()
        let (clock, used) = try worker.join()
        #expect(try #require(used) >= 20_000_000)
        #expect(clock.used == nil)
    }
}
