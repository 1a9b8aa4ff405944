import CYAML
import Glibc

/// One step through a document of YAML, with its line.
struct YAMLEvent {
    enum Kind: Equatable {
        case documentStart, streamEnd, mappingStart, mappingEnd, sequenceStart, sequenceEnd
        /// A plain one may be a null, a number or a truth value; a quoted one is text.
        case scalar(String, isPlain: Bool)
        case alias(String)
        /// What carries nothing here.
        case other
    }

    var kind: Kind
    /// From 1 on.
    var line: Int
    var anchor: String?
    var tag: String?
}

/// The steps through a file of YAML, by libyaml.
@safe
struct YAMLEvents: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let name: String

    /// - Parameter name: of the file, for messages.
    init(_ bytes: [UInt8], name: String) {
        self.name = name
        unsafe input = .allocate(capacity: bytes.count)
        _ = unsafe input.initialize(from: bytes)
        // On the heap: the parser keeps pointers to itself.
        unsafe parser = .allocate(capacity: 1)
        unsafe parser.initialize(to: yaml_parser_t())
        // It fails only where no memory is left, and then so does every step.
        _ = unsafe yaml_parser_initialize(parser)
        unsafe yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
        unsafe input.deallocate()
    }

    /// - Throws: what is no YAML, with its line.
    func next() throws(WebError) -> YAMLEvent {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw problem() }
        defer { unsafe yaml_event_delete(&event) }
        var found = YAMLEvent(kind: .other, line: unsafe Int(event.start_mark.line) + 1)
        switch unsafe event.type {
        case YAML_DOCUMENT_START_EVENT: found.kind = .documentStart
        case YAML_STREAM_END_EVENT: found.kind = .streamEnd
        case YAML_MAPPING_END_EVENT: found.kind = .mappingEnd
        case YAML_SEQUENCE_END_EVENT: found.kind = .sequenceEnd
        case YAML_ALIAS_EVENT:
            found.kind = .alias(unsafe Self.text(event.data.alias.anchor) ?? "")
        case YAML_MAPPING_START_EVENT:
            found.kind = .mappingStart
            found.anchor = unsafe Self.text(event.data.mapping_start.anchor)
            found.tag = unsafe Self.text(event.data.mapping_start.tag)
        case YAML_SEQUENCE_START_EVENT:
            found.kind = .sequenceStart
            found.anchor = unsafe Self.text(event.data.sequence_start.anchor)
            found.tag = unsafe Self.text(event.data.sequence_start.tag)
        case YAML_SCALAR_EVENT:
            let scalar = unsafe event.data.scalar
            let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            found.kind = .scalar(
                unsafe String(decoding: bytes, as: UTF8.self),
                isPlain: unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE)
            found.anchor = unsafe Self.text(scalar.anchor)
            found.tag = unsafe Self.text(scalar.tag)
        default: break
        }
        return found
    }

    private func problem() -> WebError {
        let words =
            unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "no memory left"
        let line = unsafe Int(parser.pointee.problem_mark.line) + 1
        return WebError("read", "\(name):\(line)", "it is not YAML: \(words)")
    }

    private static func text(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
        unsafe pointer.map { unsafe String(cString: $0) }
    }
}
