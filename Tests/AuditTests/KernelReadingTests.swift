import Catalogue
import FoundationEssentials
import Model
import Testing

@testable import Audit

/// Each line of the record is one write(2) to the kernel and what was there afterwards.
@Suite struct `Kernel reading` {
    private static let before = [
        "tcp_fin_timeout": "60", "tcp_tw_reuse": "2", "tcp_syncookies": "1",
        "tcp_rmem": "4096 131072 6291456", "ip_local_port_range": "32768 60999",
        "ip_local_reserved_ports": "7777",
    ]

    private func record() throws -> [[Substring]] {
        let path = "\(#filePath)".split(separator: "/").dropLast().joined(separator: "/")
        let text = try String(
            contentsOfFile: "/\(path)/Fixtures/sysctl-writes-6.18.txt", encoding: .utf8)
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map { $0.split(separator: "|", omittingEmptySubsequences: false) }
    }

    @Test func `agrees with every write that was recorded`() throws {
        let record = try record()
        #expect(record.count > 400)
        for line in record {
            let key = String(line[0])
            let text = String(line[1].map { $0 == "→" ? "\t" : $0 })
            let knob = try #require(Knob.named("net.ipv4.\(key)"))
            let form = try #require(KernelReading.Form(knob, present: nil))
            let before = try #require(Self.before[key])
            let reading = KernelReading(text, form: form)
            #expect(
                (reading.stored != nil) == (line[2] == "0"), "\(key) [\(text)] \(reading)")
            #expect(after(reading, before: before) == line[3], "\(key) [\(text)] \(reading)")
        }
    }

    /// The value that the reading leaves in the kernel.
    private func after(_ reading: KernelReading, before: String) -> String {
        switch reading {
        case .numbers(let stored, _), .refused(_, let stored):
            let old = before.split(separator: " ")
            return (stored.map { "\($0)"[...] } + old.dropFirst(stored.count))
                .joined(separator: " ")
        case .ports(let ports, _):
            return ports.ranges.map {
                $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
            }.joined(separator: ",")
        case .word(let word): return word
        }
    }
}
