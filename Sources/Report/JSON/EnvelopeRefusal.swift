/// Why a file is no document of the format that is wanted.
enum EnvelopeRefusal: Error, Sendable, Hashable {
    case notJSON
    case noFormat
    case otherFormat(String)
    case newer(Format, number: Int)
    /// What is wrong, and where.
    case damaged(String)

    /// Says where and what, without the decoder's own words for itself.
    init(_ error: any Error) {
        if let error = error as? EnvelopeRefusal {
            self = error
            return
        }
        guard let error = error as? DecodingError else {
            self = .damaged("\(error)")
            return
        }
        switch error {
        case .dataCorrupted(let context) where context.codingPath.isEmpty: self = .notJSON
        case .dataCorrupted(let context):
            self = .damaged("\(Self.path(context)) is not a valid value")
        case .typeMismatch(_, let context) where Self.isHead(context): self = .noFormat
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            self = .damaged("\(Self.path(context)) has the wrong type")
        case .keyNotFound(let key, let context):
            self = .damaged("\(Self.path(context)) has no `\(key.stringValue)`")
        @unknown default: self = .damaged("tcptune cannot read it")
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
