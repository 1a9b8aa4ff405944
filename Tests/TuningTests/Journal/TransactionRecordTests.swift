import Kernel
import Model
import Testing
import Text

@testable import Tuning

@Suite struct `A transaction's record` {
    private static let probe: TCPProbe? = {
        var probe = TCPProbe("tcp:db.example:22")
        probe?.addresses = ["10.0.0.9", "fe80::1%eth0"]
        return probe
    }()

    /// With every field that a record can have.
    private func full() throws -> TransactionRecord {
        var record = TransactionRecord(
            number: 7, id: String(repeating: "0a", count: 16), state: .confirming, boot: "b-1",
            namespace: NamespaceName(inode: 4_026_531_840, name: "init\n\u{1B}[31m%"),
            began: 1_795_365_041,
            caller: Caller(
                user: 0, sudoUser: "ü", terminal: "/dev/pts/0",
                connection: "10.0.0.1 1 10.0.0.2 22"), profile: "a b", digest: "ff")
        record.reason = "signal 2"
        record.deadline = 12_345_678_901
        record.applier = ProcessIdentity(pid: 12, started: 345)
        record.guardian = ProcessIdentity(pid: 13, started: 346)
        record.watch = Watch(
            probe: Self.probe,
            health: HealthBaseline(overflows: 0.1, failures: 1e-300, retransmissions: 0.25))
        record.undoesAll = true
        for (path, outcome) in [
            ("net/ipv4/tcp_rmem", KnobImage.Outcome.landed),
            ("net/ipv4/ip_local_reserved_ports", .pending), ("net/ipv4/tcp_fin_timeout", .foreign),
        ] {
            var knob = KnobImage(
                key: try #require(SysctlKey(path: path)), before: "", wanted: "1 2 3",
                landed: "1 2 4")
            knob.outcome = outcome
            record.knobs.append(knob)
        }
        var persistence = Persistence(settings: [
            .init(key: "net.ipv4.tcp_fin_timeout", value: "30")
        ])
        persistence.before = FileImage(bytes: [0, 255, 10, 37, 32, 65], mode: 0o644)
        persistence.after = "absent"
        record.persistence = persistence
        return record
    }

    @Test func `is read back as it was written`() throws {
        let record = try full()
        #expect(try TransactionRecord(bytes: record.bytes) == record)
        var small = TransactionRecord(
            number: 1, id: record.id, state: .prepared, boot: "",
            namespace: NamespaceName(inode: 0, name: ""),
            began: 0, caller: Caller(user: 0), profile: "", digest: "")
        #expect(try TransactionRecord(bytes: small.bytes) == small)
        for state in TransactionRecord.State.allCases {
            small.state = state
            #expect(try TransactionRecord(bytes: small.bytes).state == state)
        }
    }

    @Test func `is lines that a person can read`() throws {
        let text = String(decoding: try full().bytes, as: UTF8.self)
        #expect(text.hasPrefix("tcptune-transaction 1\nnumber 7\n"))
        #expect(
            text.contains(
                "\nknob net/ipv4/tcp_rmem\nbefore \nwanted 1 2 3\nlanded 1 2 4\noutcome landed\n"))
        #expect(text.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
    }

    @Test func `is refused when it was cut short anywhere`() throws {
        let bytes = try full().bytes
        for length in bytes.indices {
            #expect(throws: TransactionRecord.Damage.damaged) {
                try TransactionRecord(bytes: Array(bytes[..<length]))
            }
        }
    }

    @Test(arguments: [1, 0x20, 0x80, 0xFF] as [UInt8])
    func `is refused when any byte was changed`(_ change: UInt8) throws {
        let bytes = try full().bytes
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= change
            #expect(throws: TransactionRecord.Damage.self) { try TransactionRecord(bytes: changed) }
        }
    }

    @Test func `of a later release is told from a damaged one`() throws {
        let lines = String(decoding: try full().bytes, as: UTF8.self).split(separator: "\n")
        var text = RecordText()
        text.add("tcptune-transaction", "2")
        let body =
            text.lines + lines.dropFirst().dropLast().joined(separator: "\n") + "\nnew field\n"
        let sum = RecordText.escaped(Array(Self.sum(body).utf8))
        #expect(throws: TransactionRecord.Damage.schema("2")) {
            try TransactionRecord(bytes: Array((body + "sha256 \(sum)\n").utf8))
        }
    }

    private static func sum(_ text: String) -> String { SHA256.hex(of: Array(text.utf8)) }

    @Test func `tells what to type where it is damaged`() throws {
        var bytes = try full().bytes
        bytes.removeLast(30)
        #expect(
            TransactionRecord.manualUndo(of: bytes) == [
                "sysctl -w net.ipv4.tcp_rmem=''", "sysctl -w net.ipv4.ip_local_reserved_ports=''",
                "sysctl -w net.ipv4.tcp_fin_timeout=''",
            ])
        let hostile = Array(
            "knob net/ipv4/tcp_rmem\nbefore 1';reboot;'\nknob ../../etc/passwd\nbefore 1\n".utf8)
        #expect(TransactionRecord.manualUndo(of: hostile).isEmpty)
    }
}
