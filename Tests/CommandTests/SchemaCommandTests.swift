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

    @Test func `of another name is refused, with the one that was meant`() throws {
        let outcome = try Program.run([Program.tcptune, "schema", "audits"])
        #expect(outcome.status == 64)
        #expect(outcome.errors == "tcptune: unknown document 'audits'; did you mean audit?\n")
    }
}
