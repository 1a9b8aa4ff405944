import NIOSSL

extension TLSSettings {
    static let fields = [
        "cert", "cert_file", "key", "key_file", "client_ca", "client_ca_file", "client_auth_type",
        "client_allowed_sans", "min_version", "max_version", "cipher_suites",
        "prefer_server_cipher_suites", "curve_preferences",
    ]

    /// What the section says; nil where it is empty.
    ///
    /// - Parameter files: reads those that it names.
    init?(
        _ node: YAMLNode?, _ reader: FieldReader, files: inout FilesRead
    ) throws(WebError) {
        let section = try reader.section(node, "tls_server_config", fields: Self.fields)
        guard let node, !section.isEmpty else { return nil }
        let pem = PEMReader(section: section, line: node.line, reader: reader)
        guard let certificate = try pem.material("cert", files: &files) else {
            throw reader.refusal(node.line, "tls_server_config needs cert_file, or cert")
        }
        guard let key = try pem.material("key", files: &files) else {
            throw reader.refusal(node.line, "tls_server_config needs key_file, or key")
        }
        self.init(certificate: certificate, key: key)
        try readClients(section, node.line, reader)
        clientAuthorities = try pem.material("client_ca", files: &files)
        try readProtocol(section, reader)
    }

    private mutating func readClients(
        _ section: [String: YAMLNode], _ line: Int, _ reader: FieldReader
    ) throws(WebError) {
        let name = "client_auth_type"
        clientAuthentication =
            try reader.choice(section[name], name, of: Self.clientAuthentications) ?? .none
        let authorities = section["client_ca_file"] ?? section["client_ca"]
        if let authorities, clientAuthentication == .none {
            throw reader.refusal(
                authorities.line,
                "client_ca_file has no effect without client_auth_type: set both or neither")
        }
        if authorities == nil, clientAuthentication == .requiredAndVerified {
            throw reader.refusal(
                section[name]?.line ?? line,
                "RequireAndVerifyClientCert needs client_ca_file: no client could connect")
        }
        let names = "client_allowed_sans"
        allowedNames = try reader.texts(section[names], names)?.map(\.text)
        if allowedNames != nil, clientAuthentication == .none {
            throw reader.refusal(
                section[names]?.line ?? line, "\(names) has no effect without client_auth_type")
        }
    }

    private mutating func readProtocol(
        _ section: [String: YAMLNode], _ reader: FieldReader
    ) throws(WebError) {
        oldest =
            try reader.choice(section["min_version"], "min_version", of: Self.versions) ?? oldest
        newest =
            try reader.choice(section["max_version"], "max_version", of: Self.versions) ?? newest
        let order = Self.versions.map(\.value)
        if let first = order.firstIndex(of: oldest), let last = order.firstIndex(of: newest),
            first > last
        {
            let line = (section["max_version"] ?? section["min_version"])?.line ?? 1
            throw reader.refusal(line, "min_version is above max_version: no client could connect")
        }
        // Go has not listened to it since 1.17, and so nobody does.
        _ = try reader.truth(
            section["prefer_server_cipher_suites"], "prefer_server_cipher_suites")
        ciphers = try values(section, reader, "cipher_suites", of: Self.cipherNames)
        curves = try values(section, reader, "curve_preferences", of: Self.curveNames)
    }

    private func values<Value>(
        _ section: [String: YAMLNode], _ reader: FieldReader, _ name: String,
        of table: [(name: String, value: Value)]
    ) throws(WebError) -> [Value]? {
        var found: [Value] = []
        for (text, line) in try reader.texts(section[name], name) ?? [] {
            found.append(try reader.choice(text, line: line, name, of: table))
        }
        return found.isEmpty ? nil : found
    }
}
