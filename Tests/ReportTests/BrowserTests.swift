import Testing

@testable import Report

/// The page in a real browser, whose console tells what its policy refused.
@Suite(.enabled(if: Scratch.works("chromium --version"), "chromium is not installed"))
struct `A page in Chromium` {
    /// What the console said, and the log of the network.
    private func open(_ page: String) throws -> (console: [Substring], network: String) {
        let scratch = try Scratch()
        try scratch.write(page, to: "page.html")
        let result = try scratch.run(
            "chromium --headless --no-sandbox --disable-gpu --user-data-dir=profile "
                + "--disable-background-networking --enable-logging=stderr "
                + "--log-net-log=network.json --dump-dom file://\(scratch.path)/page.html")
        #expect(result.status == 0)
        #expect(result.said.contains("</html>"))
        return (
            result.said.split(separator: "\n").filter { $0.contains(":CONSOLE:") },
            try scratch.read("network.json")
        )
    }

    @Test(arguments: Scene.all) func `says nothing on the console, and asks nobody`(scene: Scene)
        throws
    {
        let seen = try open(scene.html)
        #expect(seen.console.isEmpty)
        #expect(!seen.network.contains("example.invalid"))
    }

    @Test(arguments: ["load-narrow", "lab-busy", "proof"])
    func `of a saved result says nothing on the console, and names nothing to load`(
        name: String
    ) throws {
        let html = HTMLRenderer().render(try Saved.file(name).page(top: 10))
        #expect(try open(html).console.isEmpty)
        for word in Self.loading { #expect(!html.contains(word), "\(word)") }
    }

    @Test func `of a comparison and of pictures says nothing, and asks nobody`() throws {
        let report = try Saved.comparison(Saved.snapshot(.hostile), Saved.snapshot(.busy)).report
        for page in [report.document, ChartScene.page, SequenceScene.page] {
            let html = HTMLRenderer().render(page)
            let seen = try open(html)
            #expect(seen.console.isEmpty)
            let asksSomebody = seen.network.contains("example.invalid")
            #expect(!asksSomebody)
            for word in Self.loading { #expect(!html.contains(word), "\(word)") }
        }
    }

    @Test func `would be seen to complain`() throws {
        let page = Scene.idle.html.replacing("</main>", with: "<b style='color:red'></b></main>")
        #expect(try !open(page).console.isEmpty)
    }

    @Test(arguments: Scene.all) func `names nothing to load`(scene: Scene) {
        let html = scene.html
        for word in Self.loading { #expect(!html.contains(word), "\(word)") }
    }

    /// What would make a browser ask somebody.
    private static let loading = [
        " src=\"", " href=\"", "url(", "@import", "<script", "<img", "<link",
    ]
}
