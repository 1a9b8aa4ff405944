import Audit
import Catalogue
import Collector
import Kernel
import Model
import Screen
import Watching

/// `tcptune watch` on a terminal: looks at every interval, draws what was found, and does what keys ask for.
struct WatchScreenSession: ~Copyable {
    private let request: WatchRequest
    private let watcher: NamespaceCollector
    private let signals: HeldSignals
    private var terminal: TerminalSession
    private let look = Screen.Look { Environment[$0] }
    private var reader = KeyReader()
    private var state = WatchState()
    /// What is shown while the user has paused; nil while the newest is.
    private var frozen: (watched: WatchedNamespace, host: Host)?
    private var explanation: WatchText?
    /// What a key could not do.
    private var remark: String?
    /// What the terminal shows; nil where that is not known.
    private var shown: Frame?
    private var lastScroll = 0

    /// Opens the namespace first: what cannot be watched is said before the screen is taken.
    static func open(_ request: WatchRequest) throws(KernelError) -> WatchScreenSession {
        let watcher = try NamespaceCollector.open(
            request.netns, pace: .watching(request))
        let signals = try HeldSignals.holdOnTerminal()
        let terminal = try TerminalSession.open(request.isInline ? .inline : .screen, signals)
        return WatchScreenSession(request, watcher, signals, terminal)
    }

    private init(
        _ request: WatchRequest, _ watcher: NamespaceCollector, _ signals: HeldSignals,
        _ terminal: consuming TerminalSession
    ) {
        self.request = request
        self.watcher = watcher
        self.signals = signals
        self.terminal = terminal
    }

    /// How it ended: the number of the signal, or nil for a key or the end of the time.
    consuming func run() throws(KernelError) -> Int32? {
        let end = request.length.map { BootClock.now + $0 }
        var times = LookTimes(every: request.interval)
        while true {
            if BootClock.now >= times.due {
                _ = try watcher.look()
                times.advance()
                try draw()
            }
            if let end, BootClock.now >= end { return nil }
            switch try wait(until: min(times.due, end ?? times.due)) {
            case .again: continue
            case .quit: return nil
            case .signal(let number): return number
            }
        }
    }

    private enum Next {
        case again, quit
        case signal(Int32)
    }

    private mutating func wait(until due: Double) throws(KernelError) -> Next {
        let rest = max(due - BootClock.now, 0)
        let patience = reader.isUndecided ? min(rest, KeyReader.patience) : rest
        let ready = try Waitable.wait(
            for: [signals.waitable, terminal.keys], atMost: patience)
        if ready[0], let next = try takeSignal() { return next }
        guard ready[1] else {
            return try press(reader.settle()) ? .quit : .again
        }
        // The terminal has gone: nobody is there to end it.
        guard let bytes = terminal.read() else { return .quit }
        return try press(reader.read(bytes)) ? .quit : .again
    }

    private mutating func takeSignal() throws(KernelError) -> Next? {
        while let signal = signals.nextOnTerminal() {
            switch signal {
            case .end(let number): return .signal(number)
            case .stop:
                try terminal.suspend()
                shown = nil
            case .goOn:
                try terminal.resume()
                shown = nil
            // Among other lines the terminal has moved what was there: drawn again it would stand there twice.
            case .resized: if !request.isInline { shown = nil }
            }
        }
        try draw()
        return nil
    }

    /// True where a key ends it.
    private mutating func press(_ keys: [Key]) throws(KernelError) -> Bool {
        guard !keys.isEmpty, let view = view() else { return false }
        for key in keys {
            remark = nil
            let wasPaused = state.isPaused
            let action = WatchKeys(view, lastScroll: lastScroll).press(key, &state)
            if state.isPaused != wasPaused { freeze() }
            switch action {
            case .quit: return true
            case .redraw: shown = nil
            case .stepBack, .stepForward:
                remark = "no history: tcptune watch keeps the last 10 minutes of closings only"
            case .explain(let subject): explain(subject)
            case .live, .nextNamespace, .lookInto, nil: break
            }
        }
        try draw()
        return false
    }

    private mutating func freeze() {
        frozen = nil
        if state.isPaused, let host = watcher.host { frozen = (watcher.watched, host) }
    }

    private mutating func explain(_ subject: WatchSubject) {
        guard let assessment = (frozen?.watched ?? watcher.watched).assessment else { return }
        let name =
            switch subject.panel {
            case .findings:
                subject.id.split(separator: " ").first { $0 != "cleared" }.map(String.init)
            case .tuples: "EADDRNOTAVAIL"
            case .listeners: RuleID.queueOverflowing.rawValue
            }
        explanation = name.flatMap { Explainer(assessment).explain($0) }.map(WatchText.init)
    }

    private func view() -> WatchView? {
        guard let host = frozen?.host ?? watcher.host else { return nil }
        var view = WatchView(frozen?.watched ?? watcher.watched, host: host, state: state)
        view.explanation = explanation
        if let remark { view.notice = remark }
        return view
    }

    private mutating func draw() throws(KernelError) {
        guard let view = view() else { return }
        var size = terminal.size
        // Among other lines the prompt before it stays in sight.
        if request.isInline { size.rows = min(size.rows - 1, Self.inlineRows) }
        let picture = WatchPicture(
            view, size: FrameSize(rows: size.rows, columns: size.columns), look: look)
        lastScroll = picture.lastScroll
        let bytes = FrameChange.bytes(
            from: shown, to: picture.frame, look: look,
            placement: request.isInline ? .inline : .screen)
        shown = try terminal.write(bytes) ? picture.frame : nil
    }

    private static let inlineRows = 20
}

extension WatchText {
    /// What is known of a name, and what it comes to on this host.
    init(_ explanation: Explanation) {
        var paragraphs: [Paragraph] = []
        for passage in explanation.passages {
            // Lines of the text are not those of the screen; an empty one parts paragraphs.
            let parts = passage.text.split(separator: "\n", omittingEmptySubsequences: false)
                .split(whereSeparator: \.isEmpty).map { $0.joined(separator: " ") }
            for (number, part) in parts.enumerated() {
                paragraphs.append(Paragraph(part, label: number == 0 ? passage.title : nil))
            }
        }
        if !explanation.verdict.isEmpty {
            paragraphs.append(Paragraph(explanation.verdict, label: "here"))
        }
        for value in explanation.here {
            paragraphs.append(Paragraph("\(value.name): \(value.text)"))
        }
        if let experiment = explanation.experiments.first {
            paragraphs.append(Paragraph("tcptune lab run \(experiment.rawValue)", isCommand: true))
        }
        self.init(title: explanation.name, paragraphs: paragraphs)
    }
}
