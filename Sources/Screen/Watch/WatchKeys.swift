/// What a key does: to what is shown, and to the program.
package struct WatchKeys {
    private let rows: WatchRows
    private let isInHistory: Bool
    private let namespaces: Int
    /// How far the text that is shown can be scrolled.
    private let lastScroll: Int

    /// - Parameter lastScroll: what `WatchPicture` told of the frame that the user sees.
    package init(_ view: WatchView, lastScroll: Int) {
        rows = WatchRows(view)
        isInHistory = view.history != nil
        namespaces = view.head.namespaceCount
        self.lastScroll = lastScroll
    }

    /// So many rows or lines are a page.
    private static let page = 10
    /// A filter is typed by hand.
    private static let longestFilter = 200

    package func press(_ key: Key, _ state: inout WatchState) -> WatchAction? {
        switch key {
        case .control("c"): return .quit
        case .control("l"): return .redraw
        default: break
        }
        if let before = state.filterBefore {
            type(key, before, &state)
            return nil
        }
        switch key {
        case .character("q"): return .quit
        case .character("p"): state.isPaused.toggle()
        case .character("t"): return .stepBack
        case .character("T"): return isInHistory ? .stepForward : nil
        case .character("n"): return namespaces > 1 ? .nextNamespace : nil
        case .character("f"): focus(.findings, &state)
        case .character("l"): focus(.listeners, &state)
        default: return onPage(key, &state)
        }
        return nil
    }

    /// What a key does that does not mean the same on every page.
    private func onPage(_ key: Key, _ state: inout WatchState) -> WatchAction? {
        switch state.page {
        case nil: return inTables(key, &state)
        case .detail(let subject): return inDetail(key, subject, &state)
        case .explanation:
            inExplanation(key, &state)
            return nil
        }
    }

    /// The table, or the tuples again where it has the focus already.
    private func focus(_ panel: WatchPanel, _ state: inout WatchState) {
        state.focus = state.focus == panel && state.path.isEmpty ? .tuples : panel
        state.path = []
    }

    private func type(_ key: Key, _ before: String, _ state: inout WatchState) {
        switch key {
        case .character(let scalar):
            guard state.filter.unicodeScalars.count < Self.longestFilter else { return }
            state.filter.unicodeScalars.append(scalar)
        case .backspace, .delete:
            if state.filter.unicodeScalars.popLast() == nil { state.filterBefore = nil }
        case .control("u"): state.filter = ""
        case .enter: state.filterBefore = nil
        case .escape:
            state.filter = before
            state.filterBefore = nil
        default: break
        }
    }

    private func inTables(_ key: Key, _ state: inout WatchState) -> WatchAction? {
        switch key {
        case .character("/"): state.filterBefore = state.filter
        case .tab: state.focus = state.focus.next(1)
        case .left: sort(-1, &state)
        case .right: sort(1, &state)
        case .enter: return selected(state).map { lookInto($0, &state) }
        case .character("e"): return selected(state).map { explain($0, &state) }
        case .escape:
            // Back, one step after the other.
            if !state.filter.isEmpty {
                state.filter = ""
            } else if state.focus != .tuples {
                state.focus = .tuples
            } else if isInHistory {
                return .live
            }
        default: move(key, &state)
        }
        return nil
    }

    private func inDetail(
        _ key: Key, _ subject: WatchSubject, _ state: inout WatchState
    ) -> WatchAction? {
        switch key {
        case .escape, .backspace, .left: back(&state)
        case .character("e"): return explain(subject, &state)
        case .up, .down, .home, .end:
            move(key, &state)
            back(&state)
            return selected(state).map { lookInto($0, &state) }
        default: scroll(key, &state)
        }
        return nil
    }

    private func inExplanation(_ key: Key, _ state: inout WatchState) {
        switch key {
        case .escape, .backspace, .left, .character("e"): back(&state)
        default: scroll(key, &state)
        }
    }

    private func lookInto(_ subject: WatchSubject, _ state: inout WatchState) -> WatchAction {
        state.path.append(.detail(subject))
        state.scroll = 0
        return .lookInto(subject)
    }

    private func explain(_ subject: WatchSubject, _ state: inout WatchState) -> WatchAction {
        state.path.append(.explanation(subject))
        state.scroll = 0
        return .explain(subject)
    }

    private func back(_ state: inout WatchState) {
        _ = state.path.popLast()
        state.scroll = 0
    }

    private func sort(_ step: Int, _ state: inout WatchState) {
        switch state.focus {
        case .findings: break
        case .tuples: state.tupleSort = state.tupleSort.next(step)
        case .listeners: state.listenerSort = state.listenerSort.next(step)
        }
    }

    private func selected(_ state: WatchState) -> WatchSubject? {
        rows.place(of: state[state.focus], in: state.focus)
            .map { WatchSubject(state.focus, rows.ids(state.focus)[$0]) }
    }

    private func move(_ key: Key, _ state: inout WatchState) {
        let ids = rows.ids(state.focus)
        guard let place = rows.place(of: state[state.focus], in: state.focus),
            let next = Self.moved(place, by: key, last: ids.count - 1)
        else { return }
        state[state.focus].place = next
        state[state.focus].id = ids[next]
    }

    private func scroll(_ key: Key, _ state: inout WatchState) {
        guard let next = Self.moved(state.scroll, by: key, last: lastScroll) else { return }
        state.scroll = next
    }

    private static func moved(_ place: Int, by key: Key, last: Int) -> Int? {
        let next: Int
        switch key {
        case .up: next = place - 1
        case .down: next = place + 1
        case .pageUp: next = place - page
        case .pageDown: next = place + page
        case .home: next = 0
        case .end: next = last
        default: return nil
        }
        return min(max(next, 0), max(last, 0))
    }
}
