import FoundationEssentials

/// What `tcptune audit --json` printed: the names that scripts rely on, and no others.
struct AuditOutput {
    let document: Document
    let text: String
    let status: Int32

    struct Document: Decodable {
        let format: String
        let data: Facts
    }

    struct Facts: Decodable {
        let states: [String: Int]
        let tuples: [Tuple]
        let listeners: [Listener]
        let findings: [Finding]
        let unseen: [Unseen]
        /// Each namespace, where several were audited.
        let namespaces: [Facts]?
    }

    struct Tuple: Decodable {
        let source: String
        let destination: String
        let port: Int
        let used: Int
        let usable: Int
        let used_ratio: Double
        let closed_by_local_ratio: Double?
        let states: [String: Int]
        let owner: Owner?
    }

    struct Owner: Decodable {
        let name: String?
        let pids: [Int32]?
        let confidence: String?
    }

    struct Listener: Decodable {
        let address: String
        let port: Int
        let queue: Int
        let backlog: Int?
        let limited_by: String?
        let states: [String: Int]
        let owner: Owner?
    }

    struct Finding: Decodable {
        let rule: String
        let severity: String
        let subject: String
        let observed: String
        let cause: String
        let remedies: [Remedy]
    }

    struct Remedy: Decodable {
        let kind: String
        let effect: String
        let risk: String
        let undo: String
    }

    struct Unseen: Decodable {
        let what: String
    }

    init(_ outcome: Program.Outcome) throws {
        text = outcome.output
        status = outcome.status
        document = try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8))
    }

    var data: Facts { document.data }

    func finding(_ rule: String) -> Finding? { data.findings.first { $0.rule == rule } }

    /// One line for the message of a test that failed.
    var summary: String {
        data.findings.map { "\($0.severity) \($0.rule) \($0.subject)" }.joined(separator: "; ")
    }
}
