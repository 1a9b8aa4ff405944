/// What a server that is no HTTP server said first.
struct Greeting {
    /// So many bytes of it are looked at.
    static let mostBytes = 60

    /// Its first line, as far as it is printable ASCII; nil where that is too short to tell anything.
    let text: String?
    /// What begins so: `SSH`; nil of what nobody knows.
    let server: String?

    init(_ bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes.prefix(Self.mostBytes))
        let line = bytes.prefix { (0x20...0x7E).contains($0) }
        text = line.count < 4 ? nil : String(decoding: line, as: UTF8.self)
        server = Self.known.first { bytes.starts(with: $0.start) }?.server
    }

    /// RFC 4253 §4.2; RFC 5321 and RFC 959; RFC 1939; RFC 3501; RFC 6143; an alert or a handshake of TLS.
    private static let known: [(start: [UInt8], server: String)] =
        [
            ("SSH-", "SSH"), ("220", "SMTP or FTP"), ("554 ", "SMTP"), ("+OK", "POP3"),
            ("* OK", "IMAP"), ("RFB ", "VNC"), ("HTTP/", "HTTP"),
        ].map { (Array($0.0.utf8), $0.1) } + [([0x15, 3], "TLS"), ([0x16, 3], "TLS")]

    /// `; it begins with "SSH-2.0-OpenSSH_9.2", as a server of SSH does`; empty where nothing is known.
    var words: String {
        let said = text.map { "; it begins with \"\($0)\"" }
        guard let server else { return said ?? "" }
        return (said ?? "; it begins") + ", as \(server) servers do"
    }
}
