import Audit
package import HostState

/// What a file holds, by its format.
package enum SavedDocument: Sendable {
    case snapshot(Observation)
    case audit(SavedAudit)
    case lab(LabJSON)
    case comparison(ComparisonJSON)

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
        Kind(format: .lab) { .lab(try $0.decode(LabJSON.self, forKey: .data)) },
        Kind(format: .compare) { .comparison(try $0.decode(ComparisonJSON.self, forKey: .data)) },
    ]

    /// What in it no tcptune would have written; nil where nothing is odd.
    var problem: String? {
        switch self {
        case .snapshot(let observation): SnapshotFile.firstProblem(in: observation)
        case .audit(let audit): audit.problem
        case .lab(let lab): lab.problem
        case .comparison: nil
        }
    }
}

extension SavedFile {
    /// The page of it.
    package func page(top: Int) -> Document {
        switch document {
        case .snapshot(let observation):
            AuditDocument(
                assessments: Assessment.all(of: observation), host: observation.host, top: top
            ).document
        case .audit(let audit): SavedAuditPage(audit: audit, file: self, top: top).document
        case .lab(let lab):
            LabReport(lab.experiments, repeatedBy: lab.command, form: .experiments)
                .document(host: host)
        case .comparison(let comparison):
            ComparisonReport(comparison, host: host, notes: notes).document
        }
    }
}
