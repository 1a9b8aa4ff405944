import FoundationEssentials
import Glibc
import Model
import Synchronization

@testable import Kernel
@testable import Lab
@testable import Testbed

/// What tshark hears in a side's namespace while a scene runs on a wire, to be compared with what the wire recorded.
enum Overhearing {
    /// A segment, as far as it is compared.
    struct Heard: Hashable, CustomStringConvertible {
        let source: String
        let port: UInt16
        let destinationPort: UInt16
        let flags: UInt8
        let sequence: UInt32
        let acknowledgement: UInt32
        let bytes: Int

        init(_ segment: Segment) {
            source = "\(segment.source.address)"
            port = segment.source.port
            destinationPort = segment.destination.port
            flags = segment.flags.rawValue
            sequence = segment.sequence
            acknowledgement = segment.acknowledgement
            bytes = segment.payload.count
        }

        /// As one without flags, the code in place of the number.
        init(_ notice: UnreachableNotice, from source: IPAddress) {
            self.source = "\(source)"
            port = notice.source.port
            destinationPort = notice.destination.port
            flags = 0
            sequence = UInt32(notice.code)
            acknowledgement = 0
            bytes = 0
        }

        /// A line of ``fields(_:)``.
        init?(line: Substring) {
            let words = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard words.count == 2 + Overhearing.ofSegment.count, let port = UInt16(words[1]),
                let destinationPort = UInt16(words[2])
            else { return nil }
            // Of ICMP the packet that it quotes is told, too.
            source = String(words[0].prefix { $0 != "," })
            self.port = port
            self.destinationPort = destinationPort
            if let code = UInt32(words[7]) {
                (flags, sequence, acknowledgement, bytes) = (0, code, 0, 0)
                return
            }
            guard let flags = UInt16(words[3].dropFirst(2), radix: 16),
                let sequence = UInt32(words[4]), let acknowledgement = UInt32(words[5]),
                let bytes = Int(words[6])
            else { return nil }
            self.flags = UInt8(truncatingIfNeeded: flags) & 0x1F
            self.sequence = sequence
            self.acknowledgement = acknowledgement
            self.bytes = bytes
        }

        var description: String {
            "\(port)>\(destinationPort) \(flags) \(sequence) \(acknowledgement) \(bytes)"
        }
    }

    private static func fields(_ family: InternetFamily) -> [String] {
        [family == .v4 ? "ip.src" : "ipv6.src"] + ofSegment
            + [family == .v4 ? "icmp.code" : "icmpv6.code"]
    }

    private static let ofSegment = [
        "tcp.srcport", "tcp.dstport", "tcp.flags", "tcp.seq_raw", "tcp.ack_raw", "tcp.len",
    ]

    static let hasShark = (try? Program.run(["tshark", "--version"]).status) == 0
    static let isPossible = Scene.isRoot && hasShark
    static let reason = "needs root to enter the namespace of a wire, and tshark"

    /// Runs a scene on a wire, with tshark beside it.
    ///
    /// - Parameter end: where tshark listens: at the server's where the wire hands the client other segments than it records.
    /// - Returns: what was heard and what was recorded at that end, each side's segments in their order.
    static func compare(
        _ arm: Arm, at end: Wire.Side = .client,
        _ scene: @escaping @Sendable (WireGround) throws(KernelError) -> Trial
    ) throws -> [(side: String, heard: [Heard], recorded: [Heard])] {
        let file = try Pipe.file()
        defer { close(file) }
        var record = WireRecord()
        var failure: (any Error)?
        _ = try WireGround.run(arm, TrialConditions(seed: 1)) { (ground) throws(KernelError) in
            let network = ground.wire.network
            let namespace = network.chain.descriptor(end == .client ? .client : .server)
            let program: Program
            do {
                program = try Program(
                    ["nsenter", "--net=/proc/\(getpid())/fd/\(namespace)"]
                        + ["tshark", "-Q", "-l", "-n", "-i", "load", "-Y", "tcp", "-T", "fields"]
                        + fields(arm.family).flatMap { ["-e", $0] }, output: file)
            } catch {
                failure = error
                return Trial()
            }
            defer {
                kill(program.pid, SIGTERM)
                if (try? program.outcome()) == nil { kill(program.pid, SIGKILL) }
            }
            // One that nobody answers, until tshark is seen to listen; another when all is over.
            guard mark(1, ground.wire, at: end, until: file) else {
                failure = Program.Failure("tshark heard nothing: \(Pipe.text(of: file))")
                return Trial()
            }
            let trial = try scene(ground)
            try ground.wire.settle()
            record = ground.record
            if !mark(2, ground.wire, at: end, until: file) {
                failure = Program.Failure("tshark heard no end: \(Pipe.text(of: file))")
            }
            return trial
        }
        if let failure { throw failure }
        let heard = Pipe.text(of: file).split(separator: "\n").compactMap(Heard.init)
            .filter { $0.port > 2 }
        let passages = record.passages.filter { $0.segment.source.port > 2 }
        let (client, server) = (
            Wire.address(.client, arm.family), Wire.address(.server, arm.family)
        )
        // What lies behind the server comes from it, too.
        return [("client", client), ("server", server)].map { side, address in
            let isNear = (side == "client") == (end == .client)
            let ours = passages.filter { ($0.from == .client) == (side == "client") }
            let recorded =
                isNear
                ? ours.filter { $0.origin == .sent }
                : ours.compactMap { passage in passage.arrived.map { (at: $0, passage) } }
                    .sorted { $0.at < $1.at }.map(\.1)
            let notices = record.notices.filter { ($0.from == .client) == (side == "client") }
                .map { Heard($0.notice, from: address) }
            return (
                side, heard.filter { $0.source == "\(address)" },
                recorded.map { Heard($0.segment) } + notices
            )
        }
    }

    /// Puts a RST to a port where nobody is on the wire, again and again, until it was heard.
    private static func mark(
        _ port: UInt16, _ wire: Wire, at end: Wire.Side, until file: Int32
    ) -> Bool {
        let (here, there) =
            end == .client
            ? (Wire.address(.client, wire.family), Wire.address(.server, wire.family))
            : (Wire.address(.server, wire.family), Wire.address(.client, wire.family))
        for _ in 0..<300 {
            wire.put(
                Segment(
                    from: .init(there, port), to: .init(here, port), .reset, sequence: 1),
                from: end == .client ? .server : .client)
            LoadClock.rest(milliseconds: 100)
            let heard = Pipe.text(of: file).split(separator: "\n").compactMap(Heard.init)
            if heard.contains(where: { $0.port == port }) { return true }
        }
        return false
    }
}

extension Pipe {
    /// A file without a name.
    static func file() throws -> Int32 {
        var name = Array("/tmp/tcptune-test-XXXXXX".utf8CString)
        let file = starting.withLock { _ in
            let file = mkstemp(&name)
            _ = fcntl(file, F_SETFD, FD_CLOEXEC)
            return file
        }
        guard file >= 0 else {
            throw Program.Failure("no temporary file: \(String(cString: strerror(errno)))")
        }
        unlink(name)
        return file
    }

    /// What was written to a file so far, whoever writes on.
    static func text(of file: Int32) -> String {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65536)
        while true {
            let length = pread(file, &part, part.count, off_t(bytes.count))
            guard length > 0 else { break }
            bytes += part.prefix(length)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
