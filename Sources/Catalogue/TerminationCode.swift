/// How a request ended, by the letters that proxies write into their access logs.
///
/// HAProxy's termination state (its configuration manual, "Session state at disconnection") before the five counts of
/// connections, and Envoy's response flags behind the status.
enum TerminationCode {
    /// The topic's name; nil if the line is no such row, or is only about the client.
    static func topic(in line: String) -> String? {
        guard line.utf8.count < 8192 else { return nil }
        let words = line.split(whereSeparator: \.isWhitespace)
        for (index, word) in words.enumerated() {
            if index + 1 < words.count, isCounts(words[index + 1]),
                let code = haproxy[String(word.prefix(2))], [2, 4].contains(word.utf8.count)
            {
                let isUnserved = line.contains("<NOSRV>") && word.hasPrefix("SC")
                return isUnserved ? "no-live-upstreams" : code
            }
            if index > 0, ["502", "503", "504"].contains(word), words[index - 1].hasSuffix("\""),
                index + 1 < words.count
            {
                return flags(words[index + 1])
            }
        }
        for (name, table) in [("termination_state", haproxy), ("response_flags", envoy)] {
            guard let end = line.firstRange(of: "\"\(name)\":")?.upperBound else { continue }
            let value = line[end...].drop { $0 == " " || $0 == "\"" }
            if let topic = table[String(value.prefix(2))] { return topic }
        }
        return nil
    }

    private static func flags(_ word: Substring) -> String? {
        word.split(separator: ",").lazy.compactMap { envoy[String($0)] }.first
    }

    /// `12/11/3/0/0`.
    private static func isCounts(_ word: Substring) -> Bool {
        let parts = word.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 5
            && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isNumber || $0 == "+" } }
    }

    private static let haproxy: [String: String] = [
        "SC": "ECONNREFUSED", "sC": "ETIMEDOUT", "SH": "ECONNRESET", "SD": "ECONNRESET",
        "SL": "ECONNRESET", "sH": "ETIMEDOUT", "sD": "ETIMEDOUT",
        "sQ": "program-connection-limit", "PC": "EMFILE", "RC": "EADDRNOTAVAIL",
    ]

    private static let envoy: [String: String] = [
        "UC": "ECONNRESET", "UF": "no-live-upstreams", "UH": "no-live-upstreams",
        "UO": "program-connection-limit", "UT": "ETIMEDOUT",
    ]
}
