import Testing

@testable import Report

/// A page of all blocks that are not an audit's own, as `explain` and `doctor` make them.
@Suite struct `A page` {
    private static let page = Document(
        title: "net.ipv4.tcp_fin_timeout",
        blocks: [
            .heading("net.ipv4.tcp_fin_timeout", level: 1),
            .paragraph(
                "How long an orphan stays in FIN_WAIT2. " + .strong("It does not shorten TIME_WAIT")
                    + ", which is 60 s."),
            .facts([
                Fact("value", .code("30") + " seconds"), Fact("at boot", "30"),
                Fact(
                    "set by",
                    .code("/etc/sysctl.d/90-tuning.conf:4")
                        + " and so it is the line that systemd-sysctl(8) reads last of all"),
            ]),
            .heading("What to look at", level: 2),
            .list(["FIN_WAIT2 of `ss -tan`", "1. not a list", "- nor this"], numbered: true),
            .list(["a point", .quiet("a quiet one")], numbered: false),
            .code("sysctl -w net.ipv4.tcp_fin_timeout=60\nif (a < b) exit"),
            .table(
                Table(
                    "Values",
                    columns: [
                        Table.Column("value", isNumber: true), Table.Column("what | happens"),
                    ], rows: [[.count(61), .text("a | b")], [.count(nil), .text(nil)]])),
            .table(Table("An empty table", columns: [Table.Column("x")], rows: [])),
            .remark(label: "next", .code("tcptune explain FIN_WAIT2")),
        ])

    @Test(arguments: [60, 100]) func `looks in a terminal as recorded`(width: Int) throws {
        let text = TerminalRenderer(width: width, colour: false).render(Self.page)
        try expectSnapshot(text, named: "page-\(width).txt")
    }

    @Test func `looks as Markdown and HTML as recorded`() throws {
        try expectSnapshot(MarkdownRenderer().render(Self.page), named: "page.md")
        try expectSnapshot(HTMLRenderer().render(Self.page), named: "page.html")
    }

    @Test func `leaves out a table without rows`() {
        #expect(!MarkdownRenderer().render(Self.page).contains("An empty table"))
        #expect(!HTMLRenderer().render(Self.page).contains("An empty table"))
        #expect(
            !TerminalRenderer(width: 80, colour: false).render(Self.page).contains(
                "An empty table"))
    }
}
