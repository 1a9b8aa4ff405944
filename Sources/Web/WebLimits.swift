/// What a client may take of time and room; a program has no reason to change them, tests have.
package struct WebLimits: Sendable, Equatable {
    /// Connections at a time, of all addresses together.
    package var connections = 64
    /// From the moment a connection is accepted, with its TLS handshake, to the end of a request's head.
    ///
    /// For later requests of a connection from their first byte on; and again for the body.
    package var head: Duration = .seconds(5)
    /// Between two requests of a connection.
    package var idle: Duration = .seconds(30)
    /// From a request's end to the moment when the kernel has all of its response.
    package var response: Duration = .seconds(30)
    /// From the last response of a connection to its end, whoever does not close it.
    package var closing: Duration = .seconds(1)
    /// In bytes, with the request line.
    package var headBytes = 16 << 10
    /// In bytes; a body is read and not used.
    package var bodyBytes = 64 << 10
    /// Passwords that are hashed within any second; it takes a tenth of a second and more of a processor each.
    package var passwordsPerSecond = 2
    /// Passwords that wait for that.
    package var passwordsWaiting = 8
    /// Those of one client.
    package var passwordsWaitingOfOne = 2

    package init() {}
}
