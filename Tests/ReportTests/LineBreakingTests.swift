import Testing

@testable import Report

@Suite struct `A line's end` {
    @Test(arguments: [
        ("28 232 ports", "28\u{a0}232 ports"), ("98.9 % of", "98.9\u{a0}% of"),
        ("1 234 567", "1\u{a0}234\u{a0}567"), ("over 60 s; full", "over 60\u{a0}s; full"),
        ("3 GiB is", "3\u{a0}GiB is"), ("a · b", "a\u{a0}· b"),
        ("use 4096 sockets", "use 4096 sockets"),
        ("in 2026 1234 more", "in 2026 1234 more"), ("a  b", "a  b"), (" 1", " 1"), ("1 ", "1 "),
    ])
    func `does not part what belongs together`(text: String, marked: String) {
        #expect(LineBreaking.marked(text) == marked)
    }
}
