import Glibc
import Testing

/// A sample of `make faults`, on the program as the tests have it.
@Suite(
    .serialized,
    .enabled(if: Scene.isRoot && access("/usr/bin/strace", X_OK) == 0, "needs root, and strace"))
struct `A change that is broken off` {
    @Test func `leaves the host as it was, or as it was to become`() throws {
        let outcome = try Program.run(
            [
                "python3", Project.path + "/Tests/Faults/run", "--tcptune", Program.tcptune,
                "--quick",
            ], within: 900)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains(" 0 violations"))
    }
}

/// The page that `Tests/Faults/run --write` writes.
@Suite struct `The page of what is promised` {
    @Test func `names trials and tests that are there, and says what would be written now`() throws
    {
        let outcome = try Program.run([
            "python3", Project.path + "/Tests/Faults/run", "--check",
            Project.path + "/docs/safety.md",
        ])
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }
}
