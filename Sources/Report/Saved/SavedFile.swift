package import Model

/// A document that tcptune wrote to a file, read again.
package struct SavedFile: Sendable {
    /// The path, as it was given.
    package var name: String
    package var format: Format
    package var host: Host
    package var notes: [String]
    package var document: SavedDocument

    /// A larger file is none of ours.
    package static let largestBytes = SnapshotFile.largestBytes

    /// Reads a document of whatever kind a page can be made of; anything else is refused with its reason.
    package init(name: String, _ bytes: [UInt8]) throws(SavedFileError) {
        let file: File
        do throws(EnvelopeRefusal) {
            file = try EnvelopeReader.decode(File.self, bytes)
        } catch {
            throw SavedFileError(error)
        }
        self.name = name
        format = file.format
        host = file.host
        notes = file.notes
        document = file.document
        if let problem = document.problem { throw SavedFileError(.damaged(problem)) }
    }

    /// A load that was just run, as if it had been saved.
    package init(_ load: LoadJSON, named name: String, host: Host, notes: [String]) {
        self.name = name
        format = .load
        self.host = host
        self.notes = notes
        document = .load(load)
    }

    private struct File: Decodable {
        let format: Format
        let host: Host
        let notes: [String]
        let document: SavedDocument

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: EnvelopeReader.CodingKeys.self)
            format = try EnvelopeReader.format(
                of: container, among: SavedDocument.kinds.map(\.format))
            host = try container.decode(SavedHost.self, forKey: .host).host
            notes = try container.decodeIfPresent([String].self, forKey: .notes) ?? []
            let kind = SavedDocument.kinds.first { [format] in $0.format == format }
            guard let kind else { throw EnvelopeRefusal.otherFormat(format.text) }
            document = try kind.read(container)
        }
    }
}

/// Why a file is no document that a page can be made of.
package struct SavedFileError: Error, Sendable, Hashable, CustomStringConvertible {
    package var description: String

    init(_ refusal: EnvelopeRefusal) {
        let kinds = SavedDocument.kinds.map(\.format.text).joined(separator: ", ")
        switch refusal {
        case .notJSON: description = "it is not JSON or is truncated"
        case .noFormat: description = "it names no format; tcptune reads \(kinds)"
        case .otherFormat(let format):
            description = "its format is `\(format.prefix(80))`; tcptune reads \(kinds)"
        case .newer(let format, let number):
            description =
                "a newer tcptune made it (\(format.name) \(number), this tcptune reads up to "
                + "\(format.number)); update tcptune"
        case .damaged(let reason): description = "it is damaged: \(reason)"
        }
    }
}
