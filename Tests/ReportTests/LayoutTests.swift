import Audit
import Model
import Testing

@testable import Report

@Suite struct `A line of a terminal` {
    @Test(arguments: Scene.all.filter { $0.name != "hostile" }, [40, 60, 80, 97, 120, 200])
    func `is longer than the terminal is wide only where it is one thing to copy`(
        scene: Scene, width: Int
    ) {
        for line in scene.text(width: width).split(separator: "\n") {
            #expect(line.fits(width), "\(line)")
        }
    }

    @Test(arguments: [40, 60, 80, 97, 120, 200])
    func `cuts no identity, no value and no command`(width: Int) throws {
        let scene = Scene.busy
        let text = scene.text(width: width)
        #expect(!text.contains("…"))
        for tuple in scene.assessments.flatMap(\.situation.tuples).prefix(10) {
            #expect(text.contains(tuple.tuple.route), "\(tuple.tuple.route)")
        }
        for listener in scene.assessments.flatMap(\.situation.now.listeners).prefix(10) {
            #expect(text.contains(listener.address.with(port: listener.port)))
        }
        for command in scene.assessments.flatMap(\.findings).flatMap(\.remedies).compactMap(
            \.command)
        {
            #expect(text.contains("$ \(command)\n"), "\(command)")
        }
    }

    @Test func `is not wrapped where no terminal is`() {
        let text = Scene.busy.text(width: TerminalRenderer.unlimited)
        for finding in Scene.busy.assessments.flatMap(\.findings) {
            #expect(text.contains("\n  \(finding.observed)\n"), "\(finding.observed)")
        }
    }

    @Test(arguments: 40...60) func `keeps the groups of a number together`(width: Int) {
        let phrase = Phrase(
            String(repeating: "now 27 911 of 1 234 567 ports are used, 98.9 % or so; ", count: 6))
        let text = TerminalLines(width: width, colour: false).set(phrase, indent: 4)
        #expect(text.count > 5)
        for line in text {
            #expect(
                line.firstMatch(of: /\d$/) == nil || line.hasSuffix(" 911") || line.hasSuffix("567")
            )
            #expect(line.firstMatch(of: /^ *(%|911|234|567)/) == nil, "\(line)")
        }
    }

    @Test func `breaks a word that no line can hold`() {
        let text = TerminalLines(width: 20, colour: false)
            .set(Phrase(String(repeating: "x", count: 50)), lead: "  do  ", indent: 6)
        #expect(
            text == [
                "  do  xxxxxxxxxxxxxx", "      xxxxxxxxxxxxxx", "      xxxxxxxxxxxxxx",
                "      xxxxxxxx",
            ])
    }

    @Test func `counts what a terminal shows`() {
        #expect("abc".places == 3)
        #expect("漢字".places == 4)
        #expect("e\u{301}".places == 1)
        #expect("👍".places == 2)
        #expect("⚠\u{fe0f}".places == 2)
        #expect("→·…█".places == 4)
        #expect("\u{301}".places == 0)
    }

    @Test func `shows a bar in eighths`() {
        #expect(TerminalTable.blocks(0, places: 4) == "····")
        #expect(TerminalTable.blocks(0.5, places: 4) == "██··")
        #expect(TerminalTable.blocks(0.53125, places: 4) == "██▏·")
        #expect(TerminalTable.blocks(1, places: 4) == "████")
        #expect(TerminalTable.blocks(.infinity, places: 4) == "████")
    }

    @Test func `does not tell a remedy twice`() {
        var second = Scene.exhausting
        second.rule = .reuseDisabled
        let own = Remedy(.knob, "its own", effect: "", risk: "", undo: "")
        func text(_ remedies: [Remedy]) -> String {
            second.remedies = remedies
            let page = Document(title: "", blocks: [.finding(Scene.exhausting), .finding(second)])
            return TerminalRenderer(width: 80, colour: false).render(page)
        }
        let shared = Scene.exhausting.remedies[1]
        #expect(
            text([own, shared]).contains(
                """

                  do   1  its own
                       2  Let connect() take ports in TIME_WAIT again after a second
                          (net.ipv4.tcp_tw_reuse 2 → 1) (see ports-exhausting, above)
                  proof

                """.dropLast(1)))
        #expect(!text([own]).contains("above"))
    }

    @Test func `is coloured only where asked for`() {
        #expect(!Scene.busy.text(width: 80).contains("\u{1b}"))
        #expect(Scene.busy.text(width: 80, colour: true).contains("\u{1b}[1;31mCRITICAL"))
    }
}

extension StringProtocol {
    /// Whether the line is no wider than that; a command, and one identity or value of a stacked row, may be.
    func fits(_ width: Int) -> Bool {
        guard String(self).places > width else { return true }
        let text = drop { $0 == " " }
        let indent = count - text.count
        guard indent >= 2 else { return false }
        return text.hasPrefix("$ ") || text.hasPrefix("tcptune ") || text.contains(" → ")
            || indent == 4 && !text.contains("   ")
    }
}
