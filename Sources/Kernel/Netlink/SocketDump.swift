import CNetlink
import Glibc

/// Where rows of a dump go.
protocol SocketRowSink {
    /// Takes a row; `message` is the whole of it, for its attributes, and valid during the call only.
    mutating func take(_ row: SocketRow, message: RawSpan)

    /// True where it pays to be told of the rows of a datagram before they come.
    var wantsNotice: Bool { get }

    /// Told of a row that comes soon.
    mutating func expect(_ row: SocketRow)
}

extension SocketRowSink {
    var wantsNotice: Bool { false }

    mutating func expect(_: SocketRow) {}
}

/// Dumps of the kernel's TCP sockets through sock_diag.
enum SocketDump {
    static let family = "NETLINK_SOCK_DIAG"

    static func open() throws(KernelError) -> NetlinkSocket {
        try NetlinkSocket.open(NETLINK_SOCK_DIAG, named: family)
    }

    /// Makes one dump and hands over its rows as they come in.
    ///
    /// - Parameter pace: how it is spread over time; nil for at once.
    /// - Throws: ENOENT where the kernel lacks `tcp_diag` and could not load it.
    static func run<Sink: SocketRowSink>(
        _ request: DiagRequest, on socket: borrowing NetlinkSocket, into sink: inout Sink,
        pace: DumpPace? = nil
    ) throws(KernelError) {
        let right = AdministrationRight.layDown()
        defer { right.takeUp() }
        var watch = pace.map { DumpPace.Watch($0, at: MonotonicClock.now) }
        try socket.send(request.bytes)
        while try receive(on: socket, into: &sink) == .more {
            if let pause = watch?.pause(at: MonotonicClock.now), !HeldSignals.isEndAskedFor {
                DumpPace.sleep(pause)
            }
        }
    }

    /// The same for both families: one walk, or one for each where this kernel does not know the older request.
    static func runBothFamilies<Sink: SocketRowSink>(
        _ request: DiagRequest, on socket: borrowing NetlinkSocket, into sink: inout Sink,
        pace: DumpPace? = nil
    ) throws(KernelError) {
        do {
            try run(request, on: socket, into: &sink, pace: pace)
        } catch  where error.code == EINVAL || error.code == EOPNOTSUPP {
            var request = request
            for family in [AF_INET, AF_INET6] {
                request.walk = .oneFamily(family)
                try run(request, on: socket, into: &sink, pace: pace)
            }
        }
    }

    /// Begins a dump and hands over the rows of its first datagram; the rest ends with the socket.
    static func begin<Sink: SocketRowSink>(
        _ request: DiagRequest, on socket: borrowing NetlinkSocket, into sink: inout Sink
    ) throws(KernelError) {
        try socket.send(request.bytes)
        _ = try receive(on: socket, into: &sink)
    }

    /// Hands over the rows of a datagram that has come already.
    ///
    /// - Throws: EAGAIN where none has.
    static func receiveWaiting<Sink: SocketRowSink>(
        on socket: borrowing NetlinkSocket, into sink: inout Sink
    ) throws(KernelError) {
        _ = try receive(on: socket, into: &sink, flags: CInt(MSG_DONTWAIT))
    }

    private static func receive<Sink: SocketRowSink>(
        on socket: borrowing NetlinkSocket, into sink: inout Sink,
        flags: CInt = 0
    ) throws(KernelError) -> DumpProgress {
        try socket.receive(flags: flags) { (datagram) throws(KernelError) in
            if sink.wantsNotice {
                // What is wrong with the datagram is told the second time.
                _ = try? NetlinkMessages.forEach(in: datagram, subject: family) { message in
                    guard let row = DiagRow.parse(message) else { return }
                    sink.expect(row)
                }
            }
            return try NetlinkMessages.forEach(in: datagram, subject: family) { message in
                guard let row = DiagRow.parse(message) else { return }
                sink.take(row, message: message)
            }
        }
    }
}
