import Text

extension WebConfiguration {
    /// The headers that may be set, with the values they may have where not every value does.
    private static let headerValues: [(name: String, value: [String])] = [
        ("Content-Security-Policy", []), ("Strict-Transport-Security", []),
        ("X-Content-Type-Options", ["nosniff"]), ("X-Frame-Options", ["deny", "sameorigin"]),
        ("X-XSS-Protection", []),
    ]

    /// Reads a file, and those that it names.
    ///
    /// - Parameter files: reads them: where one of them changes, all is to be read again.
    init(reading path: String, files: inout FilesRead) throws(WebError) {
        let root = try YAMLDocument.read(try files.read(path), name: path)
        let reader = FieldReader(file: path)
        let sections = try reader.section(
            root, "the file",
            fields: ["tls_server_config", "http_server_config", "basic_auth_users", "rate_limit"])
        try self.init(sections, reader, files: &files)
    }

    private init(
        _ sections: [String: YAMLNode], _ reader: FieldReader, files: inout FilesRead
    ) throws(WebError) {
        tls = try TLSSettings(sections["tls_server_config"], reader, files: &files)
        let http = try reader.section(
            sections["http_server_config"], "http_server_config", fields: ["http2", "headers"])
        _ = try reader.truth(http["http2"], "http2")
        headers = try Self.headers(http["headers"], reader)
        users = try Self.users(sections["basic_auth_users"], reader)
        rate = try Self.rate(sections["rate_limit"], reader)
    }

    private static func headers(
        _ node: YAMLNode?, _ reader: FieldReader
    ) throws(WebError) -> [Header] {
        let section = try reader.section(node, "headers", fields: headerValues.map(\.name))
        var found: [Header] = []
        for (name, allowed) in headerValues {
            guard let node = section[name], let value = try reader.text(node, name) else {
                continue
            }
            guard allowed.isEmpty || allowed.contains(value) else {
                let choice = allowed.joined(separator: " or ")
                throw reader.refusal(
                    node.line, "\(name) must be \(choice), not \(reader.shown(value))")
            }
            guard value.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) else {
                throw reader.refusal(node.line, "\(name) must be one line of printable ASCII")
            }
            found.append(Header(name: name, value: value))
        }
        return found
    }

    private static func users(
        _ node: YAMLNode?, _ reader: FieldReader
    ) throws(WebError) -> [String: PasswordHash] {
        var found: [String: PasswordHash] = [:]
        for entry in try reader.entries(node, "basic_auth_users") {
            guard !entry.key.contains(":") else {
                throw reader.refusal(
                    entry.line, "a user's name cannot hold a colon (RFC 7617, 2)")
            }
            // The hash is not shown: it may be a password that somebody forgot to hash.
            guard let text = try reader.text(entry.value, "a password's hash"),
                let hash = PasswordHash(text)
            else {
                throw reader.refusal(
                    entry.line,
                    "the password of \(reader.shown(entry.key)) is not a bcrypt hash; make one with: htpasswd -nBC 10 ''"
                )
            }
            found[entry.key] = hash
        }
        return found
    }

    private static func rate(
        _ node: YAMLNode?, _ reader: FieldReader
    ) throws(WebError) -> RequestRate? {
        let section = try reader.section(node, "rate_limit", fields: ["interval", "burst"])
        let burst = try reader.count(section["burst"], "burst") ?? 0
        guard let node = section["interval"], let text = try reader.text(node, "interval") else {
            return nil
        }
        guard let interval = GoDuration.parsed(text) else {
            throw reader.refusal(
                node.line,
                "interval must be a duration such as 500ms or 1s, not \(reader.shown(text))")
        }
        return interval > .zero ? RequestRate(interval: interval, burst: burst) : nil
    }
}
