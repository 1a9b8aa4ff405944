import Model
import Testing

@testable import Kernel

@Suite struct `Writing sysctls` {
    private func key(_ name: String) throws -> SysctlKey { try #require(SysctlKey(name)) }

    @Test func `parts a long list of ports at its commas`() throws {
        let reserved = try key("net.ipv4.ip_local_reserved_ports")
        let list = (0..<2000).map { String(10000 + 2 * $0) }.joined(separator: ",")
        let parts = SysctlWriter.parts(of: list, for: reserved)
        #expect(parts.count == 4)
        #expect(parts.allSatisfy { $0.utf8.count <= 4001 })
        #expect(parts.map { $0.dropLast() }.joined(separator: ",") == list)
        #expect(SysctlWriter.parts(of: "", for: reserved) == ["\n"])
        #expect(try SysctlWriter.parts(of: "1 2", for: key("net.ipv4.tcp_rmem")) == ["1 2\n"])
    }

    @Test(.enabled(if: Rights.isRoot, "needs root, to make a network namespace"))
    func `stores the value, a list of any length, and nothing where it is refused`() throws {
        let reserved = try key("net.ipv4.ip_local_reserved_ports")
        let range = try key("net.ipv4.ip_local_port_range")
        let list = (0..<2000).map { String(10000 + 2 * $0) }.joined(separator: ",")
        let seen = try ThrowawayNamespace.run { () throws(KernelError) in
            let writer = try SysctlWriter.open()
            var reader = SysctlReader()
            var seen: [SysctlReader.Reading] = []
            try writer.write(list, to: reserved)
            seen.append(reader.read(reserved))
            try writer.write("", to: reserved)
            seen.append(reader.read(reserved))
            try writer.write("2000 3000", to: range)
            seen.append(reader.read(range))
            var refusal: KernelError?
            do throws(KernelError) { try writer.write("3000 2000", to: range) } catch {
                refusal = error
            }
            seen.append(.value("\(refusal?.code ?? 0)"))
            seen.append(reader.read(range))
            return seen
        }
        #expect(
            seen == [
                .value(list), .value(""), .value("2000\t3000"), .value("22"), .value("2000\t3000"),
            ])
    }

    @Test func `says which key is not there`() throws {
        let writer = try SysctlWriter.open()
        let error = #expect(throws: KernelError.self) {
            try writer.write("1", to: key("net.ipv4.tcp_tw_recycle"))
        }
        #expect(error?.isAbsent == true)
        #expect(error?.subject == "net.ipv4.tcp_tw_recycle")
    }
}
