import Testing

@testable import Screen

@Suite struct `A frame` {
    private func frame(_ columns: Int, _ draw: (inout Frame) -> Void) -> Frame {
        var frame = Frame(FrameSize(rows: 2, columns: columns))
        draw(&frame)
        return frame
    }

    private func line(_ text: String) -> Line { Look.full.line(text) }

    @Test func `clips what lies beyond its edges`() {
        let frame = frame(5) {
            $0.draw(line("0123456789"), row: 0, column: -2)
            $0.draw(line("out"), row: 2)
            $0.draw(line("out"), row: -1)
            $0.draw(line("out"), row: 1, column: 5)
        }
        #expect(frame.text(row: 0) == "23456")
        #expect(frame.text(row: 1) == "")
    }

    @Test func `never holds half of a wide sign`() {
        #expect(frame(3) { $0.draw(line("a漢b"), row: 0) }.text(row: 0) == "a漢")
        #expect(frame(2) { $0.draw(line("a漢b"), row: 0) }.text(row: 0) == "a")
        #expect(frame(4) { $0.draw(line("漢b"), row: 0, column: -1) }.text(row: 0) == " b")
        let covered = frame(6) {
            $0.draw(line("漢字漢"), row: 0)
            $0.draw(line("x"), row: 0, column: 1)
            $0.draw(line("y"), row: 0, column: 2)
        }
        #expect(covered.text(row: 0) == " xy 漢")
        let shifted = frame(6) {
            $0.draw(line("漢字漢"), row: 0)
            $0.draw(line("한"), row: 0, column: 1)
        }
        #expect(shifted.text(row: 0) == " 한 漢")
    }

    @Test func `is never as large as a terminal may claim to be`() {
        let size = FrameSize(rows: 65_535, columns: 65_535)
        #expect(size.rows == 500 && size.columns == 1000)
        #expect(FrameSize(rows: 0, columns: -1) == FrameSize(rows: 1, columns: 1))
    }
}
