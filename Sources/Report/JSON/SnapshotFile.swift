package import Model
import Text

/// What `--save` writes and `--from` reads: an observation in a `tcptune.snapshot/1` document.
package enum SnapshotFile {
    /// A larger file is none of ours: thirty namespaces with all the tuples that are kept take less.
    ///
    /// Decoding takes about ten times the file's size in memory.
    package static let largestBytes = 128 << 20

    package static func encode(_ observation: Observation, tool: Tool) throws -> [UInt8] {
        let text = try Envelope(
            .snapshot, tool: tool, host: HostJSON(observation.host), data: observation
        ).encoded(pretty: false)
        return Array(text.utf8)
    }

    /// Reads what ``encode(_:tool:)`` wrote, then or on another machine; anything else is refused with its reason.
    package static func decode(_ bytes: [UInt8]) throws(SnapshotFileError) -> Observation {
        guard bytes.count <= largestBytes else { throw .tooLarge(bytes: bytes.count) }
        let observation: Observation
        do throws(EnvelopeRefusal) {
            observation = try EnvelopeReader.decode(File.self, bytes).observation
        } catch {
            throw SnapshotFileError(error)
        }
        if let problem = firstProblem(in: observation) { throw .damaged(reason: problem) }
        return observation
    }

    /// What in it no host has, or no kernel reports; nil where nothing is odd.
    static func firstProblem(in observation: Observation) -> String? {
        SnapshotSizes.firstProblem(in: observation) ?? Plausibility.firstProblem(in: observation)
    }

    private struct File: Decodable {
        let observation: Observation

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: EnvelopeReader.CodingKeys.self)
            _ = try EnvelopeReader.format(of: container, among: [.snapshot])
            observation = try container.decode(Observation.self, forKey: .data)
        }
    }
}

/// Why a file is no snapshot that can be used.
package enum SnapshotFileError: Error, Sendable, Hashable, CustomStringConvertible {
    case tooLarge(bytes: Int)
    case notJSON
    /// Nil where it names no format at all.
    case otherFormat(String?)
    case newer(number: Int)
    case damaged(reason: String)

    init(_ refusal: EnvelopeRefusal) {
        self =
            switch refusal {
            case .notJSON: .notJSON
            case .noFormat: .otherFormat(nil)
            case .otherFormat(let format): .otherFormat(format)
            case .newer(_, let number): .newer(number: number)
            case .damaged(let reason): .damaged(reason: reason)
            }
    }

    package var description: String {
        switch self {
        case .tooLarge(let bytes):
            "it has \(Int64(bytes).bytes); a snapshot has at most "
                + Int64(SnapshotFile.largestBytes).bytes
        case .notJSON:
            "it is not JSON or is truncated; write a snapshot with tcptune audit --save"
        case .otherFormat(nil):
            "it names no format; write a snapshot with tcptune audit --save"
        case .otherFormat(let format?):
            "its format is `\(format)`, not `\(Format.snapshot.text)`; "
                + "write a snapshot with tcptune audit --save"
        case .newer(let number):
            "a newer tcptune made it (snapshot format \(number), this tcptune reads up to "
                + "\(Format.snapshot.number)); update tcptune"
        case .damaged(let reason): "it is damaged: \(reason)"
        }
    }
}
