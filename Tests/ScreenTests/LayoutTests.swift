import Testing

@testable import Screen

@Suite struct `The layout` {
    private static let pages: [[WatchState.Page]] = [
        [], [.detail(WatchSubject(.tuples, PictureViews.tuples[0].id))],
        [.detail(WatchSubject(.listeners, "443"))], [.detail(WatchSubject(.findings, "gone"))],
        [.explanation(WatchSubject(.findings, "a"))],
    ]

    @Test(arguments: [PictureViews.busy, PictureViews.idle, PictureViews.long])
    func `has its keys in the last line, at any size`(_ view: WatchView) {
        for rows in [1, 2, 3, 4, 5, 8, 12, 16, 24, 30, 50] {
            for columns in [1, 2, 7, 12, 20, 40, 80, 119, 120, 250] {
                for page in Self.pages {
                    for focus in WatchPanel.allCases {
                        var view = view
                        view.state.path = page
                        view.state.focus = focus
                        let size = FrameSize(rows: rows, columns: columns)
                        let frame = WatchPicture(view, size: size, look: .full).frame
                        let last = frame.text(row: rows - 1)
                        #expect(
                            columns < 20 || last.contains("q"), "\(rows) × \(columns): \(last)")
                    }
                }
            }
        }
    }

    /// The text of the screen without breaks between lines, marks and indents.
    private func joined(_ view: WatchView, _ size: FrameSize) -> String {
        let frame = WatchPicture(view, size: size, look: .full).frame
        return (0..<size.rows).map { frame.text(row: $0) }.joined().filter { $0 != " " }
    }

    @Test func `never cuts a name`() {
        for columns in [20, 24, 30, 40, 50, 60, 79, 80, 81, 100, 120, 140] {
            let size = FrameSize(rows: 150, columns: columns)
            let text = joined(PictureViews.long, size)
            for tuple in PictureViews.long.tuples {
                let name = tuple.route.filter { $0 != " " }
                #expect(text.contains(name), "\(columns) columns: \(tuple.route)")
            }
            for listener in PictureViews.long.listeners {
                #expect(text.contains(listener.address), "\(columns): \(listener.address)")
            }
            #expect(!text.contains("…"))
        }
    }

    @Test func `says so where a row has more lines than there is room for`() {
        let text = joined(PictureViews.long, .tiny)
        #expect(text.contains("morelines"))
    }

    @Test func `keeps the selected row in sight`() {
        for size in [FrameSize.usual, .half, .tiny, .large] {
            for tuple in PictureViews.tuples {
                var view = PictureViews.busy
                view.state.tuples.id = tuple.id
                let frame = WatchPicture(view, size: size, look: .full).frame
                let marked = (0..<size.rows).map { frame.text(row: $0) }.filter {
                    $0.hasPrefix("▸")
                }
                #expect(marked.count == 1 && marked.allSatisfy { $0.contains(tuple.source) })
            }
        }
    }

    @Test func `gives a table with the focus more room, and leaves the others out where it must`() {
        var view = PictureViews.busy
        view.state.focus = .findings
        let half = joined(view, .half)
        #expect(half.contains("queue-overflowing") || half.contains("0.0.0.0:443"))
        let tiny = joined(view, .tiny)
        #expect(tiny.contains("CRITICAL") && !tiny.contains("listeners"))
    }

    @Test func `names findings in the head where their table is not shown`() {
        #expect(joined(PictureViews.busy, .tiny).contains("2findings"))
        #expect(!joined(PictureViews.busy, .usual).contains("2findings"))
    }

    @Test func `shows what is paused and what is past`() {
        var view = PictureViews.busy
        view.state.isPaused = true
        #expect(joined(view, .tiny).contains("PAUSED"))
        view.history = WatchHistory(time: "14:25:10", age: 200)
        #expect(joined(view, .half).contains("HISTORY14:25:10"))
    }

    @Test func `says what a row was that is gone`() {
        var view = PictureViews.busy
        view.state.path = [.detail(WatchSubject(.tuples, "gone"))]
        #expect(joined(view, .usual).contains("Itisnotthereanymore."))
    }
}

@Suite struct `Figures of the screen` {
    @Test func `are full only where it is full`() {
        #expect(WatchFigures.share(0.9999) == "99 %")
        #expect(WatchFigures.share(1) == "100 %")
        #expect(WatchFigures.share(0.0001) == "<1 %")
        #expect(WatchFigures.share(.nan) == "-")
    }

    @Test func `are no better than they are`() {
        #expect(WatchFigures.time(9.4) == "9 s")
        #expect(WatchFigures.time(262) == "4 min")
        #expect(WatchFigures.time(nil) == "-")
        #expect(WatchFigures.time(1e12) == "-")
        #expect(WatchFigures.time(-1) == "0 s")
        #expect(WatchFigures.clock(14) == "0:14")
        #expect(WatchFigures.clock(3723) == "1:02:03")
        #expect(WatchFigures.clock(.infinity) == "-")
        #expect(WatchFigures.clock(400_000) == "5 days")
        #expect(WatchFigures.rate(0) == "0")
        #expect(WatchFigures.rate(nil) == "-")
    }
}
