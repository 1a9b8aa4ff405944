import Glibc
import Model

/// The files with the followed counters of one namespace, opened once.
///
/// A file below `/proc/net` stays with the namespace in which it was opened (`fs/proc/proc_net.c:single_open_net`), and gives
/// its text anew to each read from its beginning. All of them kept open: some 86 µs a look, opened each time 161 µs.
struct OpenCounters: ~Copyable {
    private let snmp: FileDescriptor
    private let netstat: FileDescriptor
    private let sockets: FileDescriptor
    /// Nil on a kernel that runs without IPv6.
    private let socketsIPv6: FileDescriptor?
    private var tcp = CounterColumns(group: "Tcp")
    private var extensions = CounterColumns(group: "TcpExt")
    private var buffer = [UInt8](repeating: 0, count: Self.room)

    /// The longest of them, netstat, has some 4 KiB.
    private static let room = 16384

    /// Opens those of the namespace of the calling thread.
    static func open() throws(KernelError) -> OpenCounters {
        OpenCounters(
            snmp: try NetDirectory.open(NetSNMP.path, root: .host),
            netstat: try NetDirectory.open(NetSNMP.netstatPath, root: .host),
            sockets: try NetDirectory.open(NetSockstat.path, root: .host),
            socketsIPv6: try? NetDirectory.open(NetSockstat.path6, root: .host))
    }

    private init(
        snmp: consuming FileDescriptor, netstat: consuming FileDescriptor,
        sockets: consuming FileDescriptor, socketsIPv6: consuming FileDescriptor?
    ) {
        self.snmp = snmp
        self.netstat = netstat
        self.sockets = sockets
        self.socketsIPv6 = socketsIPv6
    }

    /// Reads all of them.
    mutating func read() throws(KernelError) -> CounterSample {
        var sample = CounterSample(time: BootClock.now)
        let ofTCP = try fill(snmp.number, NetSNMP.path)
        tcp = Self.readPairs(ofTCP, of: buffer.span, into: &sample, tcp)
        let ofExtensions = try fill(netstat.number, NetSNMP.netstatPath)
        extensions = Self.readPairs(ofExtensions, of: buffer.span, into: &sample, extensions)
        let ofSockets = try fill(sockets.number, NetSockstat.path)
        Self.readGauges(ofSockets, of: buffer.span, group: "sockstat", into: &sample)
        if let socketsIPv6 = numberOfIPv6 {
            let ofIPv6 = try fill(socketsIPv6, NetSockstat.path6)
            Self.readGauges(ofIPv6, of: buffer.span, group: "sockstat6", into: &sample)
        }
        return sample
    }

    private var numberOfIPv6: CInt? {
        switch socketsIPv6 {
        case .some(let file): file.number
        case .none: nil
        }
    }

    /// Fills the buffer from a file's beginning; how many bytes came.
    private mutating func fill(_ file: CInt, _ path: String) throws(KernelError) -> Int {
        var count = 0
        while count < buffer.count {
            let start = count
            let more = try systemCall("read", path) {
                unsafe buffer.withUnsafeMutableBytes { bytes in
                    unsafe pread(
                        file, bytes.baseAddress?.advanced(by: start), bytes.count - start,
                        off_t(start))
                }
            }
            if more == 0 { break }
            count += more
        }
        return count
    }

    /// The columns as they were found this time.
    private static func readPairs(
        _ count: Int, of bytes: Span<UInt8>, into sample: inout CounterSample,
        _ known: CounterColumns
    ) -> CounterColumns {
        var columns = known
        let text = bytes.extracting(0..<count)
        var position = 0
        while let names = text.line(from: &position), let values = text.line(from: &position) {
            guard text.prefix(of: names) == columns.group else { continue }
            columns.read(names, values, of: text, into: &sample)
            break
        }
        return columns
    }

    private static func readGauges(
        _ count: Int, of bytes: Span<UInt8>, group: String, into sample: inout CounterSample
    ) {
        var counters = Counters()
        NetSockstat.parse(bytes.extracting(0..<count), group: group, into: &counters)
        for counter in FollowedCounter.allCases where counter.group.hasPrefix("\(group).") {
            sample[counter] = counters[counter.group, counter.name]
        }
    }
}

extension Span where Element == UInt8 {
    /// What stands before the colon at the end of the line's first word.
    fileprivate func prefix(of line: Range<Int>) -> String? {
        var position = line.lowerBound
        guard let word = word(from: &position, to: line.upperBound), word.count > 1,
            self[word.upperBound - 1] == 58
        else { return nil }
        return text(word.lowerBound..<word.upperBound - 1)
    }
}
