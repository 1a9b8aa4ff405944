import Glibc

/// A client that sends what it is told to, byte for byte.
final class Client {
    let number: CInt
    private var received: [UInt8] = []

    /// - Parameter source: the address to connect from, of 127/8.
    init(port: Int, from source: String? = nil) throws {
        number = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        if let source, Self.with(source, 0, { [number] in bind(number, $0, $1) }) != 0 {
            throw Failure(words: "bind: \(errno)")
        }
        guard Self.with("127.0.0.1", port, { [number] in connect(number, $0, $1) }) == 0 else {
            throw Failure(words: "connect: \(errno)")
        }
    }

    struct Failure: Error { var words: String }

    deinit { close(number) }

    /// False where the server has closed.
    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(number, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Sends no more, and goes on reading.
    func finish() { shutdown(number, CInt(SHUT_WR)) }

    /// The next response; nil where the server closes before it is whole, or takes longer.
    func reply(within seconds: Double = 5, toHead: Bool = false) -> Reply? {
        let end = Client.now + seconds
        while true {
            if let (reply, length) = Reply.parsed(received, toHead: toHead) {
                received.removeFirst(length)
                return reply
            }
            guard end > Client.now, receive(end - Client.now) > 0 else { return nil }
        }
    }

    /// After how many seconds the server closed; nil where it did not.
    func closes(within seconds: Double) -> Double? {
        let start = Client.now
        while Client.now - start < seconds {
            let count = receive(seconds - (Client.now - start))
            if count == 0 { return Client.now - start }
            if count < 0 { return nil }
        }
        return nil
    }

    /// Bytes that came: 0 at the end or after a reset, -1 where there were none in time.
    private func receive(_ seconds: Double) -> Int {
        var poll = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        guard Glibc.poll(&poll, 1, CInt(max(0, seconds * 1000).rounded(.up))) > 0 else { return -1 }
        var block = [UInt8](repeating: 0, count: 65536)
        let count = recv(number, &block, block.count, 0)
        guard count > 0 else { return 0 }
        received += block[..<count]
        return count
    }

    /// Seconds of a clock that only runs forward.
    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func with(
        _ text: String, _ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt
    ) -> CInt {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(text, String(port), &hints, &found) == 0, let found else { return -1 }
        defer { freeaddrinfo(found) }
        guard let address = found.pointee.ai_addr else { return -1 }
        return body(address, found.pointee.ai_addrlen)
    }
}
