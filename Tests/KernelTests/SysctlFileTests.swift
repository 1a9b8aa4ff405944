import Model
import Testing

@testable import Kernel

@Suite struct `A sysctl file` {
    private func parse(_ text: String, _ program: BootSetting.Rule) -> [SysctlLine] {
        SysctlFile.parse(Array(text.utf8), as: program).lines
    }

    private func assignment(_ number: Int, _ path: String, _ value: String, _ dash: Bool = false)
        -> SysctlLine
    {
        SysctlLine(number: number, path: path, kind: .assignment(value), ignoresFailure: dash)
    }

    @Test(arguments: [BootSetting.Rule.systemd, .procps])
    func `is comments, blank lines and assignments`(program: BootSetting.Rule) {
        let text = """
            # net.core.somaxconn = 1
              ; net.core.somaxconn = 2

            net.core.somaxconn=3
            \t net/ipv4/ip_local_port_range \t=  20000 \t 30000\u{20}
            net.ipv4.tcp_fin_timeout = 30 # seconds
            net.ipv4.tcp_rmem =
            a=b=c
            """
        #expect(
            parse(text, program) == [
                assignment(4, "net/core/somaxconn", "3"),
                assignment(5, "net/ipv4/ip_local_port_range", "20000 \t 30000"),
                assignment(6, "net/ipv4/tcp_fin_timeout", "30 # seconds"),
                assignment(7, "net/ipv4/tcp_rmem", ""),
                assignment(8, "a", "b=c"),
            ])
    }

    @Test(arguments: [BootSetting.Rule.systemd, .procps])
    func `has lines with a dash, and lines that are neither`(program: BootSetting.Rule) {
        #expect(
            parse("-net.a = 1\n-net.b\nnet.c 1\n -net.d=2", program) == [
                assignment(1, "net/a", "1", true),
                SysctlLine(number: 2, path: "net/b", kind: .exclusion, ignoresFailure: true),
                SysctlLine(number: 3, path: "net.c 1", kind: .malformed),
                assignment(4, "net/d", "2", true),
            ])
    }

    @Test func `with a blank or a second dash behind the dash means two things`() {
        #expect(parse("- net.a=1", .systemd).map(\.path) == ["net/a"])
        #expect(parse("- net.a=1", .procps).map(\.path) == [" net/a"])
        #expect(parse("--net.a=1", .systemd).map(\.path) == ["-net/a"])
        #expect(parse("--net.a=1", .procps).map(\.path) == ["net/a"])
    }

    @Test func `ends a line at a carriage return for systemd-sysctl only`() {
        #expect(
            parse("a.b=1\rc.d=2\r\ne.f=3\r\n", .systemd) == [
                assignment(1, "a/b", "1"), assignment(1, "c/d", "2"), assignment(2, "e/f", "3"),
            ])
        #expect(
            parse("a.b=1\rc.d=2\r\ne.f=3\r\n", .procps) == [
                assignment(1, "a/b", "1\rc.d=2"), assignment(2, "e/f", "3"),
            ])
    }

    @Test func `ends a line at a zero byte, and procps looks no further`() {
        let text = "a.b=1\0c.d=2\ne.f=3"
        #expect(parse(text, .systemd).map(\.path) == ["a/b", "c/d", "e/f"])
        #expect(parse(text, .procps) == [assignment(1, "a/b", "1"), assignment(2, "e/f", "3")])
    }

    @Test func `has more white space for procps`() {
        #expect(parse("\u{B}a.b\u{C}=\u{B}1\u{C}", .procps) == [assignment(1, "a/b", "1")])
        #expect(parse("\u{C}# a=1", .procps) == [])
        #expect(parse("\u{B}a.b=1", .systemd).map(\.path) == ["\u{B}a/b"])
    }

    @Test(arguments: [BootSetting.Rule.systemd, .procps])
    func `keeps a byte order mark, so that its first key is unknown`(program: BootSetting.Rule) {
        #expect(parse("\u{FEFF}net.a=1", program).map(\.path) == ["\u{FEFF}net/a"])
        #expect(parse("\u{FEFF}# c\nnet.a=1", program).map(\.kind).first == .malformed)
    }

    @Test(arguments: [BootSetting.Rule.systemd, .procps])
    func `may hold bytes that are no text`(program: BootSetting.Rule) {
        let bytes = Array("a.b=".utf8) + [0xFF, 0x31, 0xA0, 0x0A] + Array("c.d=2".utf8)
        #expect(
            SysctlFile.parse(bytes, as: program).lines == [
                assignment(1, "a/b", "\u{FFFD}1\u{FFFD}"), assignment(2, "c/d", "2"),
            ])
    }

    @Test func `spells keys with odd separators as each program compares them`() {
        let text = "/net/a=1\n.net.a=1\nnet..a=1\nnet/./a=1\nnet/a/=1\nnet.core/a=1"
        #expect(
            parse(text, .systemd).map(\.path)
                == ["net/a", "net/a", "net/a", "net/a", "net/a", "net/core.a"])
        #expect(
            parse(text, .procps).map(\.path)
                == ["/net/a", "/net/a", "net//a", "net/./a", "net/a/", "net/core.a"])
    }

    @Test(arguments: [BootSetting.Rule.systemd, .procps])
    func `is read up to 1 MiB, without the line that this breaks`(program: BootSetting.Rule) {
        let line = "net.core.somaxconn = 1234\n"
        let whole = Array(String(repeating: line, count: 50000).utf8)
        let cut = SysctlFile.parse(whole, as: program)
        #expect(cut.isCut)
        #expect(cut.lines.count == SysctlFile.sizeLimit / line.utf8.count)
        #expect(cut.lines.allSatisfy { $0.value == "1234" })
        let full = SysctlFile.parse(Array(whole.prefix(SysctlFile.sizeLimit)), as: program)
        #expect(!full.isCut)
        #expect(full.lines.last?.value != "1234")
        let one = [UInt8](repeating: 0x61, count: SysctlFile.sizeLimit + 1)
        #expect(SysctlFile.parse(one, as: program) == SysctlFile(lines: [], isCut: true))
    }
}
