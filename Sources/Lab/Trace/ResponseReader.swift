package import Model
import Text

/// Reads one response as its bytes come in: keeps the head, counts the body.
///
/// The head is held to the rules of ``ResponseHead``; where the body ends is what ``HTTPResponseReader`` finds.
package struct ResponseReader: Sendable {
    /// Longer heads are refused: servers and proxies take 8 to 64 KiB.
    package static let mostHeadBytes = 65_536

    package enum Progress: Sendable, Hashable {
        case more
        case done
        /// Why it is no response.
        case bad(String)
    }

    private var framing = HTTPResponseReader()
    private var isOver: Progress?
    /// What has come of the head that is being read.
    private var line: [UInt8] = []
    /// Of the final response; nil until it is whole.
    package private(set) var head: ResponseHead?
    package private(set) var headBytes = 0
    /// Responses of 1xx before the final one.
    package private(set) var interim = 0
    /// Bytes behind the head, the sizes of chunks among them.
    package private(set) var bodyBytes = 0
    /// Bytes that came behind the end of the response.
    package private(set) var extraBytes = 0

    package init() {}

    /// Takes the next bytes of the connection.
    package mutating func take(_ bytes: [UInt8], count: Int) -> Progress {
        var place = 0
        while place < count {
            if let isOver {
                if isOver == .done { extraBytes += count - place }
                return isOver
            }
            if head == nil {
                let end = takeHead(bytes, from: place, count: count)
                place = end
                continue
            }
            let part = Array(bytes[place..<count])
            let before = framing.taken
            let progress = framing.take(part, count: part.count)
            let taken = framing.taken - before
            bodyBytes += taken
            place += taken
            switch progress {
            case .more: break
            case .done: isOver = .done
            case .bad: isOver = .bad("its chunk sizes are not numbers")
            }
            if taken == 0, isOver == nil { break }
        }
        return isOver ?? .more
    }

    /// Takes bytes up to the end of the head; the place behind what was taken.
    private mutating func takeHead(_ bytes: [UInt8], from start: Int, count: Int) -> Int {
        for place in start..<count {
            line.append(bytes[place])
            headBytes += 1
            if line.count == 7, !line.elementsEqual("HTTP/1.".utf8) {
                let said = Greeting(line + bytes[place + 1..<count])
                isOver = .bad("it does not begin with HTTP/1\(said.words)")
                return place + 1
            }
            if headBytes > Self.mostHeadBytes {
                isOver = .bad("its header has more than \(Self.mostHeadBytes / 1024) KiB")
                return place + 1
            }
            guard bytes[place] == 10,
                line.suffix(2).elementsEqual([10, 10])
                    || line.suffix(3).elementsEqual([10, 13, 10])
            else { continue }
            endHead()
            return place + 1
        }
        return count
    }

    private mutating func endHead() {
        guard let head = ResponseHead(line) else {
            isOver = .bad("its header is not a response header")
            return
        }
        if let problem = head.problem {
            isOver = .bad(problem)
            return
        }
        line = []
        if (100...199).contains(head.status), head.status != 101 {
            interim += 1
            return
        }
        self.head = head
        // What is told of the body here, and nothing else, so that no field is read in two ways.
        var told = "HTTP/1.1 \(head.status)\r\n"
        if head.isChunked {
            told += "transfer-encoding: chunked\r\n"
        } else if !head.hasCoding, let length = head.contentLength {
            told += "content-length: \(length)\r\n"
        }
        let bytes = Array((told + "\r\n").utf8)
        if framing.take(bytes, count: bytes.count) == .done || head.status == 101 {
            isOver = .done
        }
    }

    /// What the end of the connection makes of it: the end of the response, or a response that is cut off.
    package mutating func end() -> Progress {
        if let isOver { return isOver }
        if head == nil {
            return .bad(
                headBytes == 0
                    ? "the connection ended before the first byte arrived"
                    : "the connection ended within its header, after \(headBytes.counted("byte"))")
        }
        if framing.endsWithConnection { return .done }
        return .bad("the connection ended within its body, after \(bodyBytes.counted("byte"))")
    }

    /// Of the body, where it has a length of its own.
    package var framingName: String {
        guard let head else { return "none" }
        if [204, 304, 101].contains(head.status) { return "none" }
        if head.isChunked { return "chunked" }
        return head.contentLength == nil || head.hasCoding ? "close" : "length"
    }
}
