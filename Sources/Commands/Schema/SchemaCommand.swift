import ArgumentParser
import Kernel
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
        try ClaimedOutput.standard.write(try Self.bytes(of: format))
    }

    /// Larger than any of them.
    private static let largestBytes = 1 << 20

    private static func bytes(of format: Format) throws -> [UInt8] {
        let directories = SharedFiles.directories("schema", inCheckout: "Sources/Report/Schema")
        for directory in directories {
            do throws(KernelError) {
                return try InputFile.read(
                    "\(directory)/\(format.word)-\(format.number).json", limit: largestBytes)
            } catch {
                if !error.isAbsent {
                    throw CommandFailure(status: .failed, message: error.description)
                }
            }
        }
        throw CommandFailure(
            status: .unavailable,
            message:
                "the schemas are not installed: \(format.word)-\(format.number).json is in none of \(directories.joined(separator: ", ")); make install installs them"
        )
    }
}
