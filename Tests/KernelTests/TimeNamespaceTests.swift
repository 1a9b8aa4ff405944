import Testing

@testable import Kernel

@Suite struct `The clock of a time namespace` {
    @Test func `is told by its offsets`() {
        let text = "monotonic           0         0\nboottime       100000 500000000\n"
        #expect(TimeNamespace.bootOffset(in: text) == 100_000_500_000_000)
        #expect(TimeNamespace.bootOffset(in: "boottime -3 0\n") == -3_000_000_000)
    }

    @Test(arguments: [
        "", "monotonic 0 0\n", "boottime 1\n", "boottime x 0\n", "boottime 9223372036854775807 0\n",
    ])
    func `is not known where they do not say`(_ text: String) {
        #expect(TimeNamespace.bootOffset(in: text) == nil)
    }

    @Test func `is the machine's own outside of any`() {
        #expect(BootClock.isMachines)
    }
}
