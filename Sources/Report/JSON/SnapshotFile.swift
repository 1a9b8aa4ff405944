import FoundationEssentials
public import HostState

/// What `--save` writes and `--from` reads: an observation in a `tcptune.snapshot/1` document.
public enum SnapshotFile {
    /// A larger file is none of ours: thirty namespaces with all the tuples that are kept take less.
    ///
    /// Decoding takes about ten times the file's size in memory.
    public static let largestBytes = 128 << 20

    public static func encode(_ observation: Observation, tool: Tool) throws -> [UInt8] {
        let text = try Envelope(
            .snapshot, tool: tool, host: HostJSON(observation.host), data: observation
        ).encoded(pretty: false)
        return Array(text.utf8)
    }

    /// Reads what ``encode(_:tool:)`` wrote, then or on another machine; anything else is refused with its reason.
    public static func decode(_ bytes: [UInt8]) throws(SnapshotFileError) -> Observation {
        guard bytes.count <= largestBytes else { throw .tooLarge(bytes: bytes.count) }
        let observation: Observation
        do {
            observation = try JSONDecoder().decode(File.self, from: Data(bytes)).observation
        } catch {
            throw refusal(error)
        }
        let problem =
            SnapshotSizes.firstProblem(in: observation)
            ?? Plausibility.firstProblem(in: observation)
        if let implausible = problem {
            throw .damaged(reason: implausible)
        }
        return observation
    }

    /// Looks at the format before the data: what a newer one holds may be anything.
    private struct File: Decodable {
        let observation: Observation

        enum CodingKeys: String, CodingKey { case format, data }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            try SnapshotFile.check(try container.decodeIfPresent(String.self, forKey: .format))
            observation = try container.decode(Observation.self, forKey: .data)
        }
    }

    private static func check(_ format: String?) throws(SnapshotFileError) {
        guard let format else { throw .otherFormat(nil) }
        guard let number = Format.snapshot.number(in: format) else { throw .otherFormat(format) }
        guard number <= Format.snapshot.number else { throw .newer(number: number) }
    }

    /// Where and what, without the decoder's own words for itself.
    private static func refusal(_ error: any Error) -> SnapshotFileError {
        if let error = error as? SnapshotFileError { return error }
        guard let error = error as? DecodingError else { return .damaged(reason: "\(error)") }
        switch error {
        case .dataCorrupted(let context) where context.codingPath.isEmpty: return .notJSON
        case .dataCorrupted(let context):
            return .damaged(reason: "\(path(context)): \(context.debugDescription)")
        case .typeMismatch(_, let context) where isHead(context): return .otherFormat(nil)
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return .damaged(reason: "\(path(context)) is not of the right type")
        case .keyNotFound(let key, let context):
            return .damaged(reason: "\(path(context)) has no `\(key.stringValue)`")
        @unknown default: return .damaged(reason: "it cannot be read")
        }
    }

    /// Whether it is about the document itself, or its format.
    private static func isHead(_ context: DecodingError.Context) -> Bool {
        context.codingPath.isEmpty || context.codingPath.first?.stringValue == "format"
    }

    private static func path(_ context: DecodingError.Context) -> String {
        let path = context.codingPath.map { key in
            key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)"
        }
        return path.isEmpty ? "the document" : String(path.joined().drop { $0 == "." })
    }
}

/// Why a file is no snapshot that can be used.
public enum SnapshotFileError: Error, Sendable, Hashable, CustomStringConvertible {
    case tooLarge(bytes: Int)
    case notJSON
    /// Nil where it names no format at all.
    case otherFormat(String?)
    case newer(number: Int)
    case damaged(reason: String)

    public var description: String {
        switch self {
        case .tooLarge(let bytes):
            "it has \(Int64(bytes).bytes); a snapshot has at most "
                + Int64(SnapshotFile.largestBytes).bytes
        case .notJSON:
            "it is not JSON, or cut off; write a snapshot with tcptune audit --save"
        case .otherFormat(nil):
            "it names no format; write a snapshot with tcptune audit --save"
        case .otherFormat(let format?):
            "its format is `\(format)`, not `\(Format.snapshot.text)`; "
                + "write a snapshot with tcptune audit --save"
        case .newer(let number):
            "it was made by a newer tcptune (snapshot format \(number), this one reads up to "
                + "\(Format.snapshot.number)); update tcptune"
        case .damaged(let reason): "it is damaged: \(reason)"
        }
    }
}
