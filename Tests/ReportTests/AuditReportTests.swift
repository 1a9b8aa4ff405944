import Testing

@Suite struct `An audit's report` {
    @Test(arguments: Scene.all, [80, 120, 200])
    func `looks in a terminal as recorded`(scene: Scene, width: Int) throws {
        try expectSnapshot(scene.text(width: width), named: "\(scene.name)-\(width).txt")
    }

    @Test func `looks in colour as recorded`() throws {
        try expectSnapshot(Scene.busy.text(width: 100, colour: true), named: "busy-colour.txt")
    }

    @Test(arguments: Scene.all)
    func `looks as Markdown, HTML and JSON as recorded`(scene: Scene) throws {
        try expectSnapshot(scene.markdown, named: "\(scene.name).md")
        try expectSnapshot(scene.html, named: "\(scene.name).html")
        try expectSnapshot(scene.json, named: "\(scene.name).json")
    }
}
