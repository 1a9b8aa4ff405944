import Testing

/// A part of the table of situations; `make situations` makes all of it.
extension Measured {
    @Suite(.enabled(if: Scene.isRoot, "needs root, for the network namespaces of several hosts"))
    struct Situations {
        @Test func `what goes wrong on real servers is named, and a healthy host is left in peace`()
            throws
        {
            let outcome = try Program.run(
                [
                    "python3", Project.path + "/Tests/Situations/run", "--ci", "--tcptune",
                    Program.tcptune,
                ], within: 900)
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        }
    }
}

/// The page that `make situations` writes.
struct `The page of situations` {
    @Test func `has a row for each situation of the table`() throws {
        let table = try Program.run(
            ["python3", Project.path + "/Tests/Situations/run", "--list"])
        #expect(table.status == 0, "\(table.errors)")
        let situations = table.output.split(separator: "\n").count
        #expect(situations >= 80)
        let page = try Program.run(
            ["grep", "-cE", "^\\| [0-9]+( •)? \\| ", Project.path + "/docs/situations.md"])
        #expect(page.output == "\(situations)\n")
    }
}
