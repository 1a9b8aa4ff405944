import NIOCore

/// What a client is given; headers of a name that the server sets itself, such as `Content-Length`, are replaced.
///
/// Made once and given often, its body is in memory once, however many clients read it slowly.
package struct WebResponse: Sendable, Equatable {
    /// Of RFC 9110, such as 200.
    package var status: Int
    /// `text/plain; charset=utf-8`.
    package var contentType: String
    /// Take the place of `safeHeaders` of the same name.
    package var headers: [(name: String, value: String)]
    let payload: ByteBuffer

    package var body: [UInt8] { Array(buffer: payload) }

    package init(
        status: Int = 200, contentType: String, headers: [(name: String, value: String)] = [],
        body: [UInt8]
    ) {
        self.status = status
        self.contentType = contentType
        self.headers = headers
        payload = ByteBuffer(bytes: body)
    }

    /// A text of some words, with a line feed behind it.
    package static func text(
        _ status: Int, _ words: String, headers: [(name: String, value: String)] = []
    ) -> WebResponse {
        WebResponse(
            status: status, contentType: "text/plain; charset=utf-8", headers: headers,
            body: Array((words + "\n").utf8))
    }

    package static func == (left: WebResponse, right: WebResponse) -> Bool {
        left.status == right.status && left.contentType == right.contentType
            && left.headers.elementsEqual(right.headers, by: ==) && left.payload == right.payload
    }

    /// What a response has unless its handler says otherwise.
    ///
    /// Nothing is loaded from anywhere, framed, guessed to be of another type, kept, or told to the next site.
    package static let safeHeaders: [(name: String, value: String)] = [
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "deny"),
        ("Referrer-Policy", "no-referrer"),
        ("Cache-Control", "no-store"),
    ]
}
