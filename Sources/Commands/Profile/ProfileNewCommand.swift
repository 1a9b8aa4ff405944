import ArgumentParser
import Kernel
import Model
import Report
import Tuning

/// `tcptune profile new`: a profile made from a file of sysctl.d.
struct ProfileNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Make a profile from a sysctl.conf",
        discussion: """
            Explains each value, leaves out what the kernel no longer has, and marks myths.

            Example:
              tcptune profile new --from-sysctl /etc/sysctl.d/99-tuning.conf -o tuning.toml
            """)

    @Option(
        name: .customLong("from-sysctl"),
        help: ArgumentHelp("The file to import.", valueName: "file"), completion: .file())
    var fromSysctl: String

    @Option(
        help: ArgumentHelp(
            "Name of the profile; the default comes from the file name.", valueName: "name"))
    var name: String?

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func validate() throws {
        guard !fromSysctl.isEmpty else {
            throw ValidationError("--from-sysctl needs a file, not an empty word.")
        }
        if let name, !ProfileName.isValid(name) {
            throw ValidationError("--name takes letters, digits, '-' and '_', 64 at most.")
        }
    }

    func run() throws {
        let showing = showing.request
        let output = try showing.claim()
        let bytes: [UInt8]
        do throws(KernelError) {
            bytes = try InputFile.read(fromSysctl, limit: SysctlFile.sizeLimit)
        } catch {
            throw CommandFailure.reading(error)
        }
        let imported = ProfileDraft(bytes, path: fromSysctl, name: name)
        guard !imported.taken.isEmpty else {
            let reason = (imported.dropped.first ?? imported.left.first).map {
                "; line \($0.line): \($0.reason)"
            }
            throw CommandFailure(
                status: .badData,
                message: "a profile can contain no line of \(fromSysctl)\(reason ?? "")")
        }
        if showing.form == .text {
            try output.write(imported.text)
        } else {
            try showing.show(ImportReport.document(imported), to: output) {
                try ImportReport.json(imported, host: ProfileCommand.host, tool: Tcptune.tool)
            }
        }
        let told = [
            Self.count(imported.dropped.count, "left out"),
            Self.count(imported.left.count, "left to sysctl.d (not TCP)"),
        ].compactMap(\.self)
        if !told.isEmpty {
            Tcptune.say(
                "tcptune: \(told.joined(separator: ", ")); the end of the profile says why")
        }
    }

    private static func count(_ lines: Int, _ what: String) -> String? {
        lines == 0 ? nil : "\(lines) line\(lines == 1 ? "" : "s") \(what)"
    }
}
