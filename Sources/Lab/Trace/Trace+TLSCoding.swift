// What is not known is written as null: scripts find the name in either case.

extension Trace.TLS {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(span, forKey: .span)
        try container.encode(library, forKey: .library)
        try container.encode(serverName, forKey: .serverName)
        try container.encode(version, forKey: .version)
        try container.encode(cipher, forKey: .cipher)
        try container.encode(offered, forKey: .offered)
        try container.encode(chosen, forKey: .chosen)
        try container.encode(certificates, forKey: .certificates)
        try container.encode(verification, forKey: .verification)
        try container.encode(session, forKey: .session)
        try container.encode(messages, forKey: .messages)
        try container.encode(close, forKey: .close)
    }
}

extension Trace.TLS.Verification {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(code, forKey: .code)
        try container.encode(words, forKey: .words)
        try container.encode(isTrusted, forKey: .isTrusted)
        try container.encode(isForHost, forKey: .isForHost)
        try container.encode(anchor, forKey: .anchor)
        try container.encode(trustedElsewhere, forKey: .trustedElsewhere)
    }
}

extension Trace.TLS.Certificate {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(subject, forKey: .subject)
        try container.encode(issuer, forKey: .issuer)
        try container.encode(names, forKey: .names)
        try container.encode(notBefore, forKey: .notBefore)
        try container.encode(notAfter, forKey: .notAfter)
        try container.encode(daysLeft, forKey: .daysLeft)
    }
}

extension Trace.TLS.Message {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(at, forKey: .at)
        try container.encode(side, forKey: .side)
        try container.encode(name, forKey: .name)
        try container.encode(bytes, forKey: .bytes)
        try container.encode(alert, forKey: .alert)
        try container.encode(arrived, forKey: .arrived)
    }
}

extension Trace.TLS.Close {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(received, forKey: .received)
        try container.encode(sent, forKey: .sent)
        try container.encode(isTruncated, forKey: .isTruncated)
    }
}

extension Trace.Repetition.Run {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(seconds, forKey: .seconds)
        try container.encode(status, forKey: .status)
        try container.encode(isResumed, forKey: .isResumed)
        try container.encode(failure, forKey: .failure)
    }
}

extension Trace.Repetition.Stage {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(first, forKey: .first)
        try container.encode(later, forKey: .later)
    }
}
