import Kernel
import Model
import TOML

/// Where the settings come from: read at the start, and again at SIGHUP.
struct AgentConfiguration {
    private let command: AgentCommand

    init(_ command: AgentCommand) { self.command = command }

    /// The settings as they are now.
    func read() throws(AgentFailure) -> AgentSettings {
        var settings = AgentSettings()
        if let bytes = try bytes() {
            let path = command.config ?? AgentSettings.usualFile
            do throws(TextError) {
                try AgentFile.read(bytes, path: path, into: &settings)
            } catch {
                throw AgentFailure(.unsafeConfiguration, error.description)
            }
        }
        command.apply(to: &settings)
        if let danger = settings.danger {
            throw AgentFailure(.unsafeConfiguration, danger)
        }
        return settings
    }

    /// Nil where nobody named a file and the usual one is not there.
    private func bytes() throws(AgentFailure) -> [UInt8]? {
        do throws(KernelError) {
            return try InputFile.read(
                command.config ?? AgentSettings.usualFile, limit: AgentFile.largestBytes)
        } catch {
            if command.config == nil, error.isAbsent { return nil }
            throw .reading(error)
        }
    }
}

extension AgentSettings {
    /// As `--check` prints them: a file that says the same.
    package var text: String {
        let quoted = { (key: String, value: String?) in
            value.map { "\(key) = \(TOMLString.quoted($0))" } ?? "# \(key) is not set"
        }
        let listen = listen.map { TOMLString.quoted("\($0)") }.joined(separator: ", ")
        let percent = (share * 1e6).rounded() / 1e4
        let sampling = [
            "[sampling]", quoted("netns", netns), "budget = \"\(percent)%\"",
            quoted("owners", owners), "",
        ]
        let metrics = [
            "[metrics]", "top = \(top)", "summary = \(isSummary)", quoted("textfile", textfile), "",
        ]
        let web = [
            "[web]", "listen = [\(listen)]", quoted("config_file", webConfiguration),
            "systemd_socket = \(takesSystemdSocket)", "",
        ]
        let sections = sampling + metrics + history.lines + web
        return (sections + alerts.lines + [""]).joined(separator: "\n")
    }
}
