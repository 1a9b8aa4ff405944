extension Trace {
    /// TLS on a connection, as far as it came.
    public struct TLS: Sendable, Equatable, Codable {
        /// The handshake: from the connection to the last message that had to come before the request.
        public var span: Span
        /// `OpenSSL 3.0.19 27 Jan 2026`: what spoke it.
        public var library: String
        /// The name that the server was told (SNI); nil where an address was typed.
        @Explicit public var serverName: String?
        /// `TLSv1.3`; nil where the handshake did not come so far.
        @Explicit public var version: String?
        @Explicit public var cipher: String?
        /// What was offered by ALPN, and what the server chose; nil where it chose nothing.
        public var offered: [String]
        @Explicit public var chosen: String?
        /// Of the server, its own first, as it sent them.
        public var certificates: [Certificate]
        /// Nil where no certificate came.
        @Explicit public var verification: Verification?
        public var session: Session
        /// In order: of the handshake, and alerts.
        public var messages: [Message]
        /// Nil where the handshake did not come to its end.
        @Explicit public var close: Close?

        public init(
            span: Span,
            library: String,
            serverName: String? = nil,
            version: String? = nil,
            cipher: String? = nil,
            offered: [String],
            chosen: String? = nil,
            certificates: [Certificate],
            verification: Verification? = nil,
            session: Session,
            messages: [Message],
            close: Close? = nil
        ) {
            self.span = span
            self.library = library
            self.serverName = serverName
            self.version = version
            self.cipher = cipher
            self.offered = offered
            self.chosen = chosen
            self.certificates = certificates
            self.verification = verification
            self.session = session
            self.messages = messages
            self.close = close
        }

        enum CodingKeys: String, CodingKey {
            case span, library, version, cipher, offered, chosen, certificates, verification
            case session, messages, close
            case serverName = "server_name"
        }

        /// What the library found of the server's certificate.
        public struct Verification: Sendable, Equatable, Codable {
            /// X509_V_ERR_… of OpenSSL; 0 where nothing is wrong.
            public var code: Int
            /// The library's words: `certificate has expired`.
            public var words: String
            public var isTrusted: Bool
            /// Whether it is for the name or address that was asked for, whatever else is wrong with it.
            @Explicit public var isForHost: Bool?
            /// The certificate of this host that it leads to; nil where it leads to none.
            @Explicit public var anchor: String?
            /// What named certificates other than the system's: `SSL_CERT_FILE=…`; nil where nothing did.
            @Explicit public var trustedElsewhere: String?

            public init(
                code: Int,
                words: String,
                isTrusted: Bool,
                isForHost: Bool? = nil,
                anchor: String? = nil,
                trustedElsewhere: String? = nil
            ) {
                self.code = code
                self.words = words
                self.isTrusted = isTrusted
                self.isForHost = isForHost
                self.anchor = anchor
                self.trustedElsewhere = trustedElsewhere
            }

            enum CodingKeys: String, CodingKey {
                case code, words, anchor
                case isTrusted = "trusted"
                case isForHost = "for_host"
                case trustedElsewhere = "trusted_elsewhere"
            }
        }

        public struct Certificate: Sendable, Equatable, Codable {
            public var subject: String
            public var issuer: String
            public var names: [String]
            /// Seconds since 1970.
            @Explicit public var notBefore: Double?
            @Explicit public var notAfter: Double?
            /// Days until then when it was seen, below zero where it has expired.
            @Explicit public var daysLeft: Double?

            public init(
                subject: String,
                issuer: String,
                names: [String],
                notBefore: Double? = nil,
                notAfter: Double? = nil,
                daysLeft: Double? = nil
            ) {
                self.subject = subject
                self.issuer = issuer
                self.names = names
                self.notBefore = notBefore
                self.notAfter = notAfter
                self.daysLeft = daysLeft
            }

            /// Days until it becomes valid, as seen then; below zero where it has.
            public var daysUntilValid: Double? {
                guard let notBefore, let notAfter, let daysLeft else { return nil }
                return daysLeft - (notAfter - notBefore) / 86_400
            }

            enum CodingKeys: String, CodingKey {
                case subject, issuer, names
                case notBefore = "not_before_unix_seconds"
                case notAfter = "not_after_unix_seconds"
                case daysLeft = "days_left"
            }
        }

        public struct Session: Sendable, Equatable, Codable {
            /// Whether one of an earlier connection was offered to the server.
            public var wasOffered: Bool
            /// Whether the server took it.
            public var isResumed: Bool
            /// NewSessionTicket messages that came.
            public var tickets: Int
            /// Whether a later connection can offer this one.
            public var isResumable: Bool

            public init(
                wasOffered: Bool,
                isResumed: Bool,
                tickets: Int,
                isResumable: Bool
            ) {
                self.wasOffered = wasOffered
                self.isResumed = isResumed
                self.tickets = tickets
                self.isResumable = isResumable
            }

            enum CodingKeys: String, CodingKey {
                case tickets
                case wasOffered = "offered"
                case isResumed = "resumed"
                case isResumable = "resumable"
            }
        }

        public struct Message: Sendable, Equatable, Codable {
            public var at: Double
            public var side: StateSeen.Side
            public var name: String
            public var bytes: Int
            /// The number of an alert; nil of a message of the handshake.
            @Explicit public var alert: Int?
            /// When its last byte had reached this host, as the kernel noted it; nil of those sent, and where it noted nothing.
            @Explicit public var arrived: Double?

            public init(
                at: Double,
                side: StateSeen.Side,
                name: String,
                bytes: Int,
                alert: Int? = nil,
                arrived: Double? = nil
            ) {
                self.at = at
                self.side = side
                self.name = name
                self.bytes = bytes
                self.alert = alert
                self.arrived = arrived
            }

            enum CodingKeys: String, CodingKey {
                case side, name, bytes, alert
                case at = "at_seconds"
                case arrived = "arrived_seconds"
            }
        }

        /// How TLS ended, beside the connection.
        public struct Close: Sendable, Equatable, Codable {
            /// When the server's close_notify was read, and when this side's was sent.
            @Explicit public var received: Double?
            @Explicit public var sent: Double?
            /// Whether the server's FIN came without a close_notify before it: anybody on the way could have sent that.
            public var isTruncated: Bool

            public init(
                received: Double? = nil,
                sent: Double? = nil,
                isTruncated: Bool
            ) {
                self.received = received
                self.sent = sent
                self.isTruncated = isTruncated
            }

            enum CodingKeys: String, CodingKey {
                case received = "received_seconds"
                case sent = "sent_seconds"
                case isTruncated = "truncated"
            }
        }
    }
}
