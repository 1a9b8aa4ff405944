import Testing

@testable import Screen

@Suite struct `Keys on the screen` {
    /// A user in front of a view.
    private struct User {
        var view = PictureViews.busy
        var lastScroll = 0
        var actions: [WatchAction] = []

        mutating func press(_ keys: Key...) {
            for key in keys {
                let action = WatchKeys(view, lastScroll: lastScroll).press(key, &view.state)
                if let action { actions.append(action) }
            }
        }

        mutating func type(_ text: String) {
            for scalar in text.unicodeScalars { press(.character(scalar)) }
        }

        var state: WatchState { view.state }
    }

    @Test func `end it`() {
        var user = User()
        user.press(.character("q"), .control("c"))
        #expect(user.actions == [.quit, .quit])
    }

    @Test func `pause what is shown`() {
        var user = User()
        user.press(.character("p"))
        #expect(user.state.isPaused)
        user.press(.character("p"))
        #expect(!user.state.isPaused && user.actions.isEmpty)
    }

    @Test func `sort the table that has the focus`() {
        var user = User()
        user.press(.right)
        #expect(user.state.tupleSort == .used)
        user.press(.left, .left)
        #expect(user.state.tupleSort == .destination)
        user.press(.character("l"), .right)
        #expect(user.state.listenerSort == .drops && user.state.tupleSort == .destination)
        user.press(.character("f"), .right)
        #expect(user.state.focus == .findings)
    }

    @Test func `filter while they are typed, q among them`() {
        var user = User()
        user.type("/9092q")
        #expect(user.state.filter == "9092q" && user.state.isTyping && user.actions.isEmpty)
        #expect(WatchRows(user.view).tuples.isEmpty)
        user.press(.backspace, .enter)
        #expect(user.state.filter == "9092" && !user.state.isTyping)
        #expect(WatchRows(user.view).tuples.count == 3)
        user.type("/x")
        user.press(.escape)
        #expect(user.state.filter == "9092", "as it was before")
        user.press(.escape)
        #expect(user.state.filter.isEmpty)
        user.type("/")
        user.press(.backspace)
        #expect(!user.state.isTyping, "nothing was left to delete")
        user.type("/abc")
        user.press(.control("u"))
        #expect(user.state.filter.isEmpty && user.state.isTyping)
        user.press(.control("c"))
        #expect(user.actions == [.quit])
    }

    @Test func `look into a row, come back, and go on to the next`() {
        var user = User()
        let tuples = WatchRows(user.view).tuples
        let first = WatchSubject(.tuples, tuples[0].id)
        let second = WatchSubject(.tuples, tuples[1].id)
        user.press(.enter)
        #expect(user.state.page == .detail(first))
        user.press(.down)
        #expect(user.state.page == .detail(second) && user.state.path.count == 1)
        user.press(.character("e"))
        #expect(user.state.page == .explanation(second))
        user.press(.escape)
        #expect(user.state.page == .detail(second))
        user.press(.escape)
        #expect(user.state.page == nil && user.state.tuples.id == second.id)
        #expect(user.actions == [.lookInto(first), .lookInto(second), .explain(second)])
    }

    @Test func `stay on a row when the order changes, and on its neighbour when it is gone`() {
        var user = User()
        user.press(.down, .down)
        let id = user.state.tuples.id
        #expect(id == WatchRows(user.view).tuples[2].id)
        user.press(.left)
        let rows = WatchRows(user.view)
        let place = rows.place(of: user.state.tuples, in: .tuples)
        #expect(place.map { rows.tuples[$0].id } == id)
        user.view.tuples.removeAll { $0.id == id }
        #expect(WatchRows(user.view).place(of: user.state.tuples, in: .tuples) == 2)
        user.view.tuples = []
        #expect(WatchRows(user.view).place(of: user.state.tuples, in: .tuples) == nil)
        user.press(.down, .enter, .character("e"), .end)
        #expect(user.state.page == nil && user.actions.isEmpty)
    }

    @Test func `never leave the table`() {
        var user = User()
        user.press(.up)
        #expect(user.state.tuples.place == 0)
        user.press(.end, .down, .pageDown)
        #expect(user.state.tuples.place == 7)
        user.press(.pageUp, .home)
        #expect(user.state.tuples.place == 0)
    }

    @Test func `step through what was, and back to the present`() {
        var user = User()
        user.press(.character("T"))
        #expect(user.actions.isEmpty, "there is nothing beyond the present")
        user.press(.character("t"))
        user.view.history = WatchHistory(time: "14:25:10", age: 217)
        user.press(.character("t"), .character("T"), .escape)
        #expect(user.actions == [.stepBack, .stepBack, .stepForward, .live])
    }

    @Test func `give the focus, and back`() {
        var user = User()
        user.press(.character("f"))
        #expect(user.state.focus == .findings)
        user.press(.enter)
        #expect(user.actions == [.lookInto(WatchSubject(.findings, "a"))])
        user.press(.character("l"))
        #expect(user.state.focus == .listeners && user.state.page == nil)
        user.press(.character("l"))
        #expect(user.state.focus == .tuples)
        user.press(.tab, .tab)
        #expect(user.state.focus == .findings)
        user.press(.escape)
        #expect(user.state.focus == .tuples)
    }

    @Test func `scroll a text as far as it goes`() {
        var user = User()
        user.press(.character("e"))
        user.lastScroll = 3
        user.press(.down)
        #expect(user.state.scroll == 1)
        user.press(.pageDown, .down)
        #expect(user.state.scroll == 3)
        user.press(.home)
        #expect(user.state.scroll == 0)
        user.press(.end, .character("e"))
        #expect(user.state.page == nil && user.state.scroll == 0)
    }

    @Test func `go to another namespace where there is one`() {
        var user = User()
        user.press(.character("n"))
        #expect(user.actions == [.nextNamespace])
        user.view.head.namespaceCount = 1
        user.press(.character("n"))
        #expect(user.actions.count == 1)
    }
}
