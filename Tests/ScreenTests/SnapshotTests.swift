import Testing

@testable import Screen

@Suite struct `Pictures` {
    private static let sizes: [(name: String, size: FrameSize)] = [
        ("80x24", .usual), ("140x40", .large), ("40x12", .half), ("20x5", .tiny),
    ]

    private func expect(
        _ view: WatchView, _ name: String, look: Look = .full,
        location: SourceLocation = #_sourceLocation
    ) throws {
        for (size, dimensions) in Self.sizes {
            let picture = WatchPicture(view, size: dimensions, look: look)
            try expectSnapshot(picture.frame, named: "\(name)-\(size).txt", location: location)
        }
    }

    @Test func `show a server in trouble`() throws { try expect(PictureViews.busy, "busy") }

    @Test func `show a server at rest`() throws { try expect(PictureViews.idle, "idle") }

    @Test func `show addresses as long as they come`() throws {
        try expect(PictureViews.long, "long")
    }

    @Test func `show ASCII where there is no more`() throws {
        try expect(PictureViews.busy, "ascii", look: .ascii)
    }

    @Test func `show a tuple that is looked into`() throws {
        var view = PictureViews.busy
        view.state.path = [.detail(WatchSubject(.tuples, view.tuples[0].id))]
        try expect(view, "detail")
    }

    @Test func `show an explanation`() throws {
        var view = PictureViews.busy
        view.state.path = [.explanation(WatchSubject(.findings, "a"))]
        try expect(view, "explanation")
    }

    @Test func `show what is filtered, paused and typed`() throws {
        var view = PictureViews.busy
        view.state.isPaused = true
        view.state.filter = "9092"
        view.state.filterBefore = ""
        view.notice = "cannot read /proc/net/netstat: Permission denied; run as root"
        try expect(view, "filter")
    }

    @Test func `show the past, and listeners with the focus`() throws {
        var view = PictureViews.busy
        view.history = WatchHistory(time: "14:25:10", age: 217)
        view.state.focus = .listeners
        view.state.listeners.id = "25"
        try expect(view, "history")
    }
}
