/// Bare numbers of errnos in a line, where nothing else can be meant.
///
/// Sure: behind `errno`, `os error`, `Os { code:`, `connect error:`. Otherwise a number in brackets or behind `error`,
/// `rc` and their like counts only in a line of the network that tells of a failure: sizes, times and ports are numbers too.
enum ErrnoNumber {
    static func found(in line: [UInt8]) -> [Int] {
        let words = Word.all(in: line)
        // GnuTLS, SQLite and DNS have numbers of their own.
        let others = ["gnutls", "sqlite", "winsock", "dns"]
        guard !words.contains(where: { others.contains($0.text) }) else { return [] }
        var numbers: [Int] = []
        var isNetworkFailure: Bool?
        for (index, word) in words.enumerated() {
            guard let number = word.number, isAlone(word, in: line) else { continue }
            let before = index > 0 ? words[index - 1].text : ""
            let earlier = index > 1 ? words[index - 2].text : ""
            let gap = index > 0 ? line[words[index - 1].end..<word.start] : line[..<word.start]
            guard gap.allSatisfy(isSeparator), !isQuantity(after: index, words) else { continue }
            if before == "errno" || (before == "error" && callWords.contains(earlier))
                || (before == "code" && earlier == "os")
                || (earlier == "errno" && ["is", "code", "no", "number", "value"].contains(before))
            {
                numbers.append(number)
                continue
            }
            guard 11...115 ~= number, !["net", "ssl", "http", "exit", "curl"].contains(earlier),
                !countedWords.contains(before),
                isInBrackets(word, in: line)
                    || ["error", "err", "rc", "ret", "code", "failed", "returned"].contains(before)
            else { continue }
            let counts =
                isNetworkFailure
                ?? {
                    let texts = Set(words.map(\.text))
                    return !texts.isDisjoint(with: networkWords)
                        && !texts.isDisjoint(with: failureWords)
                }()
            isNetworkFailure = counts
            if counts { numbers.append(number) }
        }
        return numbers
    }

    /// A word, and where it stands.
    private struct Word {
        let text: String
        let start: Int
        let end: Int

        var number: Int? {
            text.utf8.count <= 3 && text.utf8.allSatisfy(\.isDigit) ? Int(text) : nil
        }

        static func all(in line: [UInt8]) -> [Word] {
            var words: [Word] = []
            var start = 0
            while start < line.count {
                var end = start
                // An apostrophe belongs to "can't".
                while end < line.count,
                    line[end].isWordPart || (end > start && line[end] == UInt8(ascii: "'"))
                { end += 1 }
                if end > start {
                    var last = end
                    while line[last - 1] == UInt8(ascii: "'") { last -= 1 }
                    words.append(
                        Word(
                            text: String(decoding: line[start..<last], as: UTF8.self),
                            start: start, end: last))
                }
                start = max(end, start + 1)
            }
            return words
        }
    }

    private static func isSeparator(_ byte: UInt8) -> Bool { " :=-_([{#\"'.,".utf8.contains(byte) }

    /// Not a part of `0.110`, `10.0.0.9:111`, `2026-11-10`.
    private static func isAlone(_ word: Word, in line: [UInt8]) -> Bool {
        let joints = ".:-/".utf8
        if word.start > 1, joints.contains(line[word.start - 1]), line[word.start - 2].isDigit {
            return false
        }
        if word.start > 0, line[word.start - 1] == UInt8(ascii: ".") { return false }
        return
            !(word.end + 1 < line.count && joints.contains(line[word.end])
            && line[word.end + 1].isDigit)
    }

    private static func isInBrackets(_ word: Word, in line: [UInt8]) -> Bool {
        // `name(110)` is a process or a function, ` (110)` and ` (110: …)` what it failed with.
        word.start > 0 && line[word.start - 1] == UInt8(ascii: "(") && word.end < line.count
            && ("):".utf8.contains(line[word.end]))
            && (word.start < 2 || !line[word.start - 2].isWordPart)
    }

    /// Whether a unit follows: `110 ms`, `99 bytes`.
    private static func isQuantity(after index: Int, _ words: [Word]) -> Bool {
        index + 1 < words.count && units.contains(words[index + 1].text)
    }

    private static let units: Set<String> = [
        "ms", "s", "sec", "secs", "second", "seconds", "milliseconds", "us", "min", "minutes",
        "bytes", "byte", "kb", "mb", "kib", "mib", "requests", "connections", "times", "retries",
        "attempts", "errors", "packets",
    ]

    /// What is counted, not what failed: `process_limit (100) reached`.
    private static let countedWords: Set<String> = [
        "limit", "max", "maximum", "size", "count", "clients", "connections", "workers",
        "children", "pid", "port", "line",
    ]

    private static let callWords: Set<String> = [
        "connect", "os", "system", "socket", "bind", "accept", "recv", "send", "network",
        "connection", "listen", "read", "write",
    ]

    private static let networkWords: Set<String> = [
        "connect", "connection", "connecting", "connections", "socket", "bind", "listen", "accept",
        "accept4", "upstream", "recv", "recvmsg", "send", "sendmsg", "sendto", "sending", "dial",
        "peer", "server", "host", "tcp", "backend", "client", "remote", "network", "rpc", "proxy",
        "portmap", "broker",
    ]

    private static let failureWords: Set<String> = [
        "fail", "failed", "failure", "fails", "failing", "error", "err", "can't", "cannot",
        "couldn't", "could", "unable", "refused", "lost", "reset", "unreachable", "aborted",
        "aborting", "unhandled",
    ]
}
