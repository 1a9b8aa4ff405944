import Metrics
import Report

/// An answer to a request: what a server of HTTP writes of it is its own affair.
package struct AgentResponse: Sendable, Hashable {
    package let status: Int
    package let contentType: String
    package let body: [UInt8]
    /// The header `Content-Security-Policy`; nil where a server's own is right.
    package let contentSecurityPolicy: String?

    package init(
        status: Int, contentType: String, body: [UInt8], contentSecurityPolicy: String? = nil
    ) {
        self.contentSecurityPolicy = contentSecurityPolicy
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    static func text(_ text: String, status: Int = 200) -> AgentResponse {
        AgentResponse(
            status: status, contentType: "text/plain; charset=utf-8", body: Array(text.utf8))
    }

    static func metrics(_ text: String) -> AgentResponse {
        AgentResponse(status: 200, contentType: MetricPage.contentType, body: Array(text.utf8))
    }

    static func json(_ text: String) -> AgentResponse {
        AgentResponse(
            status: 200, contentType: "application/json; charset=utf-8", body: Array(text.utf8))
    }

    static func html(_ text: String) -> AgentResponse {
        AgentResponse(
            status: 200, contentType: "text/html; charset=utf-8", body: Array(text.utf8),
            contentSecurityPolicy: HTMLRenderer.contentSecurityPolicy)
    }
}
