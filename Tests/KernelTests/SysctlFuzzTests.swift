import Model
import ScratchFiles
import Testing

@testable import Kernel

@Suite struct `A sysctl file of any bytes` {
    private static let seeds = [
        "# c\nnet.ipv4.conf.*.rp_filter = 2\n-net.ipv4.conf.all.rp_filter\nnet.core.somaxconn=99\r\n",
        "\u{FEFF}net/ipv4/conf/a.b/x = 1 # c\n--a\n- b = 2\n;\n=\n-\n*=\n[=1\n{a,{b,c}}*=2\n",
        "net.[a-z]*.{a,b,}?=1\nnet/../x=1\n//net//./a/=1\n\\*=1\nnet.core.somaxconn 5\n\0\0=\0\n",
    ].map { Array($0.utf8) }
    private static let pieces: [[UInt8]] =
        [
            "=", "-", "\n", "\r", "\0", "*", "?", "[", "]", "{", "}", ",", "\\", "/", ".", "..",
            "#", ";",
            " ", "net.", "conf.*.", "\u{B}", "\u{FEFF}", "[!a", "[[:alpha:]]", "********",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0x80]]

    @Test func `is read to its end, with line numbers that it has`() {
        var random = SysctlRandom(seed: 20_000)
        let keys = SysctlTreeGenerator.keys
        for round in 0..<20_000 {
            let bytes = Self.mutated(&random)
            let last = bytes.count { $0 == 0x0A } + 1
            for program in [BootSetting.Rule.systemd, .procps] {
                let file = SysctlFile.parse(bytes, as: program)
                var before = 1
                for line in file.lines {
                    if !(before...last).contains(line.number) {
                        Issue.record("round \(round): line \(line.number) of \(last): \(bytes)")
                    }
                    before = line.number
                }
                let lines = file.lines.map { BootLine(file: "f", line: $0) }
                for write in BootSequence.writes(of: lines, by: program, keys: keys) {
                    if SysctlKey(path: write.key.path) != write.key {
                        Issue.record("round \(round): \(write.key.path): \(bytes)")
                    }
                }
            }
        }
    }

    private static func mutated(_ random: inout SysctlRandom) -> [UInt8] {
        var bytes = random.pick(seeds)
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            let index = Int.random(in: 0...bytes.count, using: &random)
            let other = Int.random(in: 0...bytes.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes.insert(contentsOf: random.pick(pieces), at: index)
            case 1: bytes.removeSubrange(min(index, other)..<max(index, other))
            case 2: bytes += bytes[min(index, other)..<max(index, other)]
            case 3 where index < bytes.count:
                bytes[index] = .random(in: .min ... .max, using: &random)
            default: bytes.insert(.random(in: .min ... .max, using: &random), at: index)
            }
        }
        return bytes
    }

    @Test(
        arguments: [
            String(repeating: "*a", count: 2000) + "b", String(repeating: "*", count: 1000),
            String(repeating: "n*", count: 16), "net/" + String(repeating: "*?", count: 15),
            String(repeating: "{a,b}", count: 2000) + "*",
            String(repeating: "{", count: 4000) + "*",
            "*{" + String(repeating: ",", count: 4000) + "}", String(repeating: "[", count: 4000),
            "net/" + String(repeating: "[[:alpha:]", count: 300) + "*",
            String(repeating: "*/", count: 8) + "*",
        ])
    func `costs little, whatever its patterns are`(pattern: String) {
        let name = String(repeating: "na", count: 120)
        // Of this thread: others may have the processors meanwhile.
        let start = LoadClock.usedByThread
        do {
            let line = SysctlLine(number: 1, path: pattern, kind: .assignment("1"))
            let keys = SysctlTreeGenerator.keys + [name, "net/\(name)"]
            for program in [BootSetting.Rule.systemd, .procps] {
                _ = BootSequence.writes(
                    of: [BootLine(file: "f", line: line)], by: program, keys: keys)
            }
            _ = SysctlGlob(pattern, expandsBraces: true).matchesAnything(in: .host)
        }
        #expect(LoadClock.usedByThread - start < 2_000_000_000)
    }
}
