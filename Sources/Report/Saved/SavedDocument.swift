import Audit
package import Model

/// What a file holds, by its format.
package enum SavedDocument: Sendable {
    case snapshot(Observation)
    case audit(SavedAudit)
    case load(LoadJSON)
    case lab(LabJSON)
    case proof(Proof, command: String)
    case comparison(ComparisonJSON)
    case trace(Trace)

    /// One kind of document: how it is read.
    struct Kind: Sendable {
        let format: Format
        let read: @Sendable (Container) throws -> SavedDocument
    }

    typealias Container = KeyedDecodingContainer<EnvelopeReader.CodingKeys>

    /// All that pages are made of.
    static let kinds: [Kind] = [
        Kind(format: .snapshot) { .snapshot(try $0.decode(Observation.self, forKey: .data)) },
        Kind(format: .audit) { .audit(try $0.decode(SavedAudit.self, forKey: .data)) },
        Kind(format: .load) { .load(try $0.decode(LoadJSON.self, forKey: .data)) },
        Kind(format: .lab) { .lab(try $0.decode(LabJSON.self, forKey: .data)) },
        Kind(format: .prove) {
            let command = try $0.decode(Repeated.self, forKey: .data).command
            return .proof(try $0.decode(Proof.self, forKey: .data), command: command)
        },
        Kind(format: .compare) { .comparison(try $0.decode(ComparisonJSON.self, forKey: .data)) },
        Kind(format: .trace) { .trace(try $0.decode(Trace.self, forKey: .data)) },
    ]

    /// What repeats a proof, among its data.
    private struct Repeated: Decodable { let command: String }

    /// What in it no tcptune would have written; nil where nothing is odd.
    var problem: String? {
        switch self {
        case .snapshot(let observation): SnapshotFile.firstProblem(in: observation)
        case .audit(let audit): audit.problem
        case .load(let load): load.problem
        case .lab(let lab): lab.problem
        case .proof(let proof, _): proof.problem
        case .comparison: nil
        case .trace(let trace): trace.problem
        }
    }
}

extension SavedFile {
    /// The page of it.
    package func page(top: Int) -> Document {
        switch document {
        case .snapshot(let observation):
            AuditDocument(
                assessments: Assessment.all(of: observation, from: .snapshot(file: name)),
                host: observation.host, top: top
            ).document
        case .audit(let audit): SavedAuditPage(audit: audit, file: self, top: top).document
        case .load(let load): LoadReport(recorded: load, notes: notes).document(host: host)
        case .proof(let proof, let command):
            ProofReport(
                proof, host: host, subject: proof.profile.name, command: command
            ).document(isFull: true)
        case .lab(let lab):
            LabReport(
                lab.experiments, repeatedBy: lab.command, seconds: lab.seconds, form: .experiments
            ).document(host: host)
        case .comparison(let comparison):
            ComparisonReport(comparison, host: host, notes: notes).document
        case .trace(let trace): TraceReport(trace).document(host: host, isFull: true)
        }
    }
}

extension SavedFile {
    /// What an audit can be compared by, a snapshot judged anew; nil of anything else.
    var audit: SavedAudit? {
        switch document {
        case .snapshot(let observation):
            SavedAudit(Assessment.all(of: observation, from: .snapshot(file: name)))
        case .audit(let audit): audit
        default: nil
        }
    }

    /// When it was taken, in seconds since 1970; nil of what is no audit.
    var time: Double? {
        switch document {
        case .snapshot(let observation): observation.views.first?.now.time
        case .audit(let audit): audit.time
        default: nil
        }
    }

    /// From when to when two audits reach that are both of this host in this boot; nil of others.
    package static func span(
        _ first: SavedFile, _ second: SavedFile, on host: Host
    ) -> (from: Double, to: Double)? {
        guard let boot = host.bootID, first.host.bootID == boot, second.host.bootID == boot,
            let from = first.time, let to = second.time, from <= to
        else { return nil }
        return (from, to)
    }

    /// `a load`.
    var kindName: String {
        switch document {
        case .snapshot, .audit: "an audit"
        case .load: "a load"
        case .lab: "a lab result"
        case .proof: "a proof"
        case .comparison: "a comparison"
        case .trace: "a trace"
        }
    }
}
