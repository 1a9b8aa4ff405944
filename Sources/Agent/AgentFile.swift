package import Model
import TOML
import Text
import Watching

/// `/etc/tcptune/agent.toml`: every key may be left out.
package enum AgentFile {
    package static let largestBytes = 1 << 16

    private static let sampling = ["netns", "budget", "owners"]
    private static let metrics = ["top", "summary", "textfile"]
    private static let web = ["listen", "config_file", "systemd_socket"]

    /// Reads it into settings.
    ///
    /// - Throws: all that is wrong with it, by line and column.
    package static func read(
        _ bytes: [UInt8], path: String, into settings: inout AgentSettings
    ) throws(TextError) {
        var findings = TextFindings(path: path, bytes: bytes)
        let top = try TOMLText(bytes, findings: &findings).reader(named: "the file")
        top.refuse(except: ["sampling", "metrics", "history", "web", "alerts"], &findings)
        if let table = top.subtable("sampling", &findings) {
            table.refuse(except: sampling, &findings)
            readSampling(table, into: &settings, &findings)
        }
        if let table = top.subtable("metrics", &findings) {
            table.refuse(except: metrics, &findings)
            readMetrics(table, into: &settings, &findings)
        }
        if let table = top.subtable("history", &findings) {
            table.refuse(except: HistorySettings.keys, &findings)
            settings.history.read(table, &findings)
        }
        if let table = top.subtable("web", &findings) {
            table.refuse(except: web, &findings)
            readWeb(table, into: &settings, &findings)
        }
        if let table = top.subtable("alerts", &findings) { settings.alerts.read(table, &findings) }
        try findings.check()
    }

    private static func readSampling(
        _ table: TOMLReader, into settings: inout AgentSettings, _ findings: inout TextFindings
    ) {
        if let netns = table.text("netns", &findings) { settings.netns = netns }
        if let owners = table.text("owners", &findings) {
            if let objection = objection(toOwners: owners) {
                findings.add(at: table.valueOffset(of: "owners"), objection)
            }
            settings.owners = owners
        }
        guard let text = table.text("budget", &findings) else { return }
        guard let share = share(text) else {
            findings.add(
                at: table.valueOffset(of: "budget"),
                "'budget' must be a share of one processor from 0.01% to 100%: budget = \"1%\"")
            return
        }
        settings.share = share
    }

    private static func readMetrics(
        _ table: TOMLReader, into settings: inout AgentSettings, _ findings: inout TextFindings
    ) {
        if let number = table.number("top", &findings) {
            if let top = Int(exactly: number), 0...AgentSettings.mostTop ~= top {
                settings.top = top
            } else {
                findings.add(
                    at: table.valueOffset(of: "top"),
                    "'top' must be a whole number from 0 to \(AgentSettings.mostTop)")
            }
        }
        if let summary = table.flag("summary", &findings) { settings.isSummary = summary }
        guard let path = table.text("textfile", &findings) else { return }
        if let objection = objection(toTextfile: path) {
            findings.add(at: table.valueOffset(of: "textfile"), objection)
        }
        settings.textfile = path
    }

    private static func readWeb(
        _ table: TOMLReader, into settings: inout AgentSettings, _ findings: inout TextFindings
    ) {
        if table.has("listen") {
            settings.listen = table.texts("listen", orOne: true, &findings).compactMap { one in
                guard let address = ListenAddress(one.text) else {
                    findings.add(at: one.offset, refusal(ofAddress: one.text))
                    return nil
                }
                return address
            }
        }
        if let path = table.text("config_file", &findings) { settings.webConfiguration = path }
        if let flag = table.flag("systemd_socket", &findings) {
            settings.takesSystemdSocket = flag
        }
    }

    /// A share as it is written: `1%`, `0.5%`; nil for one that no processor has, or for next to nothing.
    package static func share(_ text: String) -> Double? {
        ProcessorBudget.share(text).flatMap { ProcessorBudget.possibleShares ~= $0 ? $0 : nil }
    }

    /// Why node_exporter would not read a file of that name; nil where it would.
    package static func objection(toTextfile path: String) -> String? {
        guard path.hasPrefix("/") else { return "'\(path)' is no path from the root" }
        let name = path.split(separator: "/").last ?? ""
        return name.hasSuffix(".prom") && !name.hasPrefix(".")
            ? nil : "node_exporter reads files that end in .prom, not '\(path)'"
    }

    /// Why no socket can be at that path; nil where one can.
    package static func objection(toOwners path: String) -> String? {
        // sun_path holds 108 bytes with the zero at its end (unix(7)).
        path.hasPrefix("/") && path.utf8.count < 108
            ? nil : "'\(path)' is no path from the root of fewer than 108 bytes"
    }

    package static func refusal(ofAddress text: String) -> String {
        "'\(text)' is no address to listen on: write 127.0.0.1:9765, [::1]:9765, :9765 or unix:/run/tcptune-agent/agent.sock"
    }
}
