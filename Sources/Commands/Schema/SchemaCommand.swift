import ArgumentParser
import Kernel
import Model
import Report
import Text

/// `tcptune schema`: the layout of a JSON document, as JSON Schema.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of a --json document, or the names of all documents",
        discussion: """
            A document names its schema in "format": tcptune schema tcptune.audit/1 and tcptune schema audit print the same.

            Example:
              tcptune schema audit
            """)

    @Argument(help: "audit, load, plan …: the value of \"format\"", completion: Completion.schemas)
    var name: String?

    func run() throws {
        guard let name else {
            return try ClaimedOutput.standard.write(
                Format.all.map { "\($0.word)\n" }.joined())
        }
        guard let format = Format.all.first(where: { [$0.word, $0.name, $0.text].contains(name) })
        else {
            throw CommandFailure(
                status: .usage,
                message: NearMiss.sentence(
                    "unknown document \(CommandFailure.cited(name))", name,
                    among: Format.all.map(\.word)))
        }
        try ClaimedOutput.standard.write(try Self.text(of: format))
    }

    private static func text(of format: Format) throws -> String {
        // A program in its checkout has the schemas of its own version there; what is installed may be of another.
        let directories = SharedFiles.directories(
            "schema", inCheckout: "Sources/Report/Schema", checkoutFirst: true)
        for directory in directories {
            let file = "\(directory)/\(format.word)-\(format.number).json"
            guard let text = try read(file) else { continue }
            return try SchemaText.whole(text) { path in
                guard let definition = try read("\(directory)/\(path)") else {
                    throw CommandFailure(
                        status: .failed, message: "\(directory) lacks \(path)")
                }
                return definition
            }
        }
        throw CommandFailure(
            status: .unavailable,
            message:
                "the schemas are not installed: \(format.word)-\(format.number).json is in none of \(directories.joined(separator: ", ")); make install installs them"
        )
    }

    /// Larger than any of them.
    private static let largestBytes = 1 << 20

    /// Nil where there is no such file.
    private static func read(_ path: String) throws -> String? {
        do throws(KernelError) {
            return String(
                decoding: try InputFile.read(path, limit: largestBytes), as: UTF8.self)
        } catch {
            if error.isAbsent { return nil }
            throw CommandFailure(status: .failed, message: error.description)
        }
    }
}
