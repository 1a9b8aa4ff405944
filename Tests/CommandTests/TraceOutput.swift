import FoundationEssentials

/// What a test looks at in a `tcptune.trace/1` document.
struct TraceOutput: Decodable {
    let data: Facts

    struct Facts: Decodable {
        let requests: [Request]
        let failure: Failure?
        let exchange: Exchange
        let notes: [String]
        let repetition: Repetition?
    }

    struct Failure: Decodable {
        let stage: String
        let reason: String
        let errno: String?
    }

    struct Exchange: Decodable {
        let events: [Event]

        struct Event: Decodable {
            let kind: String
            let message: Message?
        }

        struct Message: Decodable {
            let label: String
            let origin: String
            let arrives_seconds: Double?
        }
    }

    struct Span: Decodable {
        let began_seconds: Double
        let ended_seconds: Double
        var seconds: Double { ended_seconds - began_seconds }
    }

    struct Request: Decodable {
        let url: String
        let name: Name?
        let connect: Connect?
        let tls: TLS?
        let request: Sent?
        let response: Response?
        let close: Close?
        let states: [State]

        /// The states of this program's socket, in order.
        var own: [String] { states.filter { $0.side == "local" }.map(\.state) }
    }

    struct Name: Decodable {
        let resolution: Resolution

        struct Resolution: Decodable {
            let addresses: [String]
            let queries: [Query]
        }

        struct Query: Decodable {
            let server: String
            let zone: String?
            let leg: String
        }
    }

    struct Connect: Decodable {
        let attempts: [Attempt]
        let connection: Connection?

        struct Attempt: Decodable {
            let address: String
            let span: Span
            let outcome: String
            let errno: String?
            let syn_retries: Int?
        }

        struct Connection: Decodable {
            let source: String
            let source_port: Int
            let round_trip_seconds: Double?
            let timestamps: Bool?
            let local: Bool
            let peer: Owner?
            let ports: Ports?
        }

        struct Owner: Decodable { let name: String? }

        struct Ports: Decodable {
            let used: Int
            let usable: Int
            let reused: Bool
            let limit_per_second: Double
        }
    }

    struct Response: Decodable {
        let span: Span
        let first_byte_seconds: Double?
        let first_byte_arrived_seconds: Double?
        let last_byte_arrived_seconds: Double?
        let head: Head?
        let body_bytes: Int
        let framing: String
        let keep_alive: Bool?
        let problem: String?

        struct Head: Decodable { let status: Int }
    }

    struct Sent: Decodable { let lines: [String] }

    struct TLS: Decodable {
        let span: Span
        let server_name: String?
        let version: String?
        let cipher: String?
        let chosen: String?
        let certificates: [Certificate]
        let verification: Verification?
        let session: Session
        let messages: [Message]
        let close: Close?

        struct Certificate: Decodable {
            let subject: String
            let issuer: String
            let names: [String]
            let days_left: Double?
        }

        struct Verification: Decodable {
            let words: String
            let trusted: Bool
            let for_host: Bool?
            let anchor: String?
        }

        struct Session: Decodable {
            let offered: Bool
            let resumed: Bool
            let resumable: Bool
            let tickets: Int
        }

        struct Message: Decodable {
            let at_seconds: Double
            let side: String
            let name: String
        }

        struct Close: Decodable {
            let received_seconds: Double?
            let sent_seconds: Double?
            let truncated: Bool
        }
    }

    struct Repetition: Decodable {
        let runs: [Run]
        let stages: [Stage]

        struct Run: Decodable {
            let seconds: [String: Double]
            let status: Int?
            let resumed: Bool?
            let failure: Failure?
        }

        struct Stage: Decodable {
            let name: String
            let first_seconds: Double?
            let later: Spread?
        }

        struct Spread: Decodable {
            let count: Int
            let median_seconds: Double
            let min_seconds: Double
            let max_seconds: Double
        }
    }

    struct Close: Decodable {
        let first: String
        let reset: String?
        let held: String?
        let held_seconds: Double?
    }

    struct State: Decodable {
        let at_seconds: Double
        let side: String
        let state: String
        let source: String
    }

    init(_ text: String) throws {
        self = try JSONDecoder().decode(TraceOutput.self, from: Data(text.utf8))
    }
}
