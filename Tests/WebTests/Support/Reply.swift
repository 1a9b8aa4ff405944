/// A response as a client sees it.
struct Reply {
    var status: Int
    var version: String
    /// Names in small letters.
    var headers: [String: String]
    var body: String

    /// The first response of some bytes and its length; nil where it is not whole.
    static func parsed(_ bytes: [UInt8], toHead: Bool) -> (Reply, Int)? {
        let end = Array("\r\n\r\n".utf8)
        guard
            let start = bytes.indices.first(where: {
                $0 + 4 <= bytes.count && Array(bytes[$0..<$0 + 4]) == end
            })
        else { return nil }
        var lines = String(decoding: bytes[..<start], as: UTF8.self).split(separator: "\r\n")
        let first = lines.removeFirst().split(separator: " ")
        var headers: [String: String] = [:]
        for line in lines {
            let name = line.prefix { $0 != ":" }
            headers[name.lowercased()] = String(line.dropFirst(name.count + 2))
        }
        let length = toHead ? 0 : headers["content-length"].flatMap(Int.init) ?? 0
        let body = start + 4
        guard bytes.count >= body + length, first.count > 1, let status = Int(first[1]) else {
            return nil
        }
        return (
            Reply(
                status: status, version: String(first[0]), headers: headers,
                body: String(decoding: bytes[body..<body + length], as: UTF8.self)),
            body + length
        )
    }
}
