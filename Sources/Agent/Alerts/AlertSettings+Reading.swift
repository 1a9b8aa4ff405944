import Alerts
import Audit
import TOML

extension AlertSettings {
    private static let keys = [
        "journal", "minimum", "command", "alertmanager", "webhook", "ca_file",
    ]
    #if WEB
        private static let sendsRequests = true
    #else
        private static let sendsRequests = false
    #endif

    /// Reads `[alerts]`.
    mutating func read(_ table: TOMLReader, _ findings: inout TextFindings) {
        table.refuse(except: Self.keys, &findings)
        if let flag = table.flag("journal", &findings) { journal = flag }
        if let word = table.text("minimum", &findings) {
            if let severity = Severity(rawValue: word), severity > .myth {
                minimum = severity
            } else {
                findings.add(
                    at: table.valueOffset(of: "minimum"),
                    "'minimum' must be critical, warning or notice")
            }
        }
        if table.has("command") { readCommand(table, &findings) }
        if table.has("alertmanager") {
            alertmanagers = table.texts("alertmanager", orOne: true, &findings).compactMap {
                Self.url($0.text, at: $0.offset, &findings)
            }
        }
        if let text = table.text("webhook", &findings) {
            webhook = Self.url(text, at: table.valueOffset(of: "webhook"), &findings)
        }
        guard let path = table.text("ca_file", &findings) else { return }
        if !path.hasPrefix("/") {
            findings.add(
                at: table.valueOffset(of: "ca_file"), "'\(path)' is no path from the root")
        }
        authorities = path
    }

    private mutating func readCommand(_ table: TOMLReader, _ findings: inout TextFindings) {
        let words = table.texts("command", orOne: true, &findings)
        if let program = words.first, !program.text.hasPrefix("/") {
            findings.add(
                at: program.offset,
                "'\(program.text)' is no path from the root: the program is run without a shell")
        }
        command = words.map(\.text)
    }

    private static func url(
        _ text: String, at offset: Int, _ findings: inout TextFindings
    ) -> ReceiverURL? {
        guard let url = ReceiverURL(text) else {
            findings.add(
                at: offset,
                "'\(text)' is no URL to send alerts to: write http://127.0.0.1:9093 or https://alerts.example.org/path"
            )
            return nil
        }
        if !sendsRequests {
            findings.add(
                at: offset,
                "this tcptune-agent was built without its web part and cannot send to \(url): build it by make agent"
            )
        }
        return url
    }

    /// As `--check` prints them.
    var lines: [String] {
        let array = { (key: String, values: [String]) in
            values.isEmpty
                ? "# \(key) is not set"
                : "\(key) = [\(values.map(TOMLString.quoted).joined(separator: ", "))]"
        }
        let one = { (key: String, value: String?) in
            value.map { "\(key) = \(TOMLString.quoted($0))" } ?? "# \(key) is not set"
        }
        return [
            "[alerts]", "journal = \(journal)", "minimum = \"\(minimum.rawValue)\"",
            array("command", command), array("alertmanager", alertmanagers.map(\.description)),
            one("webhook", webhook?.description), one("ca_file", authorities),
        ]
    }
}
