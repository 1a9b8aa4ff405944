/// Reads an HTTP/1.1 response as its bytes come in, and keeps none of them (RFC 9112).
struct HTTPResponseReader {
    enum Progress {
        case more
        case done
        /// It is no HTTP.
        case bad
    }

    private enum Part: UInt8 {
        case status, name, value, body, untilClose, chunkSize, chunkExtension, chunkData, chunkEnd
        case trailer
    }

    private var part = Part.status
    /// The place in the status line or in a header's name.
    private var place: UInt8 = 0
    /// Which of the header names that matter the name may still be, a bit each.
    private var candidates: UInt8 = 0
    /// What a value or the name has matched so far.
    private var matched: UInt8 = 0
    private(set) var status: UInt16 = 0
    private var isChunked = false
    /// The server closes after this response.
    private(set) var closes = false
    private var hasLength = false
    private var lineIsEmpty = true
    private var left = 0
    /// Bytes that belonged to it so far; those behind its end are not among them.
    private(set) var taken = 0
    /// Of those, the ones of the body: without the sizes and ends of chunks, and without trailers.
    private(set) var bodyBytes = 0

    private static let names = ["content-length", "transfer-encoding", "connection"].map {
        Array($0.utf8)
    }
    private static let chunked = Array("chunked".utf8)
    private static let close = Array("close".utf8)
    private static let version = Array("HTTP/1.".utf8)

    /// Bytes that no response of a sane server has in one chunk or body.
    private static let most = 1 << 40

    /// Takes the bytes from a place on; where it is done, those behind the response are left.
    mutating func take(_ bytes: [UInt8], count: Int) -> Progress {
        var index = 0
        defer { taken &+= index }
        while index < count {
            switch part {
            case .body, .chunkData:
                let taken = min(left, count - index)
                index += taken
                left -= taken
                bodyBytes &+= taken
                if left == 0 {
                    if part == .body { return .done }
                    part = .chunkEnd
                }
            case .untilClose:
                bodyBytes &+= count - index
                index = count
            default:
                let progress = take(bytes[index])
                index += 1
                if let progress { return progress }
            }
        }
        return .more
    }

    /// The connection ended: that ends a response without a length.
    var endsWithConnection: Bool { part == .untilClose }

    private mutating func take(_ byte: UInt8) -> Progress? {
        switch part {
        case .status: return takeStatus(byte)
        case .name: return takeName(byte)
        case .value: takeValue(byte)
        case .chunkSize: return takeChunkSize(byte)
        case .chunkExtension: if byte == 10 { return beginChunk() }
        case .chunkEnd:
            if byte == 10 {
                part = .chunkSize
                place = 0
            }
        case .trailer:
            if byte == 10 {
                if lineIsEmpty { return .done }
                lineIsEmpty = true
            } else if byte != 13 {
                lineIsEmpty = false
            }
        case .body, .untilClose, .chunkData: break
        }
        return nil
    }

    private mutating func takeStatus(_ byte: UInt8) -> Progress? {
        if byte == 10 {
            guard (100...599).contains(status) else { return .bad }
            beginLine()
            return nil
        }
        let index = Int(place)
        if index < Self.version.count {
            guard byte == Self.version[index] else { return .bad }
        } else if (9...11).contains(index) {
            guard (48...57).contains(byte) else { return .bad }
            status = status * 10 + UInt16(byte - 48)
        }
        if place < 255 { place += 1 }
        return nil
    }

    private mutating func beginLine() {
        part = .name
        place = 0
        candidates = 7
    }

    private mutating func takeName(_ byte: UInt8) -> Progress? {
        if byte == 10 { return place == 0 ? endHead() : beginLineAgain() }
        if byte == 13 { return nil }
        if byte == 58 {
            for (bit, name) in Self.names.enumerated() where name.count != Int(place) {
                candidates &= ~(1 << UInt8(bit))
            }
            part = .value
            matched = 0
            if candidates & 1 != 0 {
                left = 0
                hasLength = true
            }
            return nil
        }
        let letter = byte | 0x20
        for (bit, name) in Self.names.enumerated()
        where candidates & (1 << UInt8(bit)) != 0
            && (Int(place) >= name.count || name[Int(place)] != letter)
        {
            candidates &= ~(1 << UInt8(bit))
        }
        if place < 255 { place += 1 }
        return nil
    }

    private mutating func beginLineAgain() -> Progress? {
        beginLine()
        return nil
    }

    private mutating func takeValue(_ byte: UInt8) {
        if byte == 10 { return beginLine() }
        if candidates & 1 != 0, (48...57).contains(byte), left < Self.most {
            left = left * 10 + Int(byte - 48)
        } else if candidates & 2 != 0 {
            if match(byte, Self.chunked) { isChunked = true }
        } else if candidates & 4 != 0, match(byte, Self.close) {
            closes = true
        }
    }

    /// True where the word's last letter has come.
    private mutating func match(_ byte: UInt8, _ word: [UInt8]) -> Bool {
        if Int(matched) < word.count, byte | 0x20 == word[Int(matched)] {
            matched += 1
        } else {
            matched = byte | 0x20 == word[0] ? 1 : 0
        }
        return Int(matched) == word.count
    }

    private mutating func endHead() -> Progress? {
        if (100...199).contains(status) {
            // An interim response: the final one follows.
            self = HTTPResponseReader()
            return nil
        }
        if status == 204 || status == 304 { return .done }
        if isChunked {
            part = .chunkSize
            place = 0
            left = 0
            return nil
        }
        guard hasLength else {
            part = .untilClose
            closes = true
            return nil
        }
        part = .body
        return left == 0 ? .done : nil
    }

    private mutating func takeChunkSize(_ byte: UInt8) -> Progress? {
        let lower = byte | 0x20
        switch byte {
        case 48...57: left = left << 4 | Int(byte - 48)
        case 10: return beginChunk()
        case 13: break
        case 59, 32, 9: part = .chunkExtension
        default:
            guard (97...102).contains(lower) else { return .bad }
            left = left << 4 | Int(lower - 87)
        }
        return left > Self.most ? .bad : nil
    }

    private mutating func beginChunk() -> Progress? {
        lineIsEmpty = true
        part = left == 0 ? .trailer : .chunkData
        return nil
    }
}
