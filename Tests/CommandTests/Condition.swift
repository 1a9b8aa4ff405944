import Testing

/// A scene, and what an audit must and must not say of it.
struct Condition: Sendable, CustomTestStringConvertible {
    /// In words, for the name of the test.
    let testDescription: String
    let scene: String
    let arguments: [String]
    let interval: String?
    /// Rule and severity; any severity where that is empty.
    let expected: [String: String]
    let absent: [String]

    init(
        _ words: String, _ scene: String, _ arguments: String = "", interval: String? = nil,
        finds expected: [String: String] = [:], not absent: [String] = []
    ) {
        testDescription = words
        self.scene = scene
        self.arguments = Self.words(of: arguments)
        self.interval = interval
        self.expected = expected
        self.absent = absent
    }

    func check() throws {
        let audit = try Scene.run(scene, arguments) {
            try $0.audit(interval.map { ["--interval", $0] } ?? [])
        }
        for (rule, severity) in expected {
            let finding = audit.finding(rule)
            #expect(finding != nil, "\(rule) is missing; found: \(audit.summary)")
            if let finding, !severity.isEmpty {
                #expect(finding.severity == severity, "\(rule): \(finding.subject)")
            }
            if let finding {
                #expect(!finding.cause.isEmpty && !finding.subject.isEmpty)
                #expect(!finding.remedies.isEmpty, "\(rule) says nothing to do")
            }
        }
        for rule in absent {
            #expect(audit.finding(rule) == nil, "\(rule) is not so: \(audit.summary)")
        }
        let grave = audit.data.findings.contains { ["critical", "warning"].contains($0.severity) }
        #expect(audit.status == (grave ? 1 : 0))
    }

    /// Splits at blanks; 'single quotes' keep them.
    private static func words(of line: String) -> [String] {
        var words: [String] = []
        for (index, part) in line.split(separator: "'", omittingEmptySubsequences: false)
            .enumerated()
        {
            words += index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
        }
        return words
    }
}
