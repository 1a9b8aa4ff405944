import CNetlink
import Glibc
package import Kernel

/// A name looked up the way glibc does it: a socket for it alone, and A and AAAA asked for at the same time.
package enum PlainLookup {
    package struct Found: Sendable {
        /// Its own port, which was taken for this lookup.
        package var port: UInt16
        /// In the order of the types.
        package var answers: [DNSMessage]
    }

    /// Waits for all answers; what is there already counts, however late the caller comes to look.
    ///
    /// - Throws: ETIMEDOUT where one does not come.
    package static func ask(
        _ name: DNSName, _ types: [DNSType] = [.a, .aaaa], at server: SocketAddress,
        recursionDesired: Bool = true, within seconds: Double
    ) throws(KernelError) -> Found {
        let socket = UDPSocket(
            descriptor: try systemCall("open", "a UDP socket") {
                UDPSocket.open(isIPv6: server.isIPv6)
            })
        defer { socket.close() }
        try check(socket.connect(to: server), server)
        let questions = types.map {
            DNSQuestion(name, $0, recursionDesired: recursionDesired)
        }
        let first = UInt16.random(in: 0..<0xFF00)
        for (place, question) in questions.enumerated() {
            guard let bytes = question.message(id: first + UInt16(place)) else {
                throw KernelError("ask for", name.text, code: EINVAL)
            }
            try check(CInt(clamping: socket.send(bytes)), server)
        }
        var answers: [DNSMessage?] = types.map { _ in nil }
        let end = MonotonicClock.now + seconds
        var buffer = [UInt8](repeating: 0, count: 4096)
        while answers.contains(nil) {
            let left = end - MonotonicClock.now
            guard socket.awaitInput(milliseconds: CInt(max(left, 0) * 1000 + 0.999)) else {
                if left > 0 { continue }
                throw KernelError("hear from", "\(server)", code: ETIMEDOUT)
            }
            let count = socket.receive(into: &buffer)
            if count == -Int(EAGAIN) { continue }
            try check(CInt(clamping: count), server)
            guard let message = DNSMessage(Array(buffer[..<count])) else { continue }
            for (place, question) in questions.enumerated()
            where question.isAnswered(by: message, id: first + UInt16(place)) {
                answers[place] = message
            }
        }
        return Found(
            port: socket.localAddress()?.port ?? 0, answers: answers.compactMap { $0 })
    }

    private static func check(_ code: CInt, _ server: SocketAddress) throws(KernelError) {
        if code < 0 { throw KernelError("ask", "\(server)", code: -code) }
    }
}
