import Testing

@testable import Screen

@Suite struct `A change of frames` {
    private static let sizes = [
        FrameSize(rows: 6, columns: 30), FrameSize(rows: 1, columns: 1),
        FrameSize(rows: 3, columns: 2), FrameSize(rows: 9, columns: 47),
    ]

    @Test(arguments: [Look.full, .ascii, Look(isColoured: false, isUnicode: true)])
    func `makes a terminal show the next frame`(_ look: Look) {
        var random = RandomFrames(seed: 1)
        for size in Self.sizes {
            var terminal = TerminalEmulator(size)
            var shown: Frame?
            var frame = Frame(size)
            for _ in 0..<400 {
                frame = random.changed(frame, look: look)
                terminal.feed(FrameChange.bytes(from: shown, to: frame, look: look))
                shown = frame
                let wrong = terminal.differences(to: frame, isColoured: look.isColoured)
                guard wrong.isEmpty, terminal.violations.isEmpty else {
                    Issue.record("\(wrong.prefix(3)) \(terminal.violations.prefix(3))")
                    return
                }
            }
        }
    }

    @Test func `makes it so among other lines as well`() {
        var random = RandomFrames(seed: 2)
        for start in 0..<12 {
            var terminal = TerminalEmulator(FrameSize(rows: 12, columns: 30), row: start)
            var shown: Frame?
            // Its height changes now and then, as when a window is made lower.
            for rows in [4, 4, 4, 7, 7, 3, 3, 1, 1, 5] {
                let size = FrameSize(rows: rows, columns: 30)
                let before = shown?.size == size ? shown ?? Frame(size) : Frame(size)
                let frame = random.changed(before, look: .full)
                terminal.feed(
                    FrameChange.bytes(from: shown, to: frame, look: .full, placement: .inline))
                shown = frame
                let wrong = terminal.differences(to: frame, top: terminal.row - rows + 1)
                #expect(wrong.isEmpty, "\(wrong.prefix(3))")
                #expect(terminal.violations.isEmpty)
                #expect(terminal.column == 0)
            }
        }
    }

    @Test func `writes nothing where nothing has changed`() {
        var random = RandomFrames(seed: 3)
        let frame = random.changed(Frame(.usual), look: .full)
        #expect(FrameChange.bytes(from: frame, to: frame, look: .full).isEmpty)
        let inline = FrameChange.bytes(from: frame, to: frame, look: .full, placement: .inline)
        #expect(inline.isEmpty)
    }

    @Test func `writes only what has changed`() {
        let view = PictureViews.busy
        var later = view
        later.head.clock = "14:28:48"
        let before = WatchPicture(view, size: .usual, look: .full).frame
        let after = WatchPicture(later, size: .usual, look: .full).frame
        let bytes = FrameChange.bytes(from: before, to: after, look: .full)
        #expect(String(decoding: bytes, as: UTF8.self) == "\u{1B}[1;80H8")
    }

    @Test func `draws all of it again after a change of size`() {
        let before = WatchPicture(PictureViews.busy, size: .usual, look: .full).frame
        let after = WatchPicture(PictureViews.busy, size: .large, look: .full).frame
        var terminal = TerminalEmulator(.large)
        terminal.feed(FrameChange.bytes(from: nil, to: before, look: .full))
        terminal.feed(FrameChange.bytes(from: before, to: after, look: .full))
        #expect(terminal.differences(to: after).isEmpty)
    }

    @Test func `writes no style where there is no colour`() {
        let look = Look(isColoured: false, isUnicode: true)
        let frame = WatchPicture(PictureViews.busy, size: .usual, look: look).frame
        let bytes = FrameChange.bytes(from: nil, to: frame, look: look)
        let sequences = bytes.split(separator: 0x1B).dropFirst().map {
            $0.first { byte in 0x40...0x5A ~= byte || 0x61...0x7A ~= byte }
        }
        #expect(sequences.count > 10 && !sequences.contains(UInt8(ascii: "m")))
    }

    /// Terminals that take signs for wider or narrower than they are: all for one place, marks too; all for two.
    private static let others: [@Sendable (Unicode.Scalar) -> Int] = [
        { _ in 1 },
        { Drawable.isSettled($0) ? 1 : TerminalEmulator.usual($0) == 0 ? 0 : 2 },
    ]

    @Test func `keeps a sign of disputed width from what stands beside it`() {
        for (place, width) in Self.others.enumerated() {
            var random = RandomFrames(seed: UInt64(10 + place))
            let size = FrameSize(rows: 6, columns: 30)
            var terminal = TerminalEmulator(size, width: width)
            var shown: Frame?
            var frame = Frame(size)
            for _ in 0..<400 {
                frame = random.changed(frame, look: .full)
                terminal.feed(FrameChange.bytes(from: shown, to: frame, look: .full))
                shown = frame
                // The disputed sign itself may look like anything.
                let wrong = terminal.differences(to: frame) { frame[$0, $1].isSettled }
                guard wrong.isEmpty else {
                    Issue.record("terminal \(place): \(wrong.prefix(3))")
                    return
                }
            }
        }
    }
}
