import FoundationEssentials
import Glibc
import Testing

@testable import Commands
@testable import Report

@Suite struct `The schema of a document` {
    @Test func `is printed by any of its names`() throws {
        let texts = try ["audit", "tcptune.audit", "tcptune.audit/1"].map { name in
            let outcome = try Program.run([Program.tcptune, "schema", name])
            #expect(outcome.status == 0, "\(outcome.errors)")
            return outcome.output
        }
        #expect(Set(texts).count == 1 && texts[0].contains("\"$schema\""))
    }

    @Test func `is there for each that is written`() throws {
        let names = try Program.run([Program.tcptune, "schema"])
        #expect(names.output == Format.all.map { "\($0.word)\n" }.joined())
        for format in Format.all {
            let outcome = try Program.run([Program.tcptune, "schema", format.word])
            #expect(outcome.output.contains("\(format.text)\""), "\(format.text)")
        }
    }

    /// An older one lay in /usr/local once, and was printed in place of the checkout's own.
    @Test(.enabled(if: Self.canHideFiles, "no mount namespace of one's own can be made here"))
    func `comes from the checkout of the program before it comes from an installation`() throws {
        let directory = try Temporary.directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try Temporary.write("{}\n", to: "\(directory)/tcptune/schema/audit-1.json")
        let script = """
            mount --bind \(directory) /usr/local/share && cat /usr/local/share/tcptune/schema/audit-1.json
            exec \(Program.tcptune) schema audit
            """
        let outcome = try Program.run(["unshare"] + Self.mounts + ["sh", "-c", script])
        let own = try Program.run([Program.tcptune, "schema", "audit"])
        #expect(outcome.output == "{}\n" + own.output, "\(outcome.errors)")
    }

    private static let mounts = [geteuid() == 0 ? "-m" : "-rm"]
    private static let canHideFiles =
        access("/usr/local/share", F_OK) == 0
        && (try? Program.run(["unshare"] + mounts + ["true"]).status) == 0

    @Test func `is installed as it is printed`() throws {
        let directory = try Temporary.directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let script = "\(Project.path)/scripts/schemas"
        let outcome = try Program.run([script, Program.tcptune, directory])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(
            try Temporary.names(in: directory)
                == Format.all.map { "\($0.word)-\($0.number).json" }.sorted())
        for format in Format.all {
            let file = URL(filePath: "\(directory)/\(format.word)-\(format.number).json")
            let printed = try Program.run([Program.tcptune, "schema", format.word]).output
            #expect(String(decoding: try Data(contentsOf: file), as: UTF8.self) == printed)
        }
        #expect(try Program.run([script, "--remove", directory]).status == 0)
        #expect(try Temporary.names(in: directory) == [])
    }

    @Test func `of another name is refused, with the one that was meant`() throws {
        let outcome = try Program.run([Program.tcptune, "schema", "audits"])
        #expect(outcome.status == 64)
        #expect(outcome.errors == "tcptune: unknown document 'audits'; did you mean audit?\n")
    }
}
