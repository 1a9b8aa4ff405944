import CNetlink
import Glibc
import Kernel

/// A question and its answer over TCP: each with its length in two bytes before it (RFC 1035 §4.2.2).
///
/// All of it is over at a time of CLOCK_MONOTONIC, however slowly the bytes come.
enum DNSStream {
    enum Result {
        case answer([UInt8])
        /// With the errno.
        case failed(CInt)
        case timedOut
    }

    static func exchange(
        _ question: [UInt8], with server: SocketAddress, until end: Double
    ) -> Result {
        let descriptor = TCPSocket.open(isIPv6: server.isIPv6)
        guard descriptor >= 0 else { return .failed(-descriptor) }
        let socket = TCPSocket(descriptor: descriptor)
        defer { socket.close() }
        let code = socket.connect(to: server)
        if code == TCPSocket.inProgress {
            guard isReady(socket, POLLOUT, until: end) else { return .timedOut }
            let error = socket.takeError()
            if error != 0 { return .failed(error) }
        } else if code < 0 {
            return .failed(-code)
        }

        let bytes = [UInt8(question.count >> 8), UInt8(question.count & 0xFF)] + question
        var gone = 0
        while gone < bytes.count {
            let sent = socket.send(bytes, from: gone, to: bytes.count)
            if sent == Int(TCPSocket.wouldBlock) {
                guard isReady(socket, POLLOUT, until: end) else { return .timedOut }
                continue
            }
            if sent < 0 { return .failed(CInt(-sent)) }
            gone += sent
        }
        return receive(from: socket, until: end)
    }

    private static func receive(from socket: TCPSocket, until end: Double) -> Result {
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16384)
        while true {
            if answer.count >= 2 {
                let length = Int(answer[0]) << 8 | Int(answer[1])
                if answer.count >= length + 2 { return .answer(Array(answer[2..<(length + 2)])) }
            }
            let count = socket.receive(into: &buffer)
            if count == Int(TCPSocket.wouldBlock) {
                guard isReady(socket, POLLIN, until: end) else { return .timedOut }
                continue
            }
            if count < 0 { return .failed(CInt(-count)) }
            // Closed before its time: what there is is no answer.
            if count == 0 { return .answer([]) }
            // No more comes than an answer can have: what had come when the time ran out is read to its end.
            answer += buffer[..<count]
        }
    }

    /// False where the time is over; what is there already counts, however late we come to look.
    private static func isReady(
        _ socket: TCPSocket, _ events: CInt, until end: Double
    ) -> Bool {
        while true {
            let left = end - MonotonicClock.now
            var entry = pollfd(fd: socket.descriptor, events: Int16(events), revents: 0)
            if unsafe poll(&entry, 1, CInt(max(left, 0) * 1000 + 0.999)) > 0 { return true }
            if left <= 0 { return false }
        }
    }
}
