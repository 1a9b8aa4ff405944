import FoundationEssentials
public import HostState

/// What `--save` writes and `--from` reads: an observation in a `tcptune.snapshot/1` document.
public enum SnapshotFile {
    /// A larger file is none of ours: a million tuples take less.
    public static let largestBytes = 512 << 20

    public static func encode(_ observation: Observation, tool: Tool) throws -> [UInt8] {
        let text = try Envelope(
            .snapshot, tool: tool, host: HostJSON(observation.host), data: observation
        ).encoded(pretty: false)
        return Array(text.utf8)
    }

    /// Reads what ``encode(_:tool:)`` wrote, then or on another machine; anything else is refused with its reason.
    public static func decode(_ bytes: [UInt8]) throws(SnapshotFileError) -> Observation {
        guard bytes.count <= largestBytes else { throw .tooLarge(bytes: bytes.count) }
        let data = Data(bytes)
        let decoder = JSONDecoder()
        let head: Head
        do {
            head = try decoder.decode(Head.self, from: data)
        } catch {
            throw .notJSON(reason: Self.reason(error))
        }
        try check(head.format)
        let observation: Observation
        do {
            observation = try decoder.decode(Body.self, from: data).data
        } catch {
            throw .damaged(reason: Self.reason(error))
        }
        if let implausible = Plausibility.firstProblem(in: observation) {
            throw .damaged(reason: implausible)
        }
        return observation
    }

    private struct Head: Decodable { var format: String? }
    private struct Body: Decodable { var data: Observation }

    private static func check(_ format: String?) throws(SnapshotFileError) {
        guard let format else { throw .otherFormat(nil) }
        let parts = format.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == Format.snapshot.name, let number = Int(parts[1]),
            number > 0
        else { throw .otherFormat(format) }
        guard number <= Format.snapshot.number else { throw .newer(number: number) }
    }

    /// Where and what, without the decoder's own words for itself.
    private static func reason(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        switch error {
        case .keyNotFound(let key, let context):
            return "\(path(context)) has no `\(key.stringValue)`"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return "\(path(context)) is not of the right type"
        case .dataCorrupted(let context): return "\(path(context)): \(context.debugDescription)"
        @unknown default: return "it cannot be read"
        }
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
    case notJSON(reason: String)
    /// Nil where it names no format at all.
    case otherFormat(String?)
    case newer(number: Int)
    case damaged(reason: String)

    public var description: String {
        switch self {
        case .tooLarge(let bytes):
            "it has \(Int64(bytes).bytes); a snapshot has at most "
                + Int64(SnapshotFile.largestBytes).bytes
        case .notJSON(let reason):
            "it is not JSON, or cut off: \(reason); write a snapshot with tcptune audit --save"
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
