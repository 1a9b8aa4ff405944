import BusyMachine
import Testing

/// What a test takes for the work of others must not be its own: nothing would ever fail then.
@Suite struct `The use of processors` {
    @Test func `of what a test started is its own, while that runs and when it has ended`() throws {
        let before = ProcessorUse.now()
        let burn = "import time\nwhile time.process_time() < 1: pass\ntime.sleep(2)"
        let program = try Program(["sh", "-c", "python3 -c '\(burn)'; true"])
        let end = Program.now + Program.patience
        // In ticks of a hundredth of a second.
        while ProcessorUse.now().own - before.own < 99, Program.now < end {}
        #expect(ProcessorUse.now().own - before.own >= 99)
        #expect(try program.outcome().status == 0)
        #expect(ProcessorUse.now().own - before.own >= 99)
    }
}
