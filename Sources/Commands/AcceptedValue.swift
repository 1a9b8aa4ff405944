/// What an option takes, where the parser says only that it does not take a value.
enum AcceptedValue {
    /// By the name of the value in the help.
    private static let known = [
        "time": "a time has a unit, as in 500ms, 5s, 1.5m or 1h",
        "rate": "a rate is a number per second, as in 900/s or 10k/s, or a ramp, 100/s..5000/s",
        "n": "it takes a number, as in 64, or 10k if thousands make sense",
        "bytes": "it takes a number of bytes, as in 512 or 10k",
        "name: value":
            "a field has a name and a colon ('Accept: text/html'; 'Accept:' leaves it out, 'X-Empty;' sends it empty), and no control characters",
        "host:port:address[,address]":
            "it takes a name, a port and addresses: www.example.org:443:192.0.2.1 or www.example.org:443:[2001:db8::1]",
        "address:port|url":
            "it takes an address and a port (127.0.0.1:8080, [::1]:8080) or a URL (https://localhost:8443/)",
        "condition": "a condition is worse, worse>5% or NAME:worse>5%",
    ]

    /// The parser's text with what is accepted behind its first line, where that is known.
    static func added(to text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first, first.contains("The value '"),
            let end = first.lastIndex(of: ">"), let start = first.lastIndex(of: "<"), start < end,
            first.hasSuffix(">'"), let words = known[String(first[first.index(after: start)..<end])]
        else { return text }
        return ([first + ": " + words] + lines.dropFirst()).joined(separator: "\n")
    }
}
